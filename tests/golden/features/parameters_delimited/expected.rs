// src/operations.rs
//! Operations of Parameters with delimiters: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    pub comma: Vec<String>,
    pub space: Vec<i64>,
    pub pipe: Vec<types::ListThingsPipeItem>,
    pub each: Vec<String>,
    pub range: Option<types::ListThingsRange>,
    pub path: Option<String>,
    pub x_ids: Vec<i64>,
    pub choice: Vec<String>,
    pub wrong: Vec<String>,
}

impl gusset::Operation for ListThings {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_things", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query_as("comma", &self.comma, gusset::Style::FORM)?;
        request.query_as("space", &self.space, gusset::Style::SPACE)?;
        request.query_as("pipe", &self.pipe, gusset::Style::PIPE)?;
        request.query_list("each", &self.each)?;
        request.query_as("range", &self.range, gusset::Style::FORM.explode())?;
        request.query_as("path", &self.path, gusset::Style::FORM.explode().reserved())?;
        request.header_as("X-Ids", &self.x_ids, gusset::Style::SIMPLE)?;
        request.cookie_as("choice", &self.choice, gusset::Style::FORM)?;
        request.query_list("wrong", &self.wrong)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Parameters with delimiters: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

gusset::open_enum! {
    pub enum ListThingsPipeItem {
        Red = "red", Blue = "blue",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListThingsRange {
    pub from: Option<i64>,
    pub to: Option<i64>,
}
gusset::record!(ListThingsRange: write { [from, to] });

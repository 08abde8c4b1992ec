// src/operations.rs
//! Operations of Parameters with delimiters: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    /// The query parameter `comma`.
    pub comma: Vec<String>,
    /// The query parameter `space`.
    pub space: Vec<i64>,
    /// The query parameter `pipe`.
    pub pipe: Vec<types::ListThingsPipeItem>,
    /// The query parameter `each`.
    pub each: Vec<String>,
    /// The query parameter `range`.
    pub range: Option<types::ListThingsRange>,
    /// The query parameter `path`.
    pub path: Option<String>,
    /// The header `X-Ids`.
    pub x_ids: Vec<i64>,
    /// The cookie `choice`.
    pub choice: Vec<String>,
    /// The query parameter `wrong`.
    pub wrong: Vec<String>,
}

impl gusset::Operation for ListThings {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "list_things",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.query_as("comma", &self.comma, gusset::Style::FORM)?;
        request.query_as("space", &self.space, gusset::Style::SPACE)?;
        request.query_as("pipe", &self.pipe, gusset::Style::PIPE)?;
        request.query_list("each", &self.each)?;
        request.query_as("range", &self.range, gusset::Style::FORM.explode())?;
        request.query_as("path", &self.path, gusset::Style::FORM.explode().reserved())?;
        request.header_as("X-Ids", &self.x_ids, gusset::Style::SIMPLE)?;
        request.cookie_as("choice", &self.choice, gusset::Style::FORM)?;
        request.query_list("wrong", &self.wrong)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Parameters with delimiters: what travels.

gusset::open_enum! {
    /// The document's `ListThingsPipeItem`.
    pub enum ListThingsPipeItem {
        Red = "red",
        Blue = "blue",
    }
}

/// The document's `ListThingsRange`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListThingsRange {
    /// The document's `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// The document's `to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

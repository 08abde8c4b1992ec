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
gusset::operation!(ListThings: get "/things" as "list_things" {
    query_as(gusset::Style::FORM) [comma], query_as(gusset::Style::SPACE) [space],
    query_as(gusset::Style::PIPE) [pipe], query_list [each],
    query_as(gusset::Style::FORM.explode()) [range],
    query_as(gusset::Style::FORM.explode().reserved()) [path],
    header_as(gusset::Style::SIMPLE) [x_ids = "X-Ids"], cookie_as(gusset::Style::FORM) [choice],
    query_list [wrong]
});

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

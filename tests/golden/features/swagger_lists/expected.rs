// src/operations.rs
//! Operations of Lists: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION};

/// Calls `GET /lists/{path}`.
#[derive(Clone, Debug)]
pub struct GetLists {
    pub path: Vec<String>,
    pub said_nothing: Vec<i64>,
    pub csv: Vec<String>,
    pub ssv: Vec<String>,
    pub tsv: Vec<String>,
    pub pipes: Vec<String>,
    pub multi: Vec<String>,
}
gusset::operation!(GetLists: get "/lists/{path}" as "get_lists" {
    path_as(gusset::Style::SIMPLE) path, query_as(gusset::Style::FORM) [said_nothing, csv],
    query_as(gusset::Style::SPACE) [ssv], query_as(gusset::Style::FORM) [tsv],
    query_as(gusset::Style::PIPE) [pipes], query_list [multi]
} new(path: Vec<String>));

// src/types.rs
//! Types of Lists: what travels.

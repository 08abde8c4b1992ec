// src/operations.rs
//! Operations of Merge keys: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /notes/{id}`.
#[derive(Clone, Debug)]
pub struct GetNote {
    pub id: String,
}
gusset::operation!(GetNote: get "/notes/{id}" as "get_note" -> types::Note {
    path id
} new(id: impl Into<String>));

/// Calls `HEAD /notes/{id}`.
#[derive(Clone, Debug)]
pub struct HasNote {
    pub id: String,
}
gusset::operation!(HasNote: head "/notes/{id}" as "has_note" {
    path id
} new(id: impl Into<String>));

// src/types.rs
//! Types of Merge keys: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    pub changed: Option<i64>,
    pub created: Option<String>,
}
gusset::record!(Note: read { text, [changed, created] });

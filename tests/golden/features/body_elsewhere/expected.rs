// src/operations.rs
//! Operations of Elsewhere: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /notes`.
#[derive(Clone, Debug)]
pub struct CreateNote {
    pub dry_run: Option<bool>,
    pub body: types::Note,
}
gusset::operation!(CreateNote: post "/notes" as "create_note" -> types::Note {
    query [dry_run], json body
} new(body: types::Note));

// src/types.rs
//! Types of Elsewhere: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
}
gusset::record!(Note: read, write { text } new(text: impl Into<String>));

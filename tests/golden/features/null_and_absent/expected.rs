// src/operations.rs
//! Operations of Null and absent: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `PATCH /notes/{id}`.
#[derive(Clone, Debug)]
pub struct UpdateNote {
    pub id: String,
    pub body: types::Note,
}
gusset::operation!(UpdateNote: patch "/notes/{id}" as "update_note" -> types::Note {
    path id, json body
} new(id: impl Into<String>, body: types::Note));

// src/types.rs
//! Types of Null and absent: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// There and never null.
    pub always: String,
    /// There and possibly null.
    pub maybe_null: Option<String>,
    /// Possibly absent and never null.
    pub maybe_absent: Option<String>,
    /// Absent, null, or text: three different things.
    pub maybe_both: gusset::Patch<String>,
}
gusset::record!(Note: read, write {
    always, maybe_null, [maybe_absent, maybe_both]
} new(always: impl Into<String>, maybe_null: Option<String>));

// src/operations.rs
//! Operations of Rest beside properties: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Rest beside properties: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub name: String,
    /// Members beside the ones above.
    pub rest: std::collections::BTreeMap<String, i64>,
}
gusset::record!(Thing: read, write { name, ..rest } new(name: impl Into<String>));

// src/operations.rs
//! Operations of Tuples: values that a client sends.
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
//! Types of Tuples: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// At least 2 elements.
    pub pair: (String, Option<i64>),
    pub open: Vec<gusset::serde_json::Value>,
    pub same: Vec<f64>,
}
gusset::record!(Thing: read, write {
    pair, open, same
} new(pair: (String, Option<i64>,), open: Vec<gusset::serde_json::Value>, same: Vec<f64>));

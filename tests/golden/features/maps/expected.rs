// src/operations.rs
//! Operations of Maps: values that a client sends.
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
//! Types of Maps: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
    pub nested: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<f64>>>,
    pub patterns: std::collections::BTreeMap<String, String>,
    pub anything: gusset::serde_json::Value,
    pub nothing: gusset::serde_json::Value,
}
gusset::record!(Thing: read, write {
    free, nested, patterns, anything, nothing
} new(
    free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
    nested: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<f64>>>,
    patterns: std::collections::BTreeMap<String, String>, anything: gusset::serde_json::Value,
    nothing: gusset::serde_json::Value
));

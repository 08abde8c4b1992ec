// src/operations.rs
//! Operations of Members of any type: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}
gusset::operation!(Make: post "/things" as "make" -> types::Thing {
    json body
} new(body: types::Thing));

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct Read {}
gusset::operation!(Read: get "/things" as "read" -> types::Read {});

// src/types.rs
//! Types of Members of any type: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Of any type.
    pub always: gusset::serde_json::Value,
    /// Of any type.
    pub sometimes: gusset::Patch<gusset::serde_json::Value>,
    pub list: Option<Vec<gusset::serde_json::Value>>,
}
gusset::record!(Thing: read, write {
    always, [sometimes, list]
} new(always: gusset::serde_json::Value));

#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub sometimes: Option<gusset::serde_json::Value>,
}
gusset::record!(Read: read { [sometimes] });

// src/operations.rs
//! Operations of ways_to_authorise: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /things/{id}`.
#[derive(Clone, Debug)]
pub struct GetThing {
    pub id: String,
}
gusset::operation!(GetThing: get "/things/{id}" as "get_thing" -> types::GetThingOutput {
    path id
} new(id: impl Into<String>));

// src/types.rs
//! Types of ways_to_authorise: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct GetThingOutput {
    pub id: Option<String>,
}
gusset::record!(GetThingOutput: read { [id] });

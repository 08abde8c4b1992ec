// src/operations.rs
//! Operations of Read and write only: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::ThingInput,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::ThingInput));

// src/types.rs
//! Types of Read and write only: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct ThingInput {
    pub secret: gusset::Secret,
    pub name: String,
}
gusset::record!(ThingInput: write {
    secret, name
} new(secret: impl Into<gusset::Secret>, name: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    pub name: String,
    pub made: gusset::DateTime,
    /// When it was changed.
    pub behind: Option<gusset::DateTime>,
}
gusset::record!(Thing: read { id, name, made, [behind] });

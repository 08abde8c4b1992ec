// src/operations.rs
//! Operations of Dangling refs: values that a client sends.
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
//! Types of Dangling refs: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    pub lost: gusset::Patch<gusset::serde_json::Value>,
    pub lost_list: Option<Vec<gusset::serde_json::Value>>,
    pub part: Option<ThingPart>,
}
gusset::record!(Thing: read, write { id, [lost, lost_list, part] } new(id: impl Into<String>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThingPart {
    pub a: Option<String>,
}
gusset::record!(ThingPart: read, write { [a] });

// src/operations.rs
//! Operations of Recursion: values that a client sends.
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
//! Types of Recursion: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub name: String,
    pub parent: Option<Box<Thing>>,
    pub children: Option<Vec<Thing>>,
    pub by_name: Option<std::collections::BTreeMap<String, Thing>>,
    pub boss: Box<Boss>,
    pub itself: gusset::Patch<gusset::serde_json::Value>,
}
gusset::record!(Thing: read, write {
    name, [parent, children, by_name], boss, [itself]
} new(name: impl Into<String>, boss: Box<Boss>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boss {
    pub thing: gusset::Patch<Box<Thing>>,
}
gusset::record!(Boss: read, write { [thing] });

// src/operations.rs
//! Operations of AllOf merge: values that a client sends.
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
//! Types of AllOf merge: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// A thing with more.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    /// Any state.
    pub state: ThingState,
    pub size: Option<i64>,
    pub owner: Option<ThingOwner>,
    pub note: String,
    pub code: Option<gusset::Uuid>,
    /// When.
    pub when: gusset::Patch<gusset::Date>,
    pub odd: gusset::Patch<gusset::serde_json::Value>,
    pub undeclared: gusset::Patch<gusset::serde_json::Value>,
}
gusset::record!(Thing: read, write {
    id, state, [size, owner], note, [code, when, odd, undeclared]
} new(id: impl Into<String>, state: ThingState, note: impl Into<String>));

gusset::open_enum! {
    pub enum ThingState {
        New = "new", Used = "used",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ThingOwner {
    pub name: Option<String>,
    pub mail: String,
}
gusset::record!(ThingOwner: read, write { [name], mail } new(mail: impl Into<String>));

// src/operations.rs
//! Operations of Nullable enum: values that a client sends.
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
//! Types of Nullable enum: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub state: Option<ThingState>,
    /// How loud. One of `1`, `2`.
    pub level: gusset::Patch<i64>,
    pub listed: gusset::Patch<ThingListed>,
}
gusset::record!(Thing: read, write { state, [level, listed] } new(state: Option<ThingState>));

gusset::open_enum! {
    pub enum ThingState {
        Open = "open", Closed = "closed",
    }
}

gusset::open_enum! {
    pub enum ThingListed {
        A = "a",
    }
}

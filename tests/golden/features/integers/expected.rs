// src/operations.rs
//! Operations of Integers: values that a client sends.
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
//! Types of Integers: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub small: i32,
    pub plain: i64,
    pub natural: u64,
    /// At least 0.
    pub huge: gusset::serde_json::Number,
    pub shown: i64,
    /// From 1 to 10.
    pub bounded: u32,
    /// At least 0.
    pub rounded: i64,
}
gusset::record!(Thing: read, write {
    small, plain, natural, huge, shown, bounded, rounded
} new(
    small: i32, plain: i64, natural: u64, huge: gusset::serde_json::Number, shown: i64,
    bounded: u32, rounded: i64
));

// src/operations.rs
//! Operations of Defaults and deprecation: values that a client sends.
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
//! Types of Defaults and deprecation: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[deprecated]
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// How large.
    ///
    /// Default: `20`. From 1 to 100.
    pub size: i64,
    /// Default: `anon`. At most 64 characters. Matches `^[a-z]+$`.
    pub name: Option<String>,
    /// Default: `many`.
    pub wrong: Option<i64>,
    #[deprecated]
    pub old: Option<String>,
    pub old_kind: Kind,
    /// More than 0, a multiple of 0.5.
    pub rate: Option<f64>,
}
gusset::record!(Thing: read, write {
    size, [name, wrong, old], old_kind, [rate]
} new(size: i64, old_kind: Kind));

gusset::open_enum! {
    #[deprecated]
    pub enum Kind {
        /// The first.
        First = "a",
        /// The second.
        Second = "b",
    }
}

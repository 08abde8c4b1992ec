// src/operations.rs
//! Operations of Formats: values that a client sends.
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
//! Types of Formats: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub at: gusset::DateTime,
    pub day: gusset::Date,
    pub clock: gusset::Time,
    pub span: gusset::Duration,
    pub id: gusset::Uuid,
    pub bytes: gusset::Base64,
    pub raw: String,
    pub price: String,
    pub link: String,
    pub wrong: Option<String>,
}
gusset::record!(Thing: read, write {
    at, day, clock, span, id, bytes, raw, price, link, [wrong]
} new(
    at: impl Into<gusset::DateTime>, day: impl Into<gusset::Date>, clock: gusset::Time,
    span: gusset::Duration, id: impl Into<gusset::Uuid>, bytes: impl Into<gusset::Base64>,
    raw: impl Into<String>, price: impl Into<String>, link: impl Into<String>
));

// src/operations.rs
//! Operations of Union by constants: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Event,
}
gusset::operation!(Make: post "/things" as "make" -> types::Event {
    json body
} new(body: types::Event));

// src/types.rs
//! Types of Union by constants: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// `opened`.
    Opened(EventOpened),
    /// `closed`, `merged`.
    Closed(EventClosed),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Event by "type" {
        Opened => Shape::tagged(&["opened"]),
        Closed => Shape::tagged(&["closed", "merged"]),
    }
}

impl From<EventOpened> for Event {
    fn from(value: EventOpened) -> Self {
        Event::Opened(value)
    }
}

impl From<EventClosed> for Event {
    fn from(value: EventClosed) -> Self {
        Event::Closed(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct EventOpened {
    pub r#type: EventOpenedType,
    pub by: Option<String>,
}
gusset::record!(EventOpened: read, write { r#type = "type", [by] } new(r#type: EventOpenedType));

#[derive(Clone, Debug, PartialEq)]
pub struct EventClosed {
    pub r#type: EventClosedType,
    pub at: Option<i64>,
}
gusset::record!(EventClosed: read, write { r#type = "type", [at] } new(r#type: EventClosedType));

gusset::open_enum! {
    pub enum EventOpenedType {
        Opened = "opened",
    }
}

gusset::open_enum! {
    pub enum EventClosedType {
        Closed = "closed", Merged = "merged",
    }
}

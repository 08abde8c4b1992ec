// src/operations.rs
//! Operations of Constants: values that a client sends.
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
//! Types of Constants: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub kind: ThingKind,
    /// Always `2`.
    pub version: i64,
    /// Always `true`.
    pub flag: bool,
    /// One of `1`, `a`.
    pub mixed: gusset::Patch<ThingMixed>,
    /// One of `0.5`, `1`, `2`.
    pub levels: Option<f64>,
}
gusset::record!(Thing: read, write {
    kind, version, flag, [mixed, levels]
} new(kind: ThingKind, version: i64, flag: bool));

gusset::open_enum! {
    pub enum ThingKind {
        Thing = "thing",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingMixed {
    Integer(i64),
    Text(ThingMixedText),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingMixed {
        Integer => Shape::INTEGER,
        Text => Shape::TEXT,
    }
}

impl From<i64> for ThingMixed {
    fn from(value: i64) -> Self {
        ThingMixed::Integer(value)
    }
}

impl From<ThingMixedText> for ThingMixed {
    fn from(value: ThingMixedText) -> Self {
        ThingMixed::Text(value)
    }
}

gusset::open_enum! {
    pub enum ThingMixedText {
        A = "a",
    }
}

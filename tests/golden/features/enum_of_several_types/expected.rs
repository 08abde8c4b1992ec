// src/operations.rs
//! Operations of Listed values of several types: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}
gusset::operation!(Make: post "/things" as "make" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Listed values of several types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// One of `1`, `a`.
    pub always: Option<ThingAlways>,
    /// One of `1`, `a`, `true`.
    pub sometimes: gusset::Patch<ThingSometimes>,
    /// One of `1`, `a`.
    pub never: Option<ThingNever>,
    /// One of `1`, `2`.
    pub numbers: gusset::Patch<i64>,
    /// One of `1`, `a`.
    pub typed: gusset::Patch<ThingTyped>,
}
gusset::record!(Thing: read, write {
    always, [sometimes, never, numbers, typed]
} new(always: Option<ThingAlways>));

#[derive(Clone, Debug, PartialEq)]
pub enum ThingAlways {
    Integer(i64),
    Text(ThingAlwaysText),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingAlways {
        Integer => Shape::INTEGER,
        Text => Shape::TEXT,
    }
}

impl From<i64> for ThingAlways {
    fn from(value: i64) -> Self {
        ThingAlways::Integer(value)
    }
}

impl From<ThingAlwaysText> for ThingAlways {
    fn from(value: ThingAlwaysText) -> Self {
        ThingAlways::Text(value)
    }
}

gusset::open_enum! {
    pub enum ThingAlwaysText {
        A = "a",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingSometimes {
    Integer(i64),
    Text(ThingSometimesText),
    Boolean(bool),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingSometimes {
        Integer => Shape::INTEGER,
        Text => Shape::TEXT,
        Boolean => Shape::BOOLEAN,
    }
}

impl From<i64> for ThingSometimes {
    fn from(value: i64) -> Self {
        ThingSometimes::Integer(value)
    }
}

impl From<ThingSometimesText> for ThingSometimes {
    fn from(value: ThingSometimesText) -> Self {
        ThingSometimes::Text(value)
    }
}

impl From<bool> for ThingSometimes {
    fn from(value: bool) -> Self {
        ThingSometimes::Boolean(value)
    }
}

pub type ThingSometimesText = ThingAlwaysText;
pub type ThingNever = ThingAlways;
pub type ThingNeverText = ThingAlwaysText;

#[derive(Clone, Debug, PartialEq)]
pub enum ThingTyped {
    Text(ThingTypedText),
    Integer(i64),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingTyped {
        Text => Shape::TEXT,
        Integer => Shape::INTEGER,
    }
}

impl From<ThingTypedText> for ThingTyped {
    fn from(value: ThingTypedText) -> Self {
        ThingTyped::Text(value)
    }
}

impl From<i64> for ThingTyped {
    fn from(value: i64) -> Self {
        ThingTyped::Integer(value)
    }
}

pub type ThingTypedText = ThingAlwaysText;

// src/operations.rs
//! Operations of Whole and other numbers: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub above: Option<gusset::serde_json::Number>,
    pub body: types::Thing,
}
gusset::operation!(Make: post "/things" as "make" -> types::Thing {
    query [above], json body
} new(body: types::Thing));

// src/types.rs
//! Types of Whole and other numbers: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    pub choice: Option<gusset::serde_json::Number>,
    pub types: gusset::Patch<gusset::serde_json::Number>,
    /// One of `1`, `2.5`.
    pub listed: Option<f64>,
    pub or_text: Option<ThingOrText>,
    pub number: Option<f64>,
}
gusset::record!(Thing: read, write { [choice, types, listed, or_text, number] });

#[derive(Clone, Debug, PartialEq)]
pub enum ThingOrText {
    Number(gusset::serde_json::Number),
    Text(String),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingOrText {
        Number => Shape::NUMBER,
        Text => Shape::TEXT,
    }
}

impl From<gusset::serde_json::Number> for ThingOrText {
    fn from(value: gusset::serde_json::Number) -> Self {
        ThingOrText::Number(value)
    }
}

impl From<String> for ThingOrText {
    fn from(value: String) -> Self {
        ThingOrText::Text(value)
    }
}

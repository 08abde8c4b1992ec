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

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        Make { above: None, body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query("above", &self.above);
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Whole and other numbers: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<gusset::serde_json::Number>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub types: gusset::Patch<gusset::serde_json::Number>,
    /// One of `1`, `2.5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub or_text: Option<ThingOrText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
}

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

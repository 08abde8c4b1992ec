// src/operations.rs
//! Operations of Maps: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        SendThing { body }
    }
}

impl gusset::Operation for SendThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "send_thing", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Maps: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
    pub nested: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<f64>>>,
    pub patterns: std::collections::BTreeMap<String, String>,
    pub anything: gusset::serde_json::Value,
    pub nothing: gusset::serde_json::Value,
}
gusset::record!(Thing: read, write {
    free, nested, patterns, anything, nothing
} new(
    free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
    nested: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<f64>>>,
    patterns: std::collections::BTreeMap<String, String>, anything: gusset::serde_json::Value,
    nothing: gusset::serde_json::Value
));

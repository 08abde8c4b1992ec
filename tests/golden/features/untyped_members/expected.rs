// src/operations.rs
//! Operations of Members of any type: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct Read {}

impl gusset::Operation for Read {
    type Client = Client;
    type Output = types::Read;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "read", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;
}

// src/types.rs
//! Types of Members of any type: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Of any type.
    pub always: gusset::serde_json::Value,
    /// Of any type.
    pub sometimes: gusset::Patch<gusset::serde_json::Value>,
    pub list: Option<Vec<gusset::serde_json::Value>>,
}
gusset::record!(Thing: read, write {
    always, [sometimes, list]
} new(always: gusset::serde_json::Value));

#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub sometimes: Option<gusset::serde_json::Value>,
}
gusset::record!(Read: read { [sometimes] });

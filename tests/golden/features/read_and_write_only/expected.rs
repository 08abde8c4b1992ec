// src/operations.rs
//! Operations of Read and write only: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::ThingInput,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::ThingInput) -> Self {
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
//! Types of Read and write only: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct ThingInput {
    pub secret: gusset::Secret,
    pub name: String,
}
gusset::record!(ThingInput: write {
    secret, name
} new(secret: impl Into<gusset::Secret>, name: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    pub name: String,
    pub made: gusset::DateTime,
    /// When it was changed.
    pub behind: Option<gusset::DateTime>,
}
gusset::record!(Thing: read { id, name, made, [behind] });

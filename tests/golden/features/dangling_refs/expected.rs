// src/operations.rs
//! Operations of Dangling refs: values that a client sends.
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
//! Types of Dangling refs: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    pub lost: gusset::Patch<gusset::serde_json::Value>,
    pub lost_list: Option<Vec<gusset::serde_json::Value>>,
    pub part: Option<ThingPart>,
}
gusset::record!(Thing: read, write { id, [lost, lost_list, part] } new(id: impl Into<String>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThingPart {
    pub a: Option<String>,
}
gusset::record!(ThingPart: read, write { [a] });

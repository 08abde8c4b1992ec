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

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    pub id: String,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub lost: gusset::Patch<gusset::serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_list: Option<Vec<gusset::serde_json::Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<ThingPart>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        Thing { id: id.into(), lost: gusset::Patch::Absent, lost_list: None, part: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

// src/operations.rs
//! Operations of Recursion: values that a client sends.
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
//! Types of Recursion: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<Thing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Thing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_name: Option<std::collections::BTreeMap<String, Thing>>,
    pub boss: Box<Boss>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub itself: gusset::Patch<gusset::serde_json::Value>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>, boss: Box<Boss>) -> Self {
        Thing {
            name: name.into(),
            parent: None,
            children: None,
            by_name: None,
            boss,
            itself: gusset::Patch::Absent,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Boss {
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub thing: gusset::Patch<Box<Thing>>,
}

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

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub name: String,
    pub parent: Option<Box<Thing>>,
    pub children: Option<Vec<Thing>>,
    pub by_name: Option<std::collections::BTreeMap<String, Thing>>,
    pub boss: Box<Boss>,
    pub itself: gusset::Patch<gusset::serde_json::Value>,
}
gusset::record!(Thing: read, write {
    name, [parent, children, by_name], boss, [itself]
} new(name: impl Into<String>, boss: Box<Boss>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boss {
    pub thing: gusset::Patch<Box<Thing>>,
}
gusset::record!(Boss: read, write { [thing] });

// src/operations.rs
//! Operations of AllOf merge: values that a client sends.
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
//! Types of AllOf merge: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// A thing with more.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    pub id: String,
    /// Any state.
    pub state: ThingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ThingOwner>,
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<gusset::Uuid>,
    /// When.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub when: gusset::Patch<gusset::Date>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub odd: gusset::Patch<gusset::serde_json::Value>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub undeclared: gusset::Patch<gusset::serde_json::Value>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(
        id: impl Into<String>,
        state: ThingState,
        note: impl Into<String>,
    ) -> Self {
        Thing {
            id: id.into(),
            state,
            size: None,
            owner: None,
            note: note.into(),
            code: None,
            when: gusset::Patch::Absent,
            odd: gusset::Patch::Absent,
            undeclared: gusset::Patch::Absent,
        }
    }
}

gusset::open_enum! {
    pub enum ThingState {
        New = "new",
        Used = "used",
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingOwner {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub mail: String,
}

impl ThingOwner {
    /// With what is required; the rest is left out.
    pub fn new(mail: impl Into<String>) -> Self {
        ThingOwner { name: None, mail: mail.into() }
    }
}

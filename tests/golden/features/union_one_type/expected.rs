// src/operations.rs
//! Operations of Choices that are one type: values that a client sends.
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

// src/types.rs
//! Types of Choices that are one type: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<ThingColour>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub size: gusset::Patch<ThingSize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<gusset::serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub owner: gusset::Patch<Owner>,
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub data: gusset::Patch<gusset::serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<ThingBy>,
}

gusset::open_enum! {
    pub enum ThingColour {
        Red = "red",
        Blue = "blue",
    }
}

gusset::open_enum! {
    pub enum ThingSize {
        Small = "small",
        Large = "large",
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Owner {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingBy {
    Owner(Owner),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for ThingBy {
        Owner => Shape::OBJECT,
    }
}

impl From<Owner> for ThingBy {
    fn from(value: Owner) -> Self {
        ThingBy::Owner(value)
    }
}

// src/operations.rs
//! Operations of Recursion: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "send_thing",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Recursion: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `name`.
    pub name: String,
    /// The document's `parent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<Thing>>,
    /// The document's `children`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Thing>>,
    /// The document's `by_name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_name: Option<std::collections::BTreeMap<String, Thing>>,
    /// The document's `boss`.
    pub boss: Box<Boss>,
    /// The document's `itself`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itself: Option<gusset::serde_json::Value>,
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
            itself: None,
        }
    }
}

/// The document's `Boss`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Boss {
    /// The document's `thing`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub thing: gusset::Patch<Box<Thing>>,
}

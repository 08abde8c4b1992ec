// src/operations.rs
//! Operations of Dangling refs: values that a client sends.

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
//! Types of Dangling refs: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `id`.
    pub id: String,
    /// The document's `lost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<gusset::serde_json::Value>,
    /// The document's `lost_list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_list: Option<Vec<gusset::serde_json::Value>>,
    /// The document's `part`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<ThingPart>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        Thing {
            id: id.into(),
            lost: None,
            lost_list: None,
            part: None,
        }
    }
}

/// The document's `ThingPart`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct ThingPart {
    /// The document's `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

// src/operations.rs
//! Operations of Read and write only: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
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
//! Types of Read and write only: what travels.

/// The document's `ThingInput`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingInput {
    /// The document's `secret`.
    pub secret: String,
    /// The document's `name`.
    pub name: String,
}

impl ThingInput {
    /// With what is required; the rest is left out.
    pub fn new(secret: impl Into<String>, name: impl Into<String>) -> Self {
        ThingInput {
            secret: secret.into(),
            name: name.into(),
        }
    }
}

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `id`.
    pub id: String,
    /// The document's `name`.
    pub name: String,
    /// The document's `made`.
    pub made: gusset::DateTime,
    /// When it was changed.
    pub behind: Option<gusset::DateTime>,
}

// src/operations.rs
//! Operations of Maps: values that a client sends.

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
//! Types of Maps: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `free`.
    pub free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
    /// The document's `nested`.
    pub nested: std::collections::BTreeMap<
        String,
        std::collections::BTreeMap<String, Vec<f64>>,
    >,
    /// The document's `patterns`.
    pub patterns: std::collections::BTreeMap<String, String>,
    /// The document's `anything`.
    pub anything: gusset::serde_json::Value,
    /// The document's `nothing`.
    pub nothing: gusset::serde_json::Value,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(
        free: std::collections::BTreeMap<String, gusset::serde_json::Value>,
        nested: std::collections::BTreeMap<
            String,
            std::collections::BTreeMap<String, Vec<f64>>,
        >,
        patterns: std::collections::BTreeMap<String, String>,
        anything: gusset::serde_json::Value,
        nothing: gusset::serde_json::Value,
    ) -> Self {
        Thing {
            free,
            nested,
            patterns,
            anything,
            nothing,
        }
    }
}

// src/operations.rs
//! Operations of Tuples: values that a client sends.

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
//! Types of Tuples: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `pair`.
    ///
    /// At least 2 elements.
    pub pair: (String, Option<i64>),
    /// The document's `open`.
    pub open: Vec<gusset::serde_json::Value>,
    /// The document's `same`.
    pub same: Vec<f64>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(
        pair: (String, Option<i64>),
        open: Vec<gusset::serde_json::Value>,
        same: Vec<f64>,
    ) -> Self {
        Thing { pair, open, same }
    }
}

// src/operations.rs
//! Operations of Integers: values that a client sends.

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
//! Types of Integers: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `small`.
    pub small: i32,
    /// The document's `plain`.
    pub plain: i64,
    /// The document's `natural`.
    pub natural: u64,
    /// The document's `huge`.
    ///
    /// At least 0.
    pub huge: gusset::serde_json::Number,
    /// The document's `shown`.
    pub shown: i64,
    /// The document's `bounded`.
    ///
    /// From 1 to 10.
    pub bounded: u32,
    /// The document's `rounded`.
    ///
    /// At least 0.
    pub rounded: i64,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(
        small: i32,
        plain: i64,
        natural: u64,
        huge: gusset::serde_json::Number,
        shown: i64,
        bounded: u32,
        rounded: i64,
    ) -> Self {
        Thing {
            small,
            plain,
            natural,
            huge,
            shown,
            bounded,
            rounded,
        }
    }
}

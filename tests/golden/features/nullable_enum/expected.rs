// src/operations.rs
//! Operations of Nullable enum: values that a client sends.

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
//! Types of Nullable enum: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `state`.
    pub state: Option<ThingState>,
    /// How loud.
    ///
    /// One of `1`, `2`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub level: gusset::Patch<i64>,
    /// The document's `listed`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub listed: gusset::Patch<ThingListed>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(state: Option<ThingState>) -> Self {
        Thing {
            state,
            level: gusset::Patch::Absent,
            listed: gusset::Patch::Absent,
        }
    }
}

gusset::open_enum! {
    /// The document's `ThingState`.
    pub enum ThingState {
        Open = "open",
        Closed = "closed",
    }
}

gusset::open_enum! {
    /// The document's `ThingListed`.
    pub enum ThingListed {
        A = "a",
    }
}

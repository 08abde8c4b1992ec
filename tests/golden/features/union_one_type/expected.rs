// src/operations.rs
//! Operations of Choices that are one type: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "make",
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
//! Types of Choices that are one type: what travels.

/// The document's `Thing`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `colour`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<ThingColour>,
    /// The document's `size`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub size: gusset::Patch<ThingSize>,
    /// The document's `share`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The document's `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The document's `owner`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub owner: gusset::Patch<Owner>,
    /// The document's `data`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub data: gusset::Patch<gusset::serde_json::Value>,
    /// The document's `by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<ThingBy>,
}

gusset::open_enum! {
    /// The document's `ThingColour`.
    pub enum ThingColour {
        Red = "red",
        Blue = "blue",
    }
}

gusset::open_enum! {
    /// The document's `ThingSize`.
    pub enum ThingSize {
        Small = "small",
        Large = "large",
    }
}

/// The document's `Owner`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Owner {
    /// The document's `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The document's `ThingBy`.
#[derive(Clone, Debug, PartialEq)]
pub enum ThingBy {
    /// `Owner`.
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

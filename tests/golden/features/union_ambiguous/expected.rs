// src/operations.rs
//! Operations of Union that nothing tells apart: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    /// The body.
    pub body: types::Pet,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Pet) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Pet;
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
//! Types of Union that nothing tells apart: what travels.

/// The document's `Pet`.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `Cat`.
    Cat(Cat),
    /// `Dog`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet {
        Cat => Shape::OBJECT.optional(&["lives"]),
        Dog => Shape::OBJECT.optional(&["breed"]),
    }
}

impl From<Cat> for Pet {
    fn from(value: Cat) -> Self {
        Pet::Cat(value)
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Pet::Dog(value)
    }
}

/// The document's `Cat`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Cat {
    /// The document's `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document's `lives`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

/// The document's `Dog`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Dog {
    /// The document's `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document's `breed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breed: Option<String>,
}

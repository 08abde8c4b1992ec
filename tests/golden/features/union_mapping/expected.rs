// src/operations.rs
//! Operations of Union by a mapping: values that a client sends.

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
//! Types of Union by a mapping: what travels.

/// A pet, told by its kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `cat`, `tom`.
    Cat(Cat),
    /// `dog`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat", "tom"]),
        Dog writes "dog" => Shape::tagged(&["dog"]),
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
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Cat {
    /// The document's `kind`.
    pub kind: String,
    /// The document's `lives`.
    pub lives: i64,
}

impl Cat {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>, lives: i64) -> Self {
        Cat { kind: kind.into(), lives }
    }
}

/// The document's `Dog`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Dog {
    /// The document's `name`.
    pub name: String,
}

impl Dog {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>) -> Self {
        Dog { name: name.into() }
    }
}

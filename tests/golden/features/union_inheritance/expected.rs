// src/operations.rs
//! Operations of Union by inheritance: values that a client sends.

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
//! Types of Union by inheritance: what travels.

/// The document's `Pet`.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `cat`.
    Cat(Box<Cat>),
    /// `Dog`.
    Dog(Box<Dog>),
    /// `Pet`.
    Pet(Box<PetBase>),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat"]),
        Dog => Shape::tagged(&["Dog"]),
        Pet => Shape::tagged(&["Pet"]),
    }
}

impl From<Cat> for Pet {
    fn from(value: Cat) -> Self {
        Pet::Cat(Box::new(value))
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Pet::Dog(Box::new(value))
    }
}

impl From<PetBase> for Pet {
    fn from(value: PetBase) -> Self {
        Pet::Pet(Box::new(value))
    }
}

/// The document's `Cat`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Cat {
    /// The document's `kind`.
    pub kind: String,
    /// The document's `friend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friend: Option<Box<Pet>>,
    /// The document's `lives`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

impl Cat {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>) -> Self {
        Cat {
            kind: kind.into(),
            friend: None,
            lives: None,
        }
    }
}

/// The document's `Dog`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Dog {
    /// The document's `kind`.
    pub kind: String,
    /// The document's `friend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friend: Option<Box<Pet>>,
    /// The document's `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Dog {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>) -> Self {
        Dog {
            kind: kind.into(),
            friend: None,
            name: None,
        }
    }
}

/// The document's `PetBase`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct PetBase {
    /// The document's `kind`.
    pub kind: String,
    /// The document's `friend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friend: Option<Box<Pet>>,
}

impl PetBase {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>) -> Self {
        PetBase {
            kind: kind.into(),
            friend: None,
        }
    }
}

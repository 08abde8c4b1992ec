// src/operations.rs
//! Operations of Same name: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct GetPets {}

impl gusset::Operation for GetPets {
    type Client = Client;
    type Output = types::GetPetsOutput;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_pets",
        "/pets",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Same name: what travels.

/// The document's `GetPetsOutput`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct GetPetsOutput {
    /// The document's `ours`.
    pub ours: Pet,
    /// The document's `theirs`.
    pub theirs: Pet2,
}

/// The document's `Pet`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Pet {
    /// The document's `name`.
    pub name: String,
}

/// The document's `Pet2`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Pet2 {
    /// The document's `weight`.
    pub weight: f64,
    /// The document's `owner`.
    pub owner: Option<Owner>,
}

/// The document's `Owner`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Owner {
    /// The document's `email`.
    pub email: String,
}

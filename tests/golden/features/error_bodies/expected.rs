// src/operations.rs
//! Operations of error_bodies: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /pets/{id}`.
///
/// # Errors
/// - `401`, `4XX`: [`types::Problem`]
/// - `404`: [`types::NotFound`]
#[derive(Clone, Debug)]
pub struct GetPet {
    /// The path parameter `id`.
    pub id: String,
}

impl GetPet {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        GetPet { id: id.into() }
    }
}

impl gusset::Operation for GetPet {
    type Client = Client;
    type Output = types::Pet;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_pet",
        "/pets/{id}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of error_bodies: what travels.

/// The document's `Pet`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Pet {
    /// The document's `name`.
    pub name: Option<String>,
}

/// The document's `Problem`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Problem {
    /// The document's `title`.
    pub title: String,
}

/// The document's `NotFound`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct NotFound {
    /// The document's `missing`.
    pub missing: String,
}

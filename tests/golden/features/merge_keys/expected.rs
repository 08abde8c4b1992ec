// src/operations.rs
//! Operations of Merge keys: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /notes/{id}`.
#[derive(Clone, Debug)]
pub struct GetNote {
    /// The path parameter `id`.
    pub id: String,
}

impl GetNote {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        GetNote { id: id.into() }
    }
}

impl gusset::Operation for GetNote {
    type Client = Client;
    type Output = types::Note;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_note",
        "/notes/{id}",
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

/// Calls `HEAD /notes/{id}`.
#[derive(Clone, Debug)]
pub struct HasNote {
    /// The path parameter `id`.
    pub id: String,
}

impl HasNote {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        HasNote { id: id.into() }
    }
}

impl gusset::Operation for HasNote {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::head(
        &INTEGRATION,
        "has_note",
        "/notes/{id}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Merge keys: what travels.

/// The document's `Note`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Note {
    /// The document's `text`.
    pub text: String,
    /// The document's `changed`.
    pub changed: Option<i64>,
    /// The document's `created`.
    pub created: Option<String>,
}

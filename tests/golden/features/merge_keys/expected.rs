// src/operations.rs
//! Operations of Merge keys: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /notes/{id}`.
#[derive(Clone, Debug)]
pub struct GetNote {
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
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "get_note", "/notes/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

/// Calls `HEAD /notes/{id}`.
#[derive(Clone, Debug)]
pub struct HasNote {
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
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::head(&INTEGRATION, "has_note", "/notes/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

// src/types.rs
//! Types of Merge keys: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    pub changed: Option<i64>,
    pub created: Option<String>,
}
gusset::record!(Note: read { text, [changed, created] });

// src/operations.rs
//! Operations of Elsewhere: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /notes`.
#[derive(Clone, Debug)]
pub struct CreateNote {
    pub dry_run: Option<bool>,
    pub body: types::Note,
}

impl CreateNote {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Note) -> Self {
        CreateNote { dry_run: None, body }
    }
}

impl gusset::Operation for CreateNote {
    type Client = Client;
    type Output = types::Note;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "create_note", "/notes");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query("dry_run", &self.dry_run);
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Elsewhere: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
}
gusset::record!(Note: read, write { text } new(text: impl Into<String>));

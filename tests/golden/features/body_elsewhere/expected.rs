// src/operations.rs
//! Operations of Elsewhere: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /notes`.
#[derive(Clone, Debug)]
pub struct CreateNote {
    /// The query parameter `dry_run`.
    pub dry_run: Option<bool>,
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "create_note",
        "/notes",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.query("dry_run", &self.dry_run);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Elsewhere: what travels.

/// The document's `Note`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Note {
    /// The document's `text`.
    pub text: String,
}

impl Note {
    /// With what is required; the rest is left out.
    pub fn new(text: impl Into<String>) -> Self {
        Note { text: text.into() }
    }
}

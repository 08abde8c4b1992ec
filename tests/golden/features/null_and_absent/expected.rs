// src/operations.rs
//! Operations of Null and absent: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `PATCH /notes/{id}`.
#[derive(Clone, Debug)]
pub struct UpdateNote {
    /// The path parameter `id`.
    pub id: String,
    /// The body.
    pub body: types::Note,
}

impl UpdateNote {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>, body: types::Note) -> Self {
        UpdateNote { id: id.into(), body }
    }
}

impl gusset::Operation for UpdateNote {
    type Client = Client;
    type Output = types::Note;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::patch(
        &INTEGRATION,
        "update_note",
        "/notes/{id}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Null and absent: what travels.

/// The document's `Note`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Note {
    /// There and never null.
    pub always: String,
    /// There and possibly null.
    pub maybe_null: Option<String>,
    /// Possibly absent and never null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maybe_absent: Option<String>,
    /// Absent, null, or text: three different things.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub maybe_both: gusset::Patch<String>,
}

impl Note {
    /// With what is required; the rest is left out.
    pub fn new(always: impl Into<String>, maybe_null: Option<String>) -> Self {
        Note {
            always: always.into(),
            maybe_null,
            maybe_absent: None,
            maybe_both: gusset::Patch::Absent,
        }
    }
}

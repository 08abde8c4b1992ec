// src/operations.rs
//! Operations of Null and absent: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `PATCH /notes/{id}`.
#[derive(Clone, Debug)]
pub struct UpdateNote {
    pub id: String,
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
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::patch(&INTEGRATION, "update_note", "/notes/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Null and absent: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// There and never null.
    pub always: String,
    /// There and possibly null.
    pub maybe_null: Option<String>,
    /// Possibly absent and never null.
    pub maybe_absent: Option<String>,
    /// Absent, null, or text: three different things.
    pub maybe_both: gusset::Patch<String>,
}
gusset::record!(Note: read, write {
    always, maybe_null, [maybe_absent, maybe_both]
} new(always: impl Into<String>, maybe_null: Option<String>));

// src/operations.rs
//! Operations of Notes: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// The body is a parameter that operations share.
///
/// `POST /notes`
#[derive(Clone, Debug)]
pub struct CreateNote {
    pub body: types::Note,
}

impl CreateNote {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Note) -> Self {
        CreateNote { body }
    }
}

impl gusset::Operation for CreateNote {
    type Client = Client;
    type Output = types::Note;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "create_note", "/notes");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

/// A form, one field of which operations share.
///
/// `PUT /notes/{id}`
#[derive(Clone, Debug)]
pub struct LabelNote {
    pub id: i64,
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::LabelNoteBody,
}

impl LabelNote {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, body: types::LabelNoteBody) -> Self {
        LabelNote { id, body }
    }
}

impl gusset::Operation for LabelNote {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "label_note", "/notes/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        request.form_as(&self.body, gusset::Style::FORM.explode(), &[])?;
        Ok(())
    }
}

/// A form with a file is multipart, whatever the document says.
///
/// `POST /notes/{id}/file`
#[derive(Clone, Debug)]
pub struct AttachFile {
    pub id: i64,
    /// The body: `multipart/form-data`.
    pub body: types::AttachFileBody,
}

impl AttachFile {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, body: types::AttachFileBody) -> Self {
        AttachFile { id, body }
    }
}

impl gusset::Operation for AttachFile {
    type Client = Client;
    type Output = gusset::bytes::Bytes;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "attach_file", "/notes/{id}/file");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::bytes;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        request.multipart("multipart/form-data", &self.body, &[])?;
        Ok(())
    }
}

// src/types.rs
//! Types of Notes: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    pub due: gusset::Patch<gusset::Date>,
}
gusset::record!(Note: read, write { text, [due] } new(text: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct LabelNoteBody {
    pub label: String,
    pub colour: Option<LabelNoteBodyColour>,
    pub tags: Option<Vec<String>>,
}
gusset::record!(LabelNoteBody: write { label, [colour, tags] } new(label: impl Into<String>));

gusset::open_enum! {
    pub enum LabelNoteBodyColour {
        Red = "red", Blue = "blue",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct AttachFileBody {
    pub file: gusset::Part,
    pub title: Option<String>,
}
gusset::record!(AttachFileBody: write { file, [title] } new(file: impl Into<gusset::Part>));

// src/operations.rs
//! Operations of Notes in parts: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// The body is a parameter of another file, beside the schema that it refers to.
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
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "create_note", "/notes");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

/// A form whose fields stand in another file; one is found over a parameter of this one.
///
/// `PUT /notes/{id}`
#[derive(Clone, Debug)]
pub struct LabelNote {
    pub id: i64,
    /// The body: `multipart/form-data`.
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
        request.multipart("multipart/form-data", &self.body, &[])?;
        Ok(())
    }
}

/// Calls `POST /drafts`.
#[derive(Clone, Debug)]
pub struct CreateDraft {
    pub body: types::Draft,
}

impl CreateDraft {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Draft) -> Self {
        CreateDraft { body }
    }
}

impl gusset::Operation for CreateDraft {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "create_draft", "/drafts");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

/// A path item and an answer of another file.
///
/// `POST /labels`
#[derive(Clone, Debug)]
pub struct AddLabel {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::AddLabelBody,
}

impl AddLabel {
    /// With what is required; the rest is left out.
    pub fn new(body: types::AddLabelBody) -> Self {
        AddLabel { body }
    }
}

impl gusset::Operation for AddLabel {
    type Client = Client;
    type Output = types::AddLabelOutput;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "add_label", "/labels");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.form(&self.body)?;
        Ok(())
    }
}

/// A path item and an answer of this file, where nothing says what they are.
///
/// `GET /colours`
#[derive(Clone, Debug, Default)]
pub struct GetColour {
    pub id: Vec<i64>,
}

impl gusset::Operation for GetColour {
    type Client = Client;
    type Output = String;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "get_colour", "/colours");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query_as("id", &self.id, gusset::Style::PIPE)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Notes in parts: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
}
gusset::record!(Note: write { text } new(text: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct LabelNoteBody {
    pub label: String,
    pub photo: Option<gusset::Part>,
}
gusset::record!(LabelNoteBody: write { label, [photo] } new(label: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub title: String,
}
gusset::record!(Draft: write { title } new(title: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct AddLabelBody {
    pub label: String,
}
gusset::record!(AddLabelBody: write { label } new(label: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct AddLabelOutput {
    pub id: i64,
}
gusset::record!(AddLabelOutput: read { id });

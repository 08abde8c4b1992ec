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
gusset::operation!(CreateNote: post "/notes" as "create_note" -> types::Note {
    json body
} new(body: types::Note));

/// A form, one field of which operations share.
///
/// `PUT /notes/{id}`
#[derive(Clone, Debug)]
pub struct LabelNote {
    pub id: i64,
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::LabelNoteBody,
}
gusset::operation!(LabelNote: put "/notes/{id}" as "label_note" {
    path id,
    with body: |body, request| request.form_as(body, gusset::Style::FORM.explode(), &[])
} new(id: i64, body: types::LabelNoteBody));

/// A form with a file is multipart, whatever the document says.
///
/// `POST /notes/{id}/file`
#[derive(Clone, Debug)]
pub struct AttachFile {
    pub id: i64,
    /// The body: `multipart/form-data`.
    pub body: types::AttachFileBody,
}
gusset::operation!(AttachFile: post "/notes/{id}/file" as "attach_file" -> gusset::bytes::Bytes {
    path id,
    with body: |body, request| request.multipart("multipart/form-data", body, &[])
} new(id: i64, body: types::AttachFileBody) by gusset::Response::bytes);

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

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
gusset::operation!(CreateNote: post "/notes" as "create_note" {
    json body
} new(body: types::Note));

/// A form whose fields stand in another file; one is found over a parameter of this one.
///
/// `PUT /notes/{id}`
#[derive(Clone, Debug)]
pub struct LabelNote {
    pub id: i64,
    /// The body: `multipart/form-data`.
    pub body: types::LabelNoteBody,
}
gusset::operation!(LabelNote: put "/notes/{id}" as "label_note" {
    path id,
    with body: |body, request| request.multipart("multipart/form-data", body, &[])
} new(id: i64, body: types::LabelNoteBody));

/// Calls `POST /drafts`.
#[derive(Clone, Debug)]
pub struct CreateDraft {
    pub body: types::Draft,
}
gusset::operation!(CreateDraft: post "/drafts" as "create_draft" {
    json body
} new(body: types::Draft));

/// A path item and an answer of another file.
///
/// `POST /labels`
#[derive(Clone, Debug)]
pub struct AddLabel {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::AddLabelBody,
}
gusset::operation!(AddLabel: post "/labels" as "add_label" -> types::AddLabelOutput {
    form body
} new(body: types::AddLabelBody));

/// A path item and an answer of this file, where nothing says what they are.
///
/// `GET /colours`
#[derive(Clone, Debug, Default)]
pub struct GetColour {
    pub id: Vec<i64>,
}
gusset::operation!(GetColour: get "/colours" as "get_colour" -> String {
    query_as(gusset::Style::PIPE) [id]
});

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

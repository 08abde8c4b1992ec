// src/operations.rs
//! Operations of Bodies of text and bytes: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `PUT /text`.
#[derive(Clone, Debug)]
pub struct PutText {
    /// The body: `text/plain`.
    pub body: String,
}
gusset::operation!(PutText: put "/text" as "put_text" {
    with body: |body, request| request.bytes("text/plain", body.clone())
} new(body: impl Into<String>));

/// Calls `PUT /xml`.
#[derive(Clone, Debug)]
pub struct PutXml {
    /// The body: `application/xml`.
    pub body: String,
}
gusset::operation!(PutXml: put "/xml" as "put_xml" {
    with body: |body, request| request.bytes("application/xml", body.clone())
} new(body: impl Into<String>));

/// Calls `PUT /file`.
#[derive(Clone, Debug, Default)]
pub struct PutFile {
    /// The body: `application/pdf`.
    pub body: Option<gusset::bytes::Bytes>,
}
gusset::operation!(PutFile: put "/file" as "put_file" {
    with [body]: |body, request| request.bytes("application/pdf", body.clone())
});

/// Calls `PUT /picture`.
#[derive(Clone, Debug)]
pub struct PutPicture {
    /// The body: `image/png`.
    pub body: gusset::Part,
}
gusset::operation!(PutPicture: put "/picture" as "put_picture" {
    with body: |body, request| request.bytes_of(body, "image/png")
} new(body: impl Into<gusset::Part>));

/// Calls `DELETE /anything`.
#[derive(Clone, Debug)]
pub struct DeleteAnything {
    /// The body: `application/octet-stream`.
    pub body: gusset::Part,
}
gusset::operation!(DeleteAnything: delete "/anything" as "delete_anything" {
    with body: |body, request| request.bytes_of(body, "application/octet-stream")
} new(body: impl Into<gusset::Part>));

/// Calls `POST /lines`.
#[derive(Clone, Debug)]
pub struct AddLines {
    /// The body: `application/x-ndjson`.
    pub body: Vec<types::AddLinesBody>,
}
gusset::operation!(AddLines: post "/lines" as "add_lines" {
    with body: |body, request| request.json_lines("application/x-ndjson", body)
} new(body: Vec<types::AddLinesBody>));

// src/types.rs
//! Types of Bodies of text and bytes: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct AddLinesBody {
    pub id: i64,
}
gusset::record!(AddLinesBody: write { id } new(id: i64));

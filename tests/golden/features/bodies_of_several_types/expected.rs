// src/operations.rs
//! Operations of bodies_of_several_types: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /import`.
#[derive(Clone, Debug)]
pub struct Import {
    pub body: ImportBody,
}
gusset::operation!(Import: post "/import" as "import" {
    with body: |body, request| match body {
        ImportBody::Json(body) => request.json(body),
        ImportBody::Multipart(body) => {
            request.multipart("multipart/form-data", body, &[])
        }
        ImportBody::TextCsv(body) => request.bytes("text/csv", body.clone()),
        ImportBody::Bytes(body) => {
            request.bytes("application/octet-stream", body.clone())
        }
    }
} new(body: impl Into<ImportBody>));

/// The bodies of `import`, of which one is sent.
#[derive(Clone, Debug)]
pub enum ImportBody {
    /// `application/json`.
    Json(types::Import),
    /// `multipart/form-data`.
    Multipart(types::ImportMultipartBody),
    /// `text/csv`.
    TextCsv(String),
    /// `application/octet-stream`.
    Bytes(gusset::bytes::Bytes),
}

impl From<types::Import> for ImportBody {
    fn from(body: types::Import) -> Self {
        ImportBody::Json(body)
    }
}

impl From<types::ImportMultipartBody> for ImportBody {
    fn from(body: types::ImportMultipartBody) -> Self {
        ImportBody::Multipart(body)
    }
}

impl From<String> for ImportBody {
    fn from(body: String) -> Self {
        ImportBody::TextCsv(body)
    }
}

impl From<gusset::bytes::Bytes> for ImportBody {
    fn from(body: gusset::bytes::Bytes) -> Self {
        ImportBody::Bytes(body)
    }
}

/// Calls `POST /same`.
#[derive(Clone, Debug, Default)]
pub struct Same {
    pub body: Option<types::Import>,
}
gusset::operation!(Same: post "/same" as "same" { json [body] });

/// Calls `POST /chosen`.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Import,
}
gusset::operation!(Chosen: post "/chosen" as "chosen" { form body } new(body: types::Import));

// src/types.rs
//! Types of bodies_of_several_types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub rows: Vec<i64>,
}
gusset::record!(Import: write { rows } new(rows: Vec<i64>));

#[derive(Clone, Debug, PartialEq)]
pub struct ImportMultipartBody {
    pub file: gusset::Part,
}
gusset::record!(ImportMultipartBody: write { file } new(file: impl Into<gusset::Part>));

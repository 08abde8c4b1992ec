// src/operations.rs
//! Operations of bodies_of_several_types: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /import`.
#[derive(Clone, Debug)]
pub struct Import {
    pub body: ImportBody,
}

impl Import {
    /// With what is required; the rest is left out.
    pub fn new(body: impl Into<ImportBody>) -> Self {
        Import { body: body.into() }
    }
}

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

impl gusset::Operation for Import {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "import", "/import");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        match &self.body {
            ImportBody::Json(body) => request.json(body)?,
            ImportBody::Multipart(body) => { request.multipart("multipart/form-data", body, &[])? }
            ImportBody::TextCsv(body) => request.bytes("text/csv", body.clone())?,
            ImportBody::Bytes(body) => { request.bytes("application/octet-stream", body.clone())? }
        }
        Ok(())
    }
}

/// Calls `POST /same`.
#[derive(Clone, Debug, Default)]
pub struct Same {
    pub body: Option<types::Import>,
}

impl gusset::Operation for Same {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "same", "/same");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        if let Some(body) = &self.body {
            request.json(body)?;
        }
        Ok(())
    }
}

/// Calls `POST /chosen`.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Import,
}

impl Chosen {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Import) -> Self {
        Chosen { body }
    }
}

impl gusset::Operation for Chosen {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "chosen", "/chosen");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.form(&self.body)?;
        Ok(())
    }
}

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

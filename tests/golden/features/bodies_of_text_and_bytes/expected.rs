// src/operations.rs
//! Operations of Bodies of text and bytes: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `PUT /text`.
#[derive(Clone, Debug)]
pub struct PutText {
    /// The body: `text/plain`.
    pub body: String,
}

impl PutText {
    /// With what is required; the rest is left out.
    pub fn new(body: impl Into<String>) -> Self {
        PutText { body: body.into() }
    }
}

impl gusset::Operation for PutText {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_text", "/text");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.bytes("text/plain", self.body.clone())?;
        Ok(())
    }
}

/// Calls `PUT /xml`.
#[derive(Clone, Debug)]
pub struct PutXml {
    /// The body: `application/xml`.
    pub body: String,
}

impl PutXml {
    /// With what is required; the rest is left out.
    pub fn new(body: impl Into<String>) -> Self {
        PutXml { body: body.into() }
    }
}

impl gusset::Operation for PutXml {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_xml", "/xml");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.bytes("application/xml", self.body.clone())?;
        Ok(())
    }
}

/// Calls `PUT /file`.
#[derive(Clone, Debug, Default)]
pub struct PutFile {
    /// The body: `application/pdf`.
    pub body: Option<gusset::bytes::Bytes>,
}

impl gusset::Operation for PutFile {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_file", "/file");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        if let Some(body) = &self.body {
            request.bytes("application/pdf", body.clone())?;
        }
        Ok(())
    }
}

/// Calls `PUT /picture`.
#[derive(Clone, Debug)]
pub struct PutPicture {
    /// The body: `image/png`.
    pub body: gusset::Part,
}

impl PutPicture {
    /// With what is required; the rest is left out.
    pub fn new(body: impl Into<gusset::Part>) -> Self {
        PutPicture { body: body.into() }
    }
}

impl gusset::Operation for PutPicture {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_picture", "/picture");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.bytes_of(&self.body, "image/png")?;
        Ok(())
    }
}

/// Calls `DELETE /anything`.
#[derive(Clone, Debug)]
pub struct DeleteAnything {
    /// The body: `application/octet-stream`.
    pub body: gusset::Part,
}

impl DeleteAnything {
    /// With what is required; the rest is left out.
    pub fn new(body: impl Into<gusset::Part>) -> Self {
        DeleteAnything { body: body.into() }
    }
}

impl gusset::Operation for DeleteAnything {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::delete(&INTEGRATION, "delete_anything", "/anything");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.bytes_of(&self.body, "application/octet-stream")?;
        Ok(())
    }
}

/// Calls `POST /lines`.
#[derive(Clone, Debug)]
pub struct AddLines {
    /// The body: `application/x-ndjson`.
    pub body: Vec<types::AddLinesBody>,
}

impl AddLines {
    /// With what is required; the rest is left out.
    pub fn new(body: Vec<types::AddLinesBody>) -> Self {
        AddLines { body }
    }
}

impl gusset::Operation for AddLines {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "add_lines", "/lines");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json_lines("application/x-ndjson", &self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Bodies of text and bytes: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct AddLinesBody {
    pub id: i64,
}
gusset::record!(AddLinesBody: write { id } new(id: i64));

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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_text",
        "/text",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.bytes("text/plain", self.body.clone())?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_xml",
        "/xml",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.bytes("application/xml", self.body.clone())?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_file",
        "/file",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        if let Some(body) = &self.body {
            request.bytes("application/pdf", body.clone())?;
        }
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_picture",
        "/picture",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.bytes_of(&self.body, "image/png")?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
        DeleteAnything {
            body: body.into(),
        }
    }
}

impl gusset::Operation for DeleteAnything {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::delete(
        &INTEGRATION,
        "delete_anything",
        "/anything",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.bytes_of(&self.body, "application/octet-stream")?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "add_lines",
        "/lines",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json_lines("application/x-ndjson", &self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Bodies of text and bytes: what travels.

/// The document's `AddLinesBody`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct AddLinesBody {
    /// The document's `id`.
    pub id: i64,
}

impl AddLinesBody {
    /// With what is required; the rest is left out.
    pub fn new(id: i64) -> Self {
        AddLinesBody { id }
    }
}

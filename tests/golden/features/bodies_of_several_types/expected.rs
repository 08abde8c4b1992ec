// src/operations.rs
//! Operations of bodies_of_several_types: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /import`.
#[derive(Clone, Debug)]
pub struct Import {
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "import",
        "/import",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        match &self.body {
            ImportBody::Json(body) => request.json(body)?,
            ImportBody::Multipart(body) => {
                request.multipart("multipart/form-data", body, &[])?
            }
            ImportBody::TextCsv(body) => request.bytes("text/csv", body.clone())?,
            ImportBody::Bytes(body) => {
                request.bytes("application/octet-stream", body.clone())?
            }
        }
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

/// Calls `POST /same`.
#[derive(Clone, Debug, Default)]
pub struct Same {
    /// The body.
    pub body: Option<types::Import>,
}

impl gusset::Operation for Same {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "same",
        "/same",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        if let Some(body) = &self.body {
            request.json(body)?;
        }
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "chosen",
        "/chosen",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.form(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of bodies_of_several_types: what travels.

/// The document's `Import`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct Import {
    /// The document's `rows`.
    pub rows: Vec<i64>,
}

impl Import {
    /// With what is required; the rest is left out.
    pub fn new(rows: Vec<i64>) -> Self {
        Import { rows }
    }
}

/// The document's `ImportMultipartBody`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ImportMultipartBody {
    /// The document's `file`.
    pub file: gusset::Part,
}

impl ImportMultipartBody {
    /// With what is required; the rest is left out.
    pub fn new(file: impl Into<gusset::Part>) -> Self {
        ImportMultipartBody {
            file: file.into(),
        }
    }
}

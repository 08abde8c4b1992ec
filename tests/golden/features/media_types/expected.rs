// src/operations.rs
//! Operations of media_types: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /contacts`.
#[derive(Clone, Debug, Default)]
pub struct ListContacts {}

impl gusset::Operation for ListContacts {
    type Client = Client;
    type Output = Vec<types::Contact>;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "list_contacts",
        "/contacts",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

/// Calls `GET /contacts`.
#[derive(Clone, Debug, Default)]
pub struct ExportContacts {}

impl gusset::Operation for ExportContacts {
    type Client = Client;
    type Output = String;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "export_contacts",
            "/contacts",
        )
        .accept("text/csv");
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.text()
    }
}

/// Calls `GET /contacts/lines`.
#[derive(Clone, Debug, Default)]
pub struct StreamContacts {}

impl gusset::Operation for StreamContacts {
    type Client = Client;
    type Output = Vec<types::Contact>;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "stream_contacts",
            "/contacts/lines",
        )
        .accept("application/x-ndjson");
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.lines()
    }
}

/// Calls `GET /photo`.
#[derive(Clone, Debug, Default)]
pub struct GetPhoto {}

impl gusset::Operation for GetPhoto {
    type Client = Client;
    type Output = gusset::bytes::Bytes;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "get_photo",
            "/photo",
        )
        .accept("image/png");
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.bytes()
    }
}

// src/types.rs
//! Types of media_types: what travels.

/// The document's `Contact`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Contact {
    /// The document's `name`.
    pub name: String,
}

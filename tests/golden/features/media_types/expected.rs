// src/operations.rs
//! Operations of media_types: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /contacts`.
#[derive(Clone, Debug, Default)]
pub struct ListContacts {}

impl gusset::Operation for ListContacts {
    type Client = Client;
    type Output = Vec<types::Contact>;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_contacts", "/contacts");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;
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
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::text;
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
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::lines;
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
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::bytes;
}

// src/types.rs
//! Types of media_types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub name: String,
}
gusset::record!(Contact: read { name });

// src/operations.rs
//! Operations of media_types: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /contacts`.
#[derive(Clone, Debug, Default)]
pub struct ListContacts {}
gusset::operation!(ListContacts: get "/contacts" as "list_contacts" -> Vec<types::Contact> {});

/// Calls `GET /contacts`.
#[derive(Clone, Debug, Default)]
pub struct ExportContacts {}
gusset::operation!(ExportContacts: get "/contacts" as "export_contacts", accept("text/csv")
        -> String {} by gusset::Response::text);

/// Calls `GET /contacts/lines`.
#[derive(Clone, Debug, Default)]
pub struct StreamContacts {}
gusset::operation!(StreamContacts: get "/contacts/lines"
        as "stream_contacts", accept("application/x-ndjson") -> Vec<types::Contact> {
} by gusset::Response::lines);

/// Calls `GET /photo`.
#[derive(Clone, Debug, Default)]
pub struct GetPhoto {}
gusset::operation!(GetPhoto: get "/photo" as "get_photo", accept("image/png")
        -> gusset::bytes::Bytes {} by gusset::Response::bytes);

// src/types.rs
//! Types of media_types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub name: String,
}
gusset::record!(Contact: read { name });

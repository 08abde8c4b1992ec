// src/operations.rs
//! Operations of Answers that are files: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /report`.
#[derive(Clone, Debug, Default)]
pub struct Report {}

impl gusset::Operation for Report {
    type Client = Client;
    type Output = gusset::bytes::Bytes;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "report",
            "/report",
        )
        .accept("application/xml, application/json");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::bytes;
}

/// Calls `GET /report/named`.
#[derive(Clone, Debug, Default)]
pub struct Named {}

impl gusset::Operation for Named {
    type Client = Client;
    type Output = gusset::bytes::Bytes;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "named",
            "/report/named",
        )
        .accept("application/pdf");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::bytes;
}

/// Calls `GET /report/typed`.
#[derive(Clone, Debug, Default)]
pub struct Typed {}

impl gusset::Operation for Typed {
    type Client = Client;
    type Output = types::TypedOutput;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "typed", "/report/typed");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;
}

// src/types.rs
//! Types of Answers that are files: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct TypedOutput {
    pub name: Option<String>,
}
gusset::record!(TypedOutput: read { [name] });

// src/operations.rs
//! Operations of servers_by_operation: values that a client sends.

use super::{Client, INTEGRATION};

/// Calls `GET /files`.
#[derive(Clone, Debug, Default)]
pub struct ListFiles {}

impl gusset::Operation for ListFiles {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_files", "/files");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

/// Calls `POST /upload`.
#[derive(Clone, Debug, Default)]
pub struct Upload {}

impl gusset::Operation for Upload {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
            &INTEGRATION,
            "upload",
            "/upload",
        )
        .server(0);
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

/// Calls `GET /status`.
#[derive(Clone, Debug, Default)]
pub struct GetStatus {}

impl gusset::Operation for GetStatus {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "get_status",
            "/status",
        )
        .server(1)
        .public();
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

/// Calls `POST /login`.
#[derive(Clone, Debug, Default)]
pub struct Login {}

impl gusset::Operation for Login {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
            &INTEGRATION,
            "login",
            "/login",
        )
        .public();
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

// src/types.rs
//! Types of servers_by_operation: what travels.

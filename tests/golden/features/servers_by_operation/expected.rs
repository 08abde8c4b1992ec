// src/operations.rs
//! Operations of servers_by_operation: values that a client sends.

use super::{Client, INTEGRATION};

/// Calls `GET /files`.
#[derive(Clone, Debug, Default)]
pub struct ListFiles {}

impl gusset::Operation for ListFiles {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "list_files",
        "/files",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
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
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
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
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
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
    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of servers_by_operation: what travels.

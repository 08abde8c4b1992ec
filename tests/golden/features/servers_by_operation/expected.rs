// src/operations.rs
//! Operations of servers_by_operation: values that a client sends.

use super::{Client, INTEGRATION};

/// Calls `GET /files`.
#[derive(Clone, Debug, Default)]
pub struct ListFiles {}
gusset::operation!(ListFiles: get "/files" as "list_files" {});

/// Calls `POST /upload`.
#[derive(Clone, Debug, Default)]
pub struct Upload {}
gusset::operation!(Upload: post "/upload" as "upload", server(0) {});

/// Calls `GET /status`.
#[derive(Clone, Debug, Default)]
pub struct GetStatus {}
gusset::operation!(GetStatus: get "/status" as "get_status", server(1), public() {});

/// Calls `POST /login`.
#[derive(Clone, Debug, Default)]
pub struct Login {}
gusset::operation!(Login: post "/login" as "login", public() {});

// src/types.rs
//! Types of servers_by_operation: what travels.

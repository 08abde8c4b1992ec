// src/operations.rs
//! Operations of Answers that are files: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /report`.
#[derive(Clone, Debug, Default)]
pub struct Report {}
gusset::operation!(Report: get "/report" as "report", accept("application/xml, application/json")
        -> gusset::bytes::Bytes {} by gusset::Response::bytes);

/// Calls `GET /report/named`.
#[derive(Clone, Debug, Default)]
pub struct Named {}
gusset::operation!(Named: get "/report/named" as "named", accept("application/pdf")
        -> gusset::bytes::Bytes {} by gusset::Response::bytes);

/// Calls `GET /report/typed`.
#[derive(Clone, Debug, Default)]
pub struct Typed {}
gusset::operation!(Typed: get "/report/typed" as "typed" -> types::TypedOutput {});

// src/types.rs
//! Types of Answers that are files: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct TypedOutput {
    pub name: Option<String>,
}
gusset::record!(TypedOutput: read { [name] });

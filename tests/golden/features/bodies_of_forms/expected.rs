// src/operations.rs
//! Operations of Bodies of forms: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /plain`.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}
gusset::operation!(Plain: post "/plain" as "plain" { form body } new(body: types::Form));

/// Calls `POST /deep`.
#[derive(Clone, Debug, Default)]
pub struct Deep {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: Option<types::Form>,
}
gusset::operation!(Deep: post "/deep" as "deep" {
    with [body]: |body, request| request.form_as(body, gusset::Style::DEEP, &[])
});

/// Calls `POST /mixed`.
#[derive(Clone, Debug)]
pub struct Mixed {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}
gusset::operation!(Mixed: post "/mixed" as "mixed" {
    with body: |body, request| {
        request.form_as(body, gusset::Style::PIPE, &[("address", gusset::Style::JSON)])
    }
} new(body: types::Form));

/// Calls `GET /nothing`.
#[derive(Clone, Debug, Default)]
pub struct Nothing {}
gusset::operation!(Nothing: get "/nothing" as "nothing" {});

// src/types.rs
//! Types of Bodies of forms: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub name: String,
    pub address: Option<FormAddress>,
    pub tags: Option<Vec<String>>,
}
gusset::record!(Form: write { name, [address, tags] } new(name: impl Into<String>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormAddress {
    pub street: Option<String>,
    pub zip: Option<i64>,
}
gusset::record!(FormAddress: write { [street, zip] });

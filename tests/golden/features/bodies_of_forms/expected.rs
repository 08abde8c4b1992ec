// src/operations.rs
//! Operations of Bodies of forms: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /plain`.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}

impl Plain {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Form) -> Self {
        Plain { body }
    }
}

impl gusset::Operation for Plain {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "plain", "/plain");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.form(&self.body)?;
        Ok(())
    }
}

/// Calls `POST /deep`.
#[derive(Clone, Debug, Default)]
pub struct Deep {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: Option<types::Form>,
}

impl gusset::Operation for Deep {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "deep", "/deep");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        if let Some(body) = &self.body {
            request.form_as(body, gusset::Style::DEEP, &[])?;
        }
        Ok(())
    }
}

/// Calls `POST /mixed`.
#[derive(Clone, Debug)]
pub struct Mixed {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}

impl Mixed {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Form) -> Self {
        Mixed { body }
    }
}

impl gusset::Operation for Mixed {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "mixed", "/mixed");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request
            .form_as(
                &self.body,
                gusset::Style::PIPE,
                &[("address", gusset::Style::JSON)],
            )?;
        Ok(())
    }
}

/// Calls `GET /nothing`.
#[derive(Clone, Debug, Default)]
pub struct Nothing {}

impl gusset::Operation for Nothing {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "nothing", "/nothing");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

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

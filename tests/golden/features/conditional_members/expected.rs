// src/operations.rs
//! Operations of Conditions: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /payments`.
#[derive(Clone, Debug)]
pub struct Pay {
    pub body: types::Payment,
}

impl Pay {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Payment) -> Self {
        Pay { body }
    }
}

impl gusset::Operation for Pay {
    type Client = Client;
    type Output = types::Payment;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "pay", "/payments");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Conditions: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// Members that are there under a condition may be there.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub kind: String,
    pub number: Option<String>,
    pub iban: Option<String>,
    pub bic: Option<String>,
    pub note: Option<String>,
}
gusset::record!(Payment: read, write {
    kind, [number, iban, bic, note]
} new(kind: impl Into<String>));

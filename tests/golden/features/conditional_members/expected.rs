// src/operations.rs
//! Operations of Conditions: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /payments`.
#[derive(Clone, Debug)]
pub struct Pay {
    pub body: types::Payment,
}
gusset::operation!(Pay: post "/payments" as "pay" -> types::Payment {
    json body
} new(body: types::Payment));

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

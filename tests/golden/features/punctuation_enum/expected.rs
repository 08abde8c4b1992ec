// src/operations.rs
//! Operations of Punctuation enum: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        SendThing { body }
    }
}

impl gusset::Operation for SendThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "send_thing", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Punctuation enum: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    pub operator: ThingOperator,
    #[serde(rename = "+1", skip_serializing_if = "Option::is_none")]
    pub plus_1: Option<i64>,
    #[serde(rename = "-1", skip_serializing_if = "Option::is_none")]
    pub minus_1: Option<i64>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub at_id: Option<String>,
    #[serde(rename = "$ref_", skip_serializing_if = "Option::is_none")]
    pub dollar_ref: Option<String>,
    #[serde(rename = "_", skip_serializing_if = "Option::is_none")]
    pub underscore: Option<String>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(operator: ThingOperator) -> Self {
        Thing {
            operator,
            plus_1: None,
            minus_1: None,
            at_id: None,
            dollar_ref: None,
            underscore: None,
        }
    }
}

gusset::open_enum! {
    pub enum ThingOperator {
        Equal = "=",
        NotEqual = "!=",
        /// `<`
        Less = "<",
        /// `<=`
        LessEqual = "<=",
        /// `>`
        Greater = ">",
        /// `>=`
        GreaterEqual = ">=",
        /// `~`
        Tilde = "~",
        /// `!~`
        NotTilde = "!~",
        Plus = "+",
        Minus = "-",
        Star = "*",
        AndAnd = "&&",
        /// `||`
        OrOr = "||",
        /// `☃`
        Empty = "☃",
    }
}

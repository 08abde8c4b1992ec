// src/operations.rs
//! Operations of Punctuation enum: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "send_thing",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of Punctuation enum: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `operator`.
    pub operator: ThingOperator,
    /// The document's `+1`.
    #[serde(rename = "+1", skip_serializing_if = "Option::is_none")]
    pub plus_1: Option<i64>,
    /// The document's `-1`.
    #[serde(rename = "-1", skip_serializing_if = "Option::is_none")]
    pub minus_1: Option<i64>,
    /// The document's `@id`.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub at_id: Option<String>,
    /// The document's `$ref_`.
    #[serde(rename = "$ref_", skip_serializing_if = "Option::is_none")]
    pub dollar_ref: Option<String>,
    /// The document's `_`.
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
    /// The document's `ThingOperator`.
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

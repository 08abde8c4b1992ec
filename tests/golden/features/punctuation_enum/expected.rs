// src/operations.rs
//! Operations of Punctuation enum: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    pub body: types::Thing,
}
gusset::operation!(SendThing: post "/things" as "send_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Punctuation enum: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub operator: ThingOperator,
    pub plus_1: Option<i64>,
    pub minus_1: Option<i64>,
    pub at_id: Option<String>,
    pub dollar_ref: Option<String>,
    pub underscore: Option<String>,
}
gusset::record!(Thing: read, write {
    operator, [plus_1 = "+1", minus_1 = "-1", at_id = "@id", dollar_ref = "$ref_", underscore = "_"]
} new(operator: ThingOperator));

gusset::open_enum! {
    pub enum ThingOperator {
        Equal = "=", NotEqual = "!=",
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
        Plus = "+", Minus = "-", Star = "*", AndAnd = "&&",
        /// `||`
        OrOr = "||",
        /// `☃`
        Empty = "☃",
    }
}

// src/operations.rs
//! Operations of Union by JSON types: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: Option<types::Value>,
}
gusset::operation!(Make: post "/things" as "make" -> Option<types::Value> {
    json body
} new(body: Option<types::Value>) by gusset::Response::optional);

// src/types.rs
//! Types of Union by JSON types: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<Option<Value>>),
    Value(Box<ValueValue>),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Value {
        Text => Shape::TEXT,
        Integer => Shape::INTEGER,
        Boolean => Shape::BOOLEAN,
        List => Shape::LIST,
        Value => Shape::OBJECT,
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Integer(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Boolean(value)
    }
}

impl From<Vec<Option<Value>>> for Value {
    fn from(value: Vec<Option<Value>>) -> Self {
        Value::List(value)
    }
}

impl From<ValueValue> for Value {
    fn from(value: ValueValue) -> Self {
        Value::Value(Box::new(value))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ValueValue {
    pub value: Option<Box<Value>>,
}
gusset::record!(ValueValue: read, write { value } new(value: Option<Box<Value>>));

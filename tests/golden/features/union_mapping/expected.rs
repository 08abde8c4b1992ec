// src/operations.rs
//! Operations of Union by a mapping: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Pet,
}
gusset::operation!(Make: post "/things" as "make" -> types::Pet {
    json body
} new(body: types::Pet));

// src/types.rs
//! Types of Union by a mapping: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// A pet, told by its kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `cat`, `tom`.
    Cat(Cat),
    /// `dog`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat", "tom"]),
        Dog writes "dog" => Shape::tagged(&["dog"]),
    }
}

impl From<Cat> for Pet {
    fn from(value: Cat) -> Self {
        Pet::Cat(value)
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Pet::Dog(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cat {
    pub kind: String,
    pub lives: i64,
}
gusset::record!(Cat: read, write { kind, lives } new(kind: impl Into<String>, lives: i64));

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub name: String,
}
gusset::record!(Dog: read, write { name } new(name: impl Into<String>));

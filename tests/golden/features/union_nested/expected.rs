// src/operations.rs
//! Operations of Unions in unions: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Letter,
}
gusset::operation!(Make: post "/things" as "make" -> types::Letter {
    json body
} new(body: types::Letter));

// src/types.rs
//! Types of Unions in unions: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letter {
    pub from: gusset::Patch<Sender>,
}
gusset::record!(Letter: read, write { [from] });

#[derive(Clone, Debug, PartialEq)]
pub enum Sender {
    Pet(Pet),
    Text(String),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Sender {
        Pet => Shape::OBJECT,
        Text => Shape::TEXT,
    }
}

impl From<Pet> for Sender {
    fn from(value: Pet) -> Self {
        Sender::Pet(value)
    }
}

impl From<String> for Sender {
    fn from(value: String) -> Self {
        Sender::Text(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `Cat`.
    Cat(Cat),
    /// `Dog`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["Cat"]),
        Dog => Shape::tagged(&["Dog"]),
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
    pub lives: Option<i64>,
}
gusset::record!(Cat: read, write { kind, [lives] } new(kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub kind: String,
}
gusset::record!(Dog: read, write { kind } new(kind: impl Into<String>));

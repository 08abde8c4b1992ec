// src/operations.rs
//! Operations of Union by inheritance: values that a client sends.
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
//! Types of Union by inheritance: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `cat`.
    Cat(Box<Cat>),
    /// `Dog`.
    Dog(Box<Dog>),
    /// `Pet`.
    Pet(Box<PetBase>),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat"]),
        Dog => Shape::tagged(&["Dog"]),
        Pet => Shape::tagged(&["Pet"]),
    }
}

impl From<Cat> for Pet {
    fn from(value: Cat) -> Self {
        Pet::Cat(Box::new(value))
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Pet::Dog(Box::new(value))
    }
}

impl From<PetBase> for Pet {
    fn from(value: PetBase) -> Self {
        Pet::Pet(Box::new(value))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cat {
    pub kind: String,
    pub friend: Option<Box<Pet>>,
    pub lives: Option<i64>,
}
gusset::record!(Cat: read, write { kind, [friend, lives] } new(kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub kind: String,
    pub friend: Option<Box<Pet>>,
    pub name: Option<String>,
}
gusset::record!(Dog: read, write { kind, [friend, name] } new(kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct PetBase {
    pub kind: String,
    pub friend: Option<Box<Pet>>,
}
gusset::record!(PetBase: read, write { kind, [friend] } new(kind: impl Into<String>));

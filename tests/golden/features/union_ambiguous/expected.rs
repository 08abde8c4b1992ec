// src/operations.rs
//! Operations of Union that nothing tells apart: values that a client sends.
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
//! Types of Union that nothing tells apart: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet {
        Cat => Shape::OBJECT.optional(&["lives"]),
        Dog => Shape::OBJECT.optional(&["breed"]),
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cat {
    pub name: Option<String>,
    pub lives: Option<i64>,
}
gusset::record!(Cat: read, write { [name, lives] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dog {
    pub name: Option<String>,
    pub breed: Option<String>,
}
gusset::record!(Dog: read, write { [name, breed] });

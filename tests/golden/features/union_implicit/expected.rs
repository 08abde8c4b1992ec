// src/operations.rs
//! Operations of Union by names: values that a client sends.
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
//! Types of Union by names: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `house_cat`.
    HouseCat(HouseCat),
    /// `DOG`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        HouseCat => Shape::tagged(&["house_cat"]),
        Dog => Shape::tagged(&["DOG"]),
    }
}

impl From<HouseCat> for Pet {
    fn from(value: HouseCat) -> Self {
        Pet::HouseCat(value)
    }
}

impl From<Dog> for Pet {
    fn from(value: Dog) -> Self {
        Pet::Dog(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct HouseCat {
    pub kind: String,
}
gusset::record!(HouseCat: read, write { kind } new(kind: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub kind: String,
}
gusset::record!(Dog: read, write { kind } new(kind: impl Into<String>));

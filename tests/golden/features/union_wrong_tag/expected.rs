// src/operations.rs
//! Operations of Wrong tag: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /pets`.
#[derive(Clone, Debug)]
pub struct AddPet {
    pub body: types::Pet,
}
gusset::operation!(AddPet: post "/pets" as "add_pet" -> types::Pet {
    json body
} new(body: types::Pet));

// src/types.rs
//! Types of Wrong tag: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// The discriminator names a member that neither has; another tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    /// `cat`.
    Cat(Cat),
    /// `dog`.
    Dog(Dog),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Pet by "kind" {
        Cat => Shape::tagged(&["cat"]),
        Dog => Shape::tagged(&["dog"]),
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
    pub kind: CatKind,
    pub lives: Option<i64>,
}
gusset::record!(Cat: read, write { kind, [lives] } new(kind: CatKind));

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub kind: DogKind,
    pub barks: Option<bool>,
}
gusset::record!(Dog: read, write { kind, [barks] } new(kind: DogKind));

gusset::open_enum! {
    pub enum CatKind {
        Cat = "cat",
    }
}

gusset::open_enum! {
    pub enum DogKind {
        Dog = "dog",
    }
}

// src/operations.rs
//! Operations of Unions in unions: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Letter,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Letter) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Letter;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Unions in unions: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Letter {
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub from: gusset::Patch<Sender>,
}

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

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Cat {
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

impl Cat {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>) -> Self {
        Cat { kind: kind.into(), lives: None }
    }
}

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Dog {
    pub kind: String,
}

impl Dog {
    /// With what is required; the rest is left out.
    pub fn new(kind: impl Into<String>) -> Self {
        Dog { kind: kind.into() }
    }
}

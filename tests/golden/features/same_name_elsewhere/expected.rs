// src/operations.rs
//! Operations of Same name: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct GetPets {}

impl gusset::Operation for GetPets {
    type Client = Client;
    type Output = types::GetPetsOutput;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "get_pets", "/pets");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;
}

// src/types.rs
//! Types of Same name: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct GetPetsOutput {
    pub ours: Pet,
    pub theirs: Pet2,
}
gusset::record!(GetPetsOutput: read { ours, theirs });

#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub name: String,
}
gusset::record!(Pet: read { name });

#[derive(Clone, Debug, PartialEq)]
pub struct Pet2 {
    pub weight: f64,
    pub owner: Option<Owner>,
}
gusset::record!(Pet2: read { weight, [owner] });

#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    pub email: String,
}
gusset::record!(Owner: read { email });

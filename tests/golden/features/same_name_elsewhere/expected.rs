// src/operations.rs
//! Operations of Same name: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct GetPets {}
gusset::operation!(GetPets: get "/pets" as "get_pets" -> types::GetPetsOutput {});

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

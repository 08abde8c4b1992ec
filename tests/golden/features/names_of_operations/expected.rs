// src/operations.rs
//! Operations of Names" of \*/ operations: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct GetPets {
    pub r#type: Option<String>,
    pub self_: Option<String>,
    pub a_b: Option<String>,
}
gusset::operation!(GetPets: get "/pets" as "get_pets" {
    query [r#type = "type", self_ = "self", a_b = "a\"b"]
});

/// Calls `POST /pets`.
#[derive(Clone, Debug, Default)]
pub struct SamePost {}
gusset::operation!(SamePost: post "/pets" as "same_post" {});

/// Calls `GET /pets/{id}`.
#[derive(Clone, Debug)]
pub struct SameGet {
    pub id: i64,
}
gusset::operation!(SameGet: get "/pets/{id}" as "same_get" { path id } new(id: i64));

/// Calls `PUT /pets/{id}`.
#[derive(Clone, Debug)]
pub struct SamePut {
    pub id: i64,
}
gusset::operation!(SamePut: put "/pets/{id}" as "same_put" { path id } new(id: i64));

/// Calls `DELETE /pets/{id}`.
#[derive(Clone, Debug)]
pub struct Impl {
    pub id: i64,
}
gusset::operation!(Impl: delete "/pets/{id}" as "impl" { path id } new(id: i64));

/// Calls `GET /pets/{id}/{from}..{to}.json`.
#[derive(Clone, Debug)]
pub struct GetPetsByIdAndFromAndToJson {
    pub id: i64,
    pub from: String,
    pub to: String,
}
gusset::operation!(GetPetsByIdAndFromAndToJson: get "/pets/{id}/{from}..{to}.json"
        as "get_pets_by_id_and_from_and_to_json" {
    path id, path from, path to
} new(id: i64, from: impl Into<String>, to: impl Into<String>));

// src/types.rs
//! Types of Names" of \*/ operations: what travels.

// src/operations.rs
//! Operations of error_bodies: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /pets/{id}`.
///
/// # Errors
/// - `401`, `4XX`: [`types::Problem`], by [`gusset::Error::decode`]
/// - `404`: [`types::NotFound`]
/// - `409`: [`types::Either`]
/// - `422`: a list of [`types::Problem`]
/// - `423`: a map of [`types::Either`]
#[derive(Clone, Debug)]
pub struct GetPet {
    pub id: String,
}
gusset::operation!(GetPet: get "/pets/{id}" as "get_pet" -> types::Pet {
    path id
} new(id: impl Into<String>));

// src/types.rs
//! Types of error_bodies: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub name: Option<String>,
}
gusset::record!(Pet: read { [name] });

#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub title: String,
}
gusset::record!(Problem: read { title });

#[derive(Clone, Debug, PartialEq)]
pub struct NotFound {
    pub missing: String,
}
gusset::record!(NotFound: read { missing });

#[derive(Clone, Debug, PartialEq)]
pub enum Either {
    NotFound(NotFound),
    Problem(Problem),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Deserialize for Either {
        NotFound => Shape::OBJECT.required(&["missing"]),
        Problem => Shape::OBJECT.required(&["title"]),
    }
}

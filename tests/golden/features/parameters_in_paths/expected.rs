// src/operations.rs
//! Operations of Parameters in paths: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /users/{id}{format}/{point}/{from}..{to}.json`.
#[derive(Clone, Debug)]
pub struct GetPoint {
    pub id: Vec<i64>,
    pub format: String,
    pub point: types::GetPointPoint,
    pub from: String,
    pub to: gusset::Date,
    pub id_query: Option<String>,
    pub body2: Option<String>,
    pub r#type: Option<String>,
    /// The body: `text/plain`.
    pub body: Option<String>,
}
gusset::operation!(GetPoint: get "/users/{id}{format}/{point}/{from}..{to}.json" as "get_point" {
    path_as(gusset::Style::SIMPLE) id, path_as(gusset::Style::LABEL) format,
    path_as(gusset::Style::MATRIX.explode()) point, path from, path to,
    query [id_query = "id", body2 = "body", r#type = "type"],
    with [body]: |body, request| request.bytes("text/plain", body.clone())
} new(
    id: Vec<i64>, format: impl Into<String>, point: types::GetPointPoint, from: impl Into<String>,
    to: impl Into<gusset::Date>
));

// src/types.rs
//! Types of Parameters in paths: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct GetPointPoint {
    pub x: i64,
    pub y: Option<i64>,
}
gusset::record!(GetPointPoint: write { x, [y] } new(x: i64));

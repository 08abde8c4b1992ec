// src/operations.rs
//! Operations of Parameters of content: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /search`.
#[derive(Clone, Debug)]
pub struct Search {
    pub filter: types::SearchFilter,
    pub x_options: Option<std::collections::BTreeMap<String, bool>>,
    pub token: Option<String>,
}
gusset::operation!(Search: get "/search" as "search" {
    query_as(gusset::Style::JSON) filter, header_as(gusset::Style::JSON) [x_options = "X-Options"],
    cookie [token]
} new(filter: types::SearchFilter));

// src/types.rs
//! Types of Parameters of content: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct SearchFilter {
    pub lat: f64,
    pub near: Option<Vec<String>>,
}
gusset::record!(SearchFilter: write { lat, [near] } new(lat: f64));

// src/operations.rs
//! Operations of overlay: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    pub limit: Option<i32>,
}
gusset::operation!(ListThings: get "/things" as "list_things" -> types::Things { query [limit] });

// src/types.rs
//! Types of overlay: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Things {
    pub items: Vec<ThingsItemsItem>,
}
gusset::record!(Things: read { items });

#[derive(Clone, Debug, PartialEq)]
pub struct ThingsItemsItem {
    pub id: String,
}
gusset::record!(ThingsItemsItem: read { id });

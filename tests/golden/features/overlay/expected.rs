// src/operations.rs
//! Operations of overlay: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    pub limit: Option<i32>,
}

impl gusset::Operation for ListThings {
    type Client = Client;
    type Output = types::Things;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_things", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query("limit", &self.limit);
        Ok(())
    }
}

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

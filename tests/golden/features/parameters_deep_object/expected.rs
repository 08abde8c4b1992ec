// src/operations.rs
//! Operations of Parameters as deep objects: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /orders`.
#[derive(Clone, Debug, Default)]
pub struct ListOrders {
    /// Which orders.
    pub filter: Option<types::ListOrdersFilter>,
    pub expand: Vec<String>,
    pub metadata: Option<std::collections::BTreeMap<String, String>>,
}

impl gusset::Operation for ListOrders {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "list_orders", "/orders");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query_as("filter", &self.filter, gusset::Style::DEEP)?;
        request.query_as("expand", &self.expand, gusset::Style::DEEP)?;
        request.query_as("metadata", &self.metadata, gusset::Style::DEEP)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Parameters as deep objects: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ListOrdersFilterStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<ListOrdersFilterCreated>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<ListOrdersFilterLinesItem>>,
}

gusset::open_enum! {
    pub enum ListOrdersFilterStatus {
        Open = "open",
        Closed = "closed",
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilterCreated {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<gusset::Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<gusset::Date>,
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilterLinesItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

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
gusset::operation!(ListOrders: get "/orders" as "list_orders" {
    query_as(gusset::Style::DEEP) [filter, expand, metadata]
});

// src/types.rs
//! Types of Parameters as deep objects: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOrdersFilter {
    pub status: Option<ListOrdersFilterStatus>,
    pub created: Option<ListOrdersFilterCreated>,
    pub tags: Option<Vec<String>>,
    pub lines: Option<Vec<ListOrdersFilterLinesItem>>,
}
gusset::record!(ListOrdersFilter: write { [status, created, tags, lines] });

gusset::open_enum! {
    pub enum ListOrdersFilterStatus {
        Open = "open", Closed = "closed",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOrdersFilterCreated {
    pub after: Option<gusset::Date>,
    pub before: Option<gusset::Date>,
}
gusset::record!(ListOrdersFilterCreated: write { [after, before] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOrdersFilterLinesItem {
    pub sku: Option<String>,
    pub amount: Option<i64>,
}
gusset::record!(ListOrdersFilterLinesItem: write { [sku, amount] });

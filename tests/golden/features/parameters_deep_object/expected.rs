// src/operations.rs
//! Operations of Parameters as deep objects: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /orders`.
#[derive(Clone, Debug, Default)]
pub struct ListOrders {
    /// Which orders.
    pub filter: Option<types::ListOrdersFilter>,
    /// The query parameter `expand`.
    pub expand: Vec<String>,
    /// The query parameter `metadata`.
    pub metadata: Option<std::collections::BTreeMap<String, String>>,
}

impl gusset::Operation for ListOrders {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "list_orders",
        "/orders",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.query_as("filter", &self.filter, gusset::Style::DEEP)?;
        request.query_as("expand", &self.expand, gusset::Style::DEEP)?;
        request.query_as("metadata", &self.metadata, gusset::Style::DEEP)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Parameters as deep objects: what travels.

/// The document's `ListOrdersFilter`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilter {
    /// The document's `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ListOrdersFilterStatus>,
    /// The document's `created`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<ListOrdersFilterCreated>,
    /// The document's `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The document's `lines`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<ListOrdersFilterLinesItem>>,
}

gusset::open_enum! {
    /// The document's `ListOrdersFilterStatus`.
    pub enum ListOrdersFilterStatus {
        Open = "open",
        Closed = "closed",
    }
}

/// The document's `ListOrdersFilterCreated`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilterCreated {
    /// The document's `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<gusset::Date>,
    /// The document's `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<gusset::Date>,
}

/// The document's `ListOrdersFilterLinesItem`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct ListOrdersFilterLinesItem {
    /// The document's `sku`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The document's `amount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

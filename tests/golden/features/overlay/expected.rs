// src/operations.rs
//! Operations of overlay: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /things`.
#[derive(Clone, Debug, Default)]
pub struct ListThings {
    /// The query parameter `limit`.
    pub limit: Option<i32>,
}

impl gusset::Operation for ListThings {
    type Client = Client;
    type Output = types::Things;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "list_things",
        "/things",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.query("limit", &self.limit);
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of overlay: what travels.

/// The document's `Things`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Things {
    /// The document's `items`.
    pub items: Vec<ThingsItemsItem>,
}

/// The document's `ThingsItemsItem`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingsItemsItem {
    /// The document's `id`.
    pub id: String,
}

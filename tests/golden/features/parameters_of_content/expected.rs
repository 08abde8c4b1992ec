// src/operations.rs
//! Operations of Parameters of content: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /search`.
#[derive(Clone, Debug)]
pub struct Search {
    /// The query parameter `filter`.
    pub filter: types::SearchFilter,
    /// The header `X-Options`.
    pub x_options: Option<std::collections::BTreeMap<String, bool>>,
    /// The cookie `token`.
    pub token: Option<String>,
}

impl Search {
    /// With what is required; the rest is left out.
    pub fn new(filter: types::SearchFilter) -> Self {
        Search {
            filter,
            x_options: None,
            token: None,
        }
    }
}

impl gusset::Operation for Search {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "search",
        "/search",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.query_as("filter", &self.filter, gusset::Style::JSON)?;
        request.header_as("X-Options", &self.x_options, gusset::Style::JSON)?;
        request.cookie("token", &self.token);
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Parameters of content: what travels.

/// The document's `SearchFilter`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct SearchFilter {
    /// The document's `lat`.
    pub lat: f64,
    /// The document's `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<Vec<String>>,
}

impl SearchFilter {
    /// With what is required; the rest is left out.
    pub fn new(lat: f64) -> Self {
        SearchFilter { lat, near: None }
    }
}

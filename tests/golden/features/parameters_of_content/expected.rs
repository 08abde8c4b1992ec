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

impl Search {
    /// With what is required; the rest is left out.
    pub fn new(filter: types::SearchFilter) -> Self {
        Search { filter, x_options: None, token: None }
    }
}

impl gusset::Operation for Search {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "search", "/search");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query_as("filter", &self.filter, gusset::Style::JSON)?;
        request.header_as("X-Options", &self.x_options, gusset::Style::JSON)?;
        request.cookie("token", &self.token);
        Ok(())
    }
}

// src/types.rs
//! Types of Parameters of content: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct SearchFilter {
    pub lat: f64,
    pub near: Option<Vec<String>>,
}
gusset::record!(SearchFilter: write { lat, [near] } new(lat: f64));

// src/operations.rs
//! Operations of Lists: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION};

/// Calls `GET /lists/{path}`.
#[derive(Clone, Debug)]
pub struct GetLists {
    pub path: Vec<String>,
    pub said_nothing: Vec<i64>,
    pub csv: Vec<String>,
    pub ssv: Vec<String>,
    pub tsv: Vec<String>,
    pub pipes: Vec<String>,
    pub multi: Vec<String>,
}

impl GetLists {
    /// With what is required; the rest is left out.
    pub fn new(path: Vec<String>) -> Self {
        GetLists {
            path,
            said_nothing: Vec::new(),
            csv: Vec::new(),
            ssv: Vec::new(),
            tsv: Vec::new(),
            pipes: Vec::new(),
            multi: Vec::new(),
        }
    }
}

impl gusset::Operation for GetLists {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "get_lists", "/lists/{path}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path_as("path", &self.path, gusset::Style::SIMPLE)?;
        request.query_as("said_nothing", &self.said_nothing, gusset::Style::FORM)?;
        request.query_as("csv", &self.csv, gusset::Style::FORM)?;
        request.query_as("ssv", &self.ssv, gusset::Style::SPACE)?;
        request.query_as("tsv", &self.tsv, gusset::Style::FORM)?;
        request.query_as("pipes", &self.pipes, gusset::Style::PIPE)?;
        request.query_list("multi", &self.multi)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Lists: what travels.

// src/operations.rs
//! Operations of Lists: values that a client sends.

use super::{Client, INTEGRATION};

/// Calls `GET /lists/{path}`.
#[derive(Clone, Debug)]
pub struct GetLists {
    /// The path parameter `path`.
    pub path: Vec<String>,
    /// The query parameter `said_nothing`.
    pub said_nothing: Vec<i64>,
    /// The query parameter `csv`.
    pub csv: Vec<String>,
    /// The query parameter `ssv`.
    pub ssv: Vec<String>,
    /// The query parameter `tsv`.
    pub tsv: Vec<String>,
    /// The query parameter `pipes`.
    pub pipes: Vec<String>,
    /// The query parameter `multi`.
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_lists",
        "/lists/{path}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path_as("path", &self.path, gusset::Style::SIMPLE)?;
        request.query_as("said_nothing", &self.said_nothing, gusset::Style::FORM)?;
        request.query_as("csv", &self.csv, gusset::Style::FORM)?;
        request.query_as("ssv", &self.ssv, gusset::Style::SPACE)?;
        request.query_as("tsv", &self.tsv, gusset::Style::FORM)?;
        request.query_as("pipes", &self.pipes, gusset::Style::PIPE)?;
        request.query_list("multi", &self.multi)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Lists: what travels.

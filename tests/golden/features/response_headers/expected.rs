// src/operations.rs
//! Operations of response_headers: values that a client sends.

use super::{Client, INTEGRATION};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct ListPets {}
gusset::operation!(ListPets: get "/pets" as "list_pets" -> Vec<String> {});

/// Headers that [`ListPets`] is answered with.
#[derive(Clone, Debug)]
pub struct ListPetsHeaders {
    /// Where the other pages are.
    pub link: Option<String>,
    /// Their numbers.
    pub x_ids: Option<Vec<i64>>,
    /// The header `Allow`.
    pub allow: Option<Vec<String>>,
    /// How many pets there are.
    pub x_total_count: Option<i64>,
}

impl gusset::Headed for ListPets {
    type Headers = ListPetsHeaders;

    fn headers(response: &gusset::Response) -> Result<Self::Headers, gusset::Error> {
        Ok(ListPetsHeaders {
            link: response.header_as("Link")?,
            x_ids: response.header_list("X-Ids")?,
            allow: response.header_list("Allow")?,
            x_total_count: response.header_as("X-Total-Count")?,
        })
    }
}

// src/types.rs
//! Types of response_headers: what travels.

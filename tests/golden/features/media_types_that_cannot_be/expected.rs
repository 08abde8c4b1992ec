// src/operations.rs
//! Operations of Media types that cannot be: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}
gusset::operation!(Make: post "/things" as "make" -> types::Thing {
    json body
} new(body: types::Thing));

/// Headers that [`Make`] is answered with.
#[derive(Clone, Debug)]
pub struct MakeHeaders {
    /// The header `X-Good$`.
    pub x_good: Option<String>,
}

impl gusset::Headed for Make {
    type Headers = MakeHeaders;

    fn headers(response: &gusset::Response) -> Result<Self::Headers, gusset::Error> {
        Ok(MakeHeaders { x_good: response.header_as("X-Good$")? })
    }
}

/// Calls `POST /files`.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The body: `multipart/form-data`.
    pub body: types::UploadBody,
}
gusset::operation!(Upload: post "/files" as "upload" {
    with body: |body, request| {
        request
            .multipart(
                "multipart/form-data",
                body,
                &[("other", gusset::Encoding::Type("application/json"))],
            )
    }
} new(body: types::UploadBody));

// src/types.rs
//! Types of Media types that cannot be: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    pub name: Option<String>,
}
gusset::record!(Thing: read, write { [name] });

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadBody {
    pub thing: Option<Thing>,
    pub other: Option<Thing>,
    pub note: Option<String>,
}
gusset::record!(UploadBody: write { [thing, other, note] });

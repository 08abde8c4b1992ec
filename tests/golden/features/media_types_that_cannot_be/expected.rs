// src/operations.rs
//! Operations of Media types that cannot be: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Thing,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make", "/things");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.json(&self.body)?;
        Ok(())
    }
}

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

impl Upload {
    /// With what is required; the rest is left out.
    pub fn new(body: types::UploadBody) -> Self {
        Upload { body }
    }
}

impl gusset::Operation for Upload {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "upload", "/files");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request
            .multipart(
                "multipart/form-data",
                &self.body,
                &[("other", gusset::Encoding::Type("application/json"))],
            )?;
        Ok(())
    }
}

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

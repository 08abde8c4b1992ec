// src/operations.rs
//! Operations of Bodies of files: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /upload`.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The body: `multipart/form-data`.
    pub body: types::Upload,
}

impl Upload {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Upload) -> Self {
        Upload { body }
    }
}

impl gusset::Operation for Upload {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "upload", "/upload");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request
            .multipart(
                "multipart/form-data",
                &self.body,
                &[
                    ("image", gusset::Encoding::Type("image/png, image/jpeg")),
                    ("table", gusset::Encoding::Type("text/csv")),
                    ("labels", gusset::Encoding::Style(gusset::Style::DEEP)),
                ],
            )?;
        Ok(())
    }
}

/// Calls `POST /attachments`.
#[derive(Clone, Debug)]
pub struct Attach {
    /// The body: `multipart/form-data`.
    pub body: Vec<(String, gusset::Part)>,
}

impl Attach {
    /// With what is required; the rest is left out.
    pub fn new(body: Vec<(String, gusset::Part)>) -> Self {
        Attach { body }
    }
}

impl gusset::Operation for Attach {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "attach", "/attachments");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.parts("multipart/form-data", &self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of Bodies of files: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// The picture.
    pub image: gusset::Part,
    pub more: Option<Vec<gusset::Part>>,
    pub table: Option<gusset::Part>,
    pub about: Option<UploadAbout>,
    pub labels: Option<std::collections::BTreeMap<String, String>>,
    pub sizes: Option<Vec<i64>>,
}
gusset::record!(Upload: write {
    name, image, [more, table, about, labels, sizes]
} new(name: impl Into<String>, image: impl Into<gusset::Part>));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadAbout {
    pub by: Option<String>,
}
gusset::record!(UploadAbout: write { [by] });

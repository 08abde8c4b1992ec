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

#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// The picture.
    pub image: gusset::Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<Vec<gusset::Part>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<gusset::Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<UploadAbout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<std::collections::BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Vec<i64>>,
}

impl Upload {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>, image: impl Into<gusset::Part>) -> Self {
        Upload {
            name: name.into(),
            image: image.into(),
            more: None,
            table: None,
            about: None,
            labels: None,
            sizes: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct UploadAbout {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

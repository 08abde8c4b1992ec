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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "upload",
        "/upload",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
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
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
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
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "attach",
        "/attachments",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.parts("multipart/form-data", &self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Bodies of files: what travels.

/// The document's `Upload`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// The picture.
    pub image: gusset::Part,
    /// The document's `more`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<Vec<gusset::Part>>,
    /// The document's `table`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<gusset::Part>,
    /// The document's `about`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<UploadAbout>,
    /// The document's `labels`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<std::collections::BTreeMap<String, String>>,
    /// The document's `sizes`.
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

/// The document's `UploadAbout`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct UploadAbout {
    /// The document's `by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

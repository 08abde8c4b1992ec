// src/operations.rs
//! Operations of Bodies of files: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /upload`.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The body: `multipart/form-data`.
    pub body: types::Upload,
}
gusset::operation!(Upload: post "/upload" as "upload" {
    with body: |body, request| {
        request
            .multipart(
                "multipart/form-data",
                body,
                &[
                    ("image", gusset::Encoding::Type("image/png, image/jpeg")),
                    ("table", gusset::Encoding::Type("text/csv")),
                    ("labels", gusset::Encoding::Style(gusset::Style::DEEP)),
                ],
            )
    }
} new(body: types::Upload));

/// Calls `POST /attachments`.
#[derive(Clone, Debug)]
pub struct Attach {
    /// The body: `multipart/form-data`.
    pub body: Vec<(String, gusset::Part)>,
}
gusset::operation!(Attach: post "/attachments" as "attach" {
    with body: |body, request| request.parts("multipart/form-data", body)
} new(body: Vec<(String, gusset::Part)>));

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

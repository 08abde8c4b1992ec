// src/operations.rs
//! Operations of Notes: values that a client sends.

use super::{Client, INTEGRATION, types};

/// The body is a parameter that operations share.
///
/// `POST /notes`
#[derive(Clone, Debug)]
pub struct CreateNote {
    /// The body.
    pub body: types::Note,
}

impl CreateNote {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Note) -> Self {
        CreateNote { body }
    }
}

impl gusset::Operation for CreateNote {
    type Client = Client;
    type Output = types::Note;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "create_note",
        "/notes",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

/// A form, one field of which operations share.
///
/// `PUT /notes/{id}`
#[derive(Clone, Debug)]
pub struct LabelNote {
    /// The path parameter `id`.
    pub id: i64,
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::LabelNoteBody,
}

impl LabelNote {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, body: types::LabelNoteBody) -> Self {
        LabelNote { id, body }
    }
}

impl gusset::Operation for LabelNote {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "label_note",
        "/notes/{id}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        request.form_as(&self.body, gusset::Style::FORM.explode(), &[])?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

/// A form with a file is multipart, whatever the document says.
///
/// `POST /notes/{id}/file`
#[derive(Clone, Debug)]
pub struct AttachFile {
    /// The path parameter `id`.
    pub id: i64,
    /// The body: `multipart/form-data`.
    pub body: types::AttachFileBody,
}

impl AttachFile {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, body: types::AttachFileBody) -> Self {
        AttachFile { id, body }
    }
}

impl gusset::Operation for AttachFile {
    type Client = Client;
    type Output = gusset::bytes::Bytes;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "attach_file",
        "/notes/{id}/file",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        request.multipart("multipart/form-data", &self.body, &[])?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.bytes()
    }
}

// src/types.rs
//! Types of Notes: what travels.

/// The document's `Note`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Note {
    /// The document's `text`.
    pub text: String,
    /// The document's `due`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub due: gusset::Patch<gusset::Date>,
}

impl Note {
    /// With what is required; the rest is left out.
    pub fn new(text: impl Into<String>) -> Self {
        Note {
            text: text.into(),
            due: gusset::Patch::Absent,
        }
    }
}

/// The document's `LabelNoteBody`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct LabelNoteBody {
    /// The document's `label`.
    pub label: String,
    /// The document's `colour`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<LabelNoteBodyColour>,
    /// The document's `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl LabelNoteBody {
    /// With what is required; the rest is left out.
    pub fn new(label: impl Into<String>) -> Self {
        LabelNoteBody {
            label: label.into(),
            colour: None,
            tags: None,
        }
    }
}

gusset::open_enum! {
    /// The document's `LabelNoteBodyColour`.
    pub enum LabelNoteBodyColour {
        Red = "red",
        Blue = "blue",
    }
}

/// The document's `AttachFileBody`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct AttachFileBody {
    /// The document's `file`.
    pub file: gusset::Part,
    /// The document's `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl AttachFileBody {
    /// With what is required; the rest is left out.
    pub fn new(file: impl Into<gusset::Part>) -> Self {
        AttachFileBody {
            file: file.into(),
            title: None,
        }
    }
}

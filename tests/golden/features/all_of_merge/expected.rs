// src/operations.rs
//! Operations of AllOf merge: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct SendThing {
    /// The body.
    pub body: types::Thing,
}

impl SendThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        SendThing { body }
    }
}

impl gusset::Operation for SendThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "send_thing",
        "/things",
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

// src/types.rs
//! Types of AllOf merge: what travels.

/// A thing with more.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `id`.
    pub id: String,
    /// Any state.
    pub state: ThingState,
    /// The document's `size`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// The document's `owner`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ThingOwner>,
    /// The document's `note`.
    pub note: String,
    /// The document's `code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<gusset::Uuid>,
    /// When.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub when: gusset::Patch<gusset::Date>,
    /// The document's `odd`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odd: Option<gusset::serde_json::Value>,
    /// The document's `undeclared`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undeclared: Option<gusset::serde_json::Value>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(
        id: impl Into<String>,
        state: ThingState,
        note: impl Into<String>,
    ) -> Self {
        Thing {
            id: id.into(),
            state,
            size: None,
            owner: None,
            note: note.into(),
            code: None,
            when: gusset::Patch::Absent,
            odd: None,
            undeclared: None,
        }
    }
}

gusset::open_enum! {
    /// The document's `ThingState`.
    pub enum ThingState {
        New = "new",
        Used = "used",
    }
}

/// The document's `ThingOwner`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct ThingOwner {
    /// The document's `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document's `mail`.
    pub mail: String,
}

impl ThingOwner {
    /// With what is required; the rest is left out.
    pub fn new(mail: impl Into<String>) -> Self {
        ThingOwner {
            name: None,
            mail: mail.into(),
        }
    }
}

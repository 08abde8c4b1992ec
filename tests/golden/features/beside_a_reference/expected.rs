// src/operations.rs
//! Operations of Beside: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `PUT /things`.
#[derive(Clone, Debug)]
pub struct PutThing {
    /// The body.
    pub body: types::Thing,
}

impl PutThing {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Thing) -> Self {
        PutThing { body }
    }
}

impl gusset::Operation for PutThing {
    type Client = Client;
    type Output = types::Thing;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_thing",
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
//! Types of Beside: what travels.

/// All of what it refers to, and more.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `id`.
    pub id: i64,
    /// The document's `note`.
    pub note: String,
    /// The document's `name`.
    pub name: String,
    /// Who has it.
    #[deprecated]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The document's `keeper`.
    #[serde(default, skip_serializing_if = "gusset::Patch::is_absent")]
    pub keeper: gusset::Patch<Owner>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, note: impl Into<String>, name: impl Into<String>) -> Self {
        Thing {
            id,
            note: note.into(),
            name: name.into(),
            owner: None,
            keeper: gusset::Patch::Absent,
        }
    }
}

/// The document's `Owner`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Owner {
    /// The document's `name`.
    pub name: String,
}

impl Owner {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>) -> Self {
        Owner { name: name.into() }
    }
}

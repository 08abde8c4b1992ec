// src/operations.rs
//! Operations of unknown_members: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `PUT /pets/{id}`.
#[derive(Clone, Debug)]
pub struct PutPet {
    /// The path parameter `id`.
    pub id: String,
    /// The body.
    pub body: types::Pet,
}

impl PutPet {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>, body: types::Pet) -> Self {
        PutPet { id: id.into(), body }
    }
}

impl gusset::Operation for PutPet {
    type Client = Client;
    type Output = types::Pet;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::put(
        &INTEGRATION,
        "put_pet",
        "/pets/{id}",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path("id", &self.id);
        request.json(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.json()
    }
}

// src/types.rs
//! Types of unknown_members: what travels.

/// The document's `Pet`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Pet {
    /// The document's `name`.
    pub name: String,
    /// The document's `tag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Members that the document does not know.
    #[serde(flatten)]
    pub rest: std::collections::BTreeMap<String, gusset::serde_json::Value>,
}

impl Pet {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>) -> Self {
        Pet {
            name: name.into(),
            tag: None,
            rest: std::collections::BTreeMap::new(),
        }
    }
}

/// Its members are all that there are.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    gusset::serde::Serialize,
    gusset::serde::Deserialize,
)]
#[serde(crate = "gusset::serde")]
pub struct Tag {
    /// The document's `colour`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
}

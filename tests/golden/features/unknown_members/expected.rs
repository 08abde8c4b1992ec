// src/operations.rs
//! Operations of unknown_members: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `PUT /pets/{id}`.
#[derive(Clone, Debug)]
pub struct PutPet {
    pub id: String,
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
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_pet", "/pets/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::json;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        request.json(&self.body)?;
        Ok(())
    }
}

// src/types.rs
//! Types of unknown_members: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub name: String,
    pub tag: Option<Tag>,
    /// Members that the document does not know.
    pub rest: std::collections::BTreeMap<String, gusset::serde_json::Value>,
}
gusset::record!(Pet: read, write { name, [tag], ..rest } new(name: impl Into<String>));

/// Its members are all that there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub colour: Option<String>,
}
gusset::record!(Tag: read, write { [colour] });

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
gusset::operation!(PutPet: put "/pets/{id}" as "put_pet" -> types::Pet {
    path id, json body
} new(id: impl Into<String>, body: types::Pet));

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

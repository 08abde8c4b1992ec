// src/operations.rs
//! Operations of Beside: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `PUT /things`.
#[derive(Clone, Debug)]
pub struct PutThing {
    pub body: types::Thing,
}
gusset::operation!(PutThing: put "/things" as "put_thing" -> types::Thing {
    json body
} new(body: types::Thing));

// src/types.rs
//! Types of Beside: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

/// All of what it refers to, and more.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: i64,
    pub note: String,
    pub name: String,
    /// Who has it.
    #[deprecated]
    pub owner: Option<Owner>,
    pub keeper: gusset::Patch<Owner>,
}
gusset::record!(Thing: read, write {
    id, note, name, [owner, keeper]
} new(id: i64, note: impl Into<String>, name: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    pub name: String,
}
gusset::record!(Owner: read, write { name } new(name: impl Into<String>));

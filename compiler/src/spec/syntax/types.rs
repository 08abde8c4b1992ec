//! `types:`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A type: a schema of the document under a name of our own, made more precise.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// The schema's name in the document.
    pub schema: Option<String>,
    /// Several schemas that are the same record: fields in all of them keep their type, others become optional.
    #[serde(default)]
    pub schemas: Vec<String>,
    /// The document it is in, where several have it.
    pub document: Option<String>,
    /// Only where it is part of requests, or only of responses; both by default.
    #[serde(rename = "in")]
    pub direction: Option<Direction>,
    /// Fields (by path; `*` for the other members of a map) and their type: `string?`, `number? in string`.
    #[serde(default)]
    pub refine: IndexMap<String, String>,
    /// Fields that the document does not have, and their type.
    #[serde(default)]
    pub add: IndexMap<String, String>,
    /// How it is known; needed for `refine` and `add`.
    pub because: Option<String>,
}

/// A direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Parts of requests.
    Requests,
    /// Parts of responses.
    Responses,
}

// src/operations.rs
//! Operations of Union by what is required: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    pub body: types::Place,
}
gusset::operation!(Make: post "/things" as "make" -> types::Place {
    json body
} new(body: types::Place));

// src/types.rs
//! Types of Union by what is required: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Url(PlaceUrl),
    Path(PlacePath),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize for Place {
        Url => Shape::OBJECT.required(&["url"]),
        Path => Shape::OBJECT.required(&["path"]).optional(&["depth"]),
    }
}

impl From<PlaceUrl> for Place {
    fn from(value: PlaceUrl) -> Self {
        Place::Url(value)
    }
}

impl From<PlacePath> for Place {
    fn from(value: PlacePath) -> Self {
        Place::Path(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlaceUrl {
    pub id: i64,
    pub url: String,
}
gusset::record!(PlaceUrl: read, write { id, url } new(id: i64, url: impl Into<String>));

#[derive(Clone, Debug, PartialEq)]
pub struct PlacePath {
    pub id: i64,
    pub path: String,
    pub depth: Option<i64>,
}
gusset::record!(PlacePath: read, write {
    id, path, [depth]
} new(id: i64, path: impl Into<String>));

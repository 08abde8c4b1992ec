// src/operations.rs
//! Operations of Union by what is required: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /things`.
#[derive(Clone, Debug)]
pub struct Make {
    /// The body.
    pub body: types::Place,
}

impl Make {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Place) -> Self {
        Make { body }
    }
}

impl gusset::Operation for Make {
    type Client = Client;
    type Output = types::Place;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "make",
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
//! Types of Union by what is required: what travels.

/// The document's `Place`.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// `Url`.
    Url(PlaceUrl),
    /// `Path`.
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

/// The document's `PlaceUrl`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct PlaceUrl {
    /// The document's `id`.
    pub id: i64,
    /// The document's `url`.
    pub url: String,
}

impl PlaceUrl {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, url: impl Into<String>) -> Self {
        PlaceUrl { id, url: url.into() }
    }
}

/// The document's `PlacePath`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct PlacePath {
    /// The document's `id`.
    pub id: i64,
    /// The document's `path`.
    pub path: String,
    /// The document's `depth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<i64>,
}

impl PlacePath {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, path: impl Into<String>) -> Self {
        PlacePath {
            id,
            path: path.into(),
            depth: None,
        }
    }
}

// src/operations.rs
//! Operations of Constants: values that a client sends.

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
//! Types of Constants: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `kind`.
    pub kind: ThingKind,
    /// The document's `version`.
    ///
    /// Always `2`.
    pub version: i64,
    /// The document's `flag`.
    ///
    /// Always `true`.
    pub flag: bool,
    /// The document's `mixed`.
    ///
    /// One of `1`, `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixed: Option<ThingMixed>,
    /// The document's `levels`.
    ///
    /// One of `0.5`, `1`, `2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<f64>,
}

impl Thing {
    /// With what is required; the rest is left out.
    pub fn new(kind: ThingKind, version: i64, flag: bool) -> Self {
        Thing {
            kind,
            version,
            flag,
            mixed: None,
            levels: None,
        }
    }
}

gusset::open_enum! {
    /// The document's `ThingKind`.
    pub enum ThingKind {
        Thing = "thing",
    }
}

/// The document's `ThingMixed`.
#[derive(Clone, Debug, PartialEq)]
pub enum ThingMixed {
    /// A whole number.
    Integer(i64),
    /// `Text`.
    Text(ThingMixedText),
    /// None of the documented ones, as it came.
    Other(gusset::serde_json::Value),
}

gusset::union! {
    impl Serialize, Deserialize, Param for ThingMixed {
        Integer => Shape::INTEGER,
        Text => Shape::TEXT,
    }
}

impl From<i64> for ThingMixed {
    fn from(value: i64) -> Self {
        ThingMixed::Integer(value)
    }
}

impl From<ThingMixedText> for ThingMixed {
    fn from(value: ThingMixedText) -> Self {
        ThingMixed::Text(value)
    }
}

gusset::open_enum! {
    /// The document's `ThingMixedText`.
    pub enum ThingMixedText {
        A = "a",
    }
}

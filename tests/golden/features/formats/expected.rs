// src/operations.rs
//! Operations of Formats: values that a client sends.

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
//! Types of Formats: what travels.

/// The document's `Thing`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize, gusset::serde::Deserialize)]
#[serde(crate = "gusset::serde")]
pub struct Thing {
    /// The document's `at`.
    pub at: gusset::DateTime,
    /// The document's `day`.
    pub day: gusset::Date,
    /// The document's `clock`.
    pub clock: gusset::Time,
    /// The document's `span`.
    pub span: gusset::Duration,
    /// The document's `id`.
    pub id: gusset::Uuid,
    /// The document's `bytes`.
    pub bytes: gusset::Base64,
    /// The document's `raw`.
    pub raw: String,
    /// The document's `price`.
    pub price: String,
    /// The document's `link`.
    pub link: String,
    /// The document's `wrong`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<String>,
}

impl Thing {
    /// With what is required; the rest is left out.
    #[expect(clippy::too_many_arguments, reason = "the document requires them all")]
    pub fn new(
        at: impl Into<gusset::DateTime>,
        day: impl Into<gusset::Date>,
        clock: gusset::Time,
        span: gusset::Duration,
        id: impl Into<gusset::Uuid>,
        bytes: impl Into<gusset::Base64>,
        raw: impl Into<String>,
        price: impl Into<String>,
        link: impl Into<String>,
    ) -> Self {
        Thing {
            at: at.into(),
            day: day.into(),
            clock,
            span,
            id: id.into(),
            bytes: bytes.into(),
            raw: raw.into(),
            price: price.into(),
            link: link.into(),
            wrong: None,
        }
    }
}

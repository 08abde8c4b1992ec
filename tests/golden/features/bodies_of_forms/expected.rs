// src/operations.rs
//! Operations of Bodies of forms: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `POST /plain`.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}

impl Plain {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Form) -> Self {
        Plain { body }
    }
}

impl gusset::Operation for Plain {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "plain",
        "/plain",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.form(&self.body)?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

/// Calls `POST /deep`.
#[derive(Clone, Debug, Default)]
pub struct Deep {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: Option<types::Form>,
}

impl gusset::Operation for Deep {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "deep",
        "/deep",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        if let Some(body) = &self.body {
            request.form_as(body, gusset::Style::DEEP, &[])?;
        }
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

/// Calls `POST /mixed`.
#[derive(Clone, Debug)]
pub struct Mixed {
    /// The body: `application/x-www-form-urlencoded`.
    pub body: types::Form,
}

impl Mixed {
    /// With what is required; the rest is left out.
    pub fn new(body: types::Form) -> Self {
        Mixed { body }
    }
}

impl gusset::Operation for Mixed {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::post(
        &INTEGRATION,
        "mixed",
        "/mixed",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request
            .form_as(
                &self.body,
                gusset::Style::PIPE,
                &[("address", gusset::Style::JSON)],
            )?;
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

/// Calls `GET /nothing`.
#[derive(Clone, Debug, Default)]
pub struct Nothing {}

impl gusset::Operation for Nothing {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "nothing",
        "/nothing",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        Ok(gusset::Request::new(Self::META))
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Bodies of forms: what travels.

/// The document's `Form`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct Form {
    /// The document's `name`.
    pub name: String,
    /// The document's `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<FormAddress>,
    /// The document's `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl Form {
    /// With what is required; the rest is left out.
    pub fn new(name: impl Into<String>) -> Self {
        Form {
            name: name.into(),
            address: None,
            tags: None,
        }
    }
}

/// The document's `FormAddress`.
#[derive(Clone, Debug, Default, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct FormAddress {
    /// The document's `street`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The document's `zip`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<i64>,
}

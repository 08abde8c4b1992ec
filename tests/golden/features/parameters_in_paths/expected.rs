// src/operations.rs
//! Operations of Parameters in paths: values that a client sends.

use super::{Client, INTEGRATION, types};

/// Calls `GET /users/{id}{format}/{point}/{from}..{to}.json`.
#[derive(Clone, Debug)]
pub struct GetPoint {
    /// The path parameter `id`.
    pub id: Vec<i64>,
    /// The path parameter `format`.
    pub format: String,
    /// The path parameter `point`.
    pub point: types::GetPointPoint,
    /// The path parameter `from`.
    pub from: String,
    /// The path parameter `to`.
    pub to: gusset::Date,
    /// The query parameter `id`.
    pub id_query: Option<String>,
    /// The query parameter `body`.
    pub body2: Option<String>,
    /// The query parameter `type`.
    pub r#type: Option<String>,
    /// The body: `text/plain`.
    pub body: Option<String>,
}

impl GetPoint {
    /// With what is required; the rest is left out.
    pub fn new(
        id: Vec<i64>,
        format: impl Into<String>,
        point: types::GetPointPoint,
        from: impl Into<String>,
        to: impl Into<gusset::Date>,
    ) -> Self {
        GetPoint {
            id,
            format: format.into(),
            point,
            from: from.into(),
            to: to.into(),
            id_query: None,
            body2: None,
            r#type: None,
            body: None,
        }
    }
}

impl gusset::Operation for GetPoint {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_point",
        "/users/{id}{format}/{point}/{from}..{to}.json",
    );

    fn request(&self) -> Result<gusset::Request, gusset::Error> {
        let mut request = gusset::Request::new(Self::META);
        request.path_as("id", &self.id, gusset::Style::SIMPLE)?;
        request.path_as("format", &self.format, gusset::Style::LABEL)?;
        request.path_as("point", &self.point, gusset::Style::MATRIX.explode())?;
        request.path("from", &self.from);
        request.path("to", &self.to);
        request.query("id", &self.id_query);
        request.query("body", &self.body2);
        request.query("type", &self.r#type);
        if let Some(body) = &self.body {
            request.bytes("text/plain", body.clone())?;
        }
        Ok(request)
    }

    fn decode(response: &gusset::Response) -> Result<Self::Output, gusset::Error> {
        response.empty()
    }
}

// src/types.rs
//! Types of Parameters in paths: what travels.

/// The document's `GetPointPoint`.
#[derive(Clone, Debug, PartialEq, gusset::serde::Serialize)]
#[serde(crate = "gusset::serde")]
pub struct GetPointPoint {
    /// The document's `x`.
    pub x: i64,
    /// The document's `y`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<i64>,
}

impl GetPointPoint {
    /// With what is required; the rest is left out.
    pub fn new(x: i64) -> Self {
        GetPointPoint { x, y: None }
    }
}

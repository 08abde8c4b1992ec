// src/operations.rs
//! Operations of Parameters in paths: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `GET /users/{id}{format}/{point}/{from}..{to}.json`.
#[derive(Clone, Debug)]
pub struct GetPoint {
    pub id: Vec<i64>,
    pub format: String,
    pub point: types::GetPointPoint,
    pub from: String,
    pub to: gusset::Date,
    pub id_query: Option<String>,
    pub body2: Option<String>,
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

    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
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
        Ok(())
    }
}

// src/types.rs
//! Types of Parameters in paths: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct GetPointPoint {
    pub x: i64,
    pub y: Option<i64>,
}
gusset::record!(GetPointPoint: write { x, [y] } new(x: i64));

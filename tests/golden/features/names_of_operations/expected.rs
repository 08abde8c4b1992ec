// src/operations.rs
//! Operations of Names" of \*/ operations: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION};

/// Calls `GET /pets`.
#[derive(Clone, Debug, Default)]
pub struct GetPets {
    pub r#type: Option<String>,
    pub self_: Option<String>,
    pub a_b: Option<String>,
}

impl gusset::Operation for GetPets {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "get_pets", "/pets");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.query("type", &self.r#type);
        request.query("self", &self.self_);
        request.query("a\"b", &self.a_b);
        Ok(())
    }
}

/// Calls `POST /pets`.
#[derive(Clone, Debug, Default)]
pub struct SamePost {}

impl gusset::Operation for SamePost {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "same_post", "/pets");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;
}

/// Calls `GET /pets/{id}`.
#[derive(Clone, Debug)]
pub struct SameGet {
    pub id: i64,
}

impl SameGet {
    /// With what is required; the rest is left out.
    pub fn new(id: i64) -> Self {
        SameGet { id }
    }
}

impl gusset::Operation for SameGet {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::get(&INTEGRATION, "same_get", "/pets/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

/// Calls `PUT /pets/{id}`.
#[derive(Clone, Debug)]
pub struct SamePut {
    pub id: i64,
}

impl SamePut {
    /// With what is required; the rest is left out.
    pub fn new(id: i64) -> Self {
        SamePut { id }
    }
}

impl gusset::Operation for SamePut {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "same_put", "/pets/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

/// Calls `DELETE /pets/{id}`.
#[derive(Clone, Debug)]
pub struct Impl {
    pub id: i64,
}

impl Impl {
    /// With what is required; the rest is left out.
    pub fn new(id: i64) -> Self {
        Impl { id }
    }
}

impl gusset::Operation for Impl {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::delete(&INTEGRATION, "impl", "/pets/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

/// Calls `GET /pets/{id}/{from}..{to}.json`.
#[derive(Clone, Debug)]
pub struct GetPetsByIdAndFromAndToJson {
    pub id: i64,
    pub from: String,
    pub to: String,
}

impl GetPetsByIdAndFromAndToJson {
    /// With what is required; the rest is left out.
    pub fn new(id: i64, from: impl Into<String>, to: impl Into<String>) -> Self {
        GetPetsByIdAndFromAndToJson { id, from: from.into(), to: to.into() }
    }
}

impl gusset::Operation for GetPetsByIdAndFromAndToJson {
    type Client = Client;
    type Output = ();
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
        &INTEGRATION,
        "get_pets_by_id_and_from_and_to_json",
        "/pets/{id}/{from}..{to}.json",
    );

    const DECODE: gusset::Decode<Self::Output> = gusset::Response::empty;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        request.path("from", &self.from);
        request.path("to", &self.to);
        Ok(())
    }
}

// src/types.rs
//! Types of Names" of \*/ operations: what travels.

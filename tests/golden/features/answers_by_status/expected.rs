// src/operations.rs
//! Operations of answers_by_status: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /reports`.
#[derive(Clone, Debug, Default)]
pub struct MakeReport {}

impl gusset::Operation for MakeReport {
    type Client = Client;
    type Output = MakeReportOutput;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::post(&INTEGRATION, "make_report", "/reports");
    const DECODE: gusset::Decode<Self::Output> = |response| Ok(
        match response.status() {
            200 => MakeReportOutput::Ok(response.json()?),
            202 => MakeReportOutput::Accepted(response.json()?),
            204 => MakeReportOutput::NoContent,
            _ => return response.undocumented(),
        },
    );
}

/// What [`MakeReport`] is answered with.
#[derive(Clone, Debug)]
pub enum MakeReportOutput {
    /// The report.
    Ok(types::Report),
    /// It is being made.
    Accepted(types::Job),
    /// There is nothing to report.
    NoContent,
}

/// Calls `PUT /reports/{id}`.
#[derive(Clone, Debug)]
pub struct PutReport {
    pub id: String,
}

impl PutReport {
    /// With what is required; the rest is left out.
    pub fn new(id: impl Into<String>) -> Self {
        PutReport { id: id.into() }
    }
}

impl gusset::Operation for PutReport {
    type Client = Client;
    type Output = Option<types::Report>;
    const META: &'static gusset::OperationMeta =
        &gusset::OperationMeta::put(&INTEGRATION, "put_report", "/reports/{id}");
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::optional;

    fn write(&self, request: &mut gusset::Request) -> Result<(), gusset::Error> {
        request.path("id", &self.id);
        Ok(())
    }
}

/// Calls `GET /archive`.
#[derive(Clone, Debug, Default)]
pub struct GetArchive {}

impl gusset::Operation for GetArchive {
    type Client = Client;
    type Output = gusset::Redirect;
    const META: &'static gusset::OperationMeta = &gusset::OperationMeta::get(
            &INTEGRATION,
            "get_archive",
            "/archive",
        )
        .redirects();
    const DECODE: gusset::Decode<Self::Output> = gusset::Response::redirect;
}

// src/types.rs
//! Types of answers_by_status: what travels.
#![allow(missing_docs, reason = "the document does not describe everything")]

#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub title: String,
}
gusset::record!(Report: read { title });

#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub job: i64,
}
gusset::record!(Job: read { job });

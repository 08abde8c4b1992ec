// src/operations.rs
//! Operations of answers_by_status: values that a client sends.
#![allow(missing_docs, reason = "the document does not describe everything")]

use super::{Client, INTEGRATION, types};

/// Calls `POST /reports`.
#[derive(Clone, Debug, Default)]
pub struct MakeReport {}
gusset::operation!(MakeReport: post "/reports" as "make_report" -> MakeReportOutput {
} by |response| match response.status() {
    200 => Ok(MakeReportOutput::Ok(response.json()?)),
    202 => Ok(MakeReportOutput::Accepted(response.json()?)),
    204 => Ok(MakeReportOutput::NoContent),
    _ => response.undocumented(),
});

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
gusset::operation!(PutReport: put "/reports/{id}" as "put_report" -> Option<types::Report> {
    path id
} new(id: impl Into<String>) by gusset::Response::optional);

/// Calls `GET /archive`.
#[derive(Clone, Debug, Default)]
pub struct GetArchive {}
gusset::operation!(GetArchive: get "/archive" as "get_archive", redirects() -> gusset::Redirect {
} by gusset::Response::redirect);

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

//! Which version a document says it has, and what differs.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::{NOT_OPENAPI, VERSION};
use crate::source::{FileId, Json, Place};

/// A version that is read. Where 3.1 differs (`type` as a list, `const`, schemas that are `true`), the
/// [model](super::Schema) reads both ways of saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0, rewritten into the shape of 3.0.
    V2_0,
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1 or 3.2.
    V3_1,
}

/// What is read.
const KNOWN: &str = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read";

/// Recognises the version of a document.
pub(super) fn recognise(value: &Json, file: FileId) -> Result<Version, Diagnostic> {
    let root = Place::root(file);
    let Json::Object(members) = value else {
        return Err(Diagnostic::error(NOT_OPENAPI, "this is no OpenAPI document")
            .at(&root, "expected a mapping with an `openapi` or `swagger` key"));
    };
    if let Some(version) = members.get("swagger") {
        let said = text(version);
        let mut numbers = said.split('.');
        return match (numbers.next(), numbers.next()) {
            (Some("2"), None | Some("0")) => Ok(Version::V2_0),
            _ => Err(Diagnostic::error(VERSION, format!("Swagger {said} is not supported"))
                .at(&root.child("swagger"), "")
                .help(KNOWN)),
        };
    }
    let Some(version) = members.get("openapi") else {
        return Err(Diagnostic::error(NOT_OPENAPI, "this is no OpenAPI document")
            .at(&root, "no `openapi` or `swagger` key at the top")
            .nearest("openapi", members.keys()));
    };
    let said = text(version);
    let mut numbers = said.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("3"), None | Some("0")) => Ok(Version::V3_0),
        (Some("3"), Some("1" | "2")) => Ok(Version::V3_1),
        _ => Err(Diagnostic::error(VERSION, format!("OpenAPI {said} is not supported"))
            .at(&root.child("openapi"), "")
            .help(KNOWN)),
    }
}

fn text(version: &Json) -> String {
    version.as_str().map_or_else(|| version.to_string(), str::to_owned)
}

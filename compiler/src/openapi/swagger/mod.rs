//! Swagger 2.0 in the shape of OpenAPI 3.0.
//!
//! Values are moved, not copied, so the cost is linear in the document; what is asked for twice (a schema under two
//! media types, a form field of two operations) is a reference the second time. What moved is recorded, so that
//! findings show the file as it is written. References are left as they are: [`Files`](super::refs) follows them to
//! the new place. Nothing is refused here: what is not as Swagger says stays as it is, and whoever selects it is told.

mod body;
mod operation;
mod parameter;
mod pointer;
mod response;
mod root;
mod schema;
mod security;
mod server;

use super::rewritten::Rewritten;
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Json, Moves, Place};
use body::Shared;
use pointer::Pointer;
use serde_json::Value;
use server::Address;
use std::collections::HashMap;

/// What the root of a document says for all files.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    consumes: Vec<String>,
    produces: Vec<String>,
}

impl Defaults {
    pub(super) fn of(root: &Json) -> Self {
        let list = |key: &str| {
            let texts = root.get(key).and_then(Json::as_array).unwrap_or_default();
            texts.iter().filter_map(Json::as_str).map(str::to_owned).collect()
        };
        Defaults { consumes: list("consumes"), produces: list("produces") }
    }
}

/// Rewrites a file: a document, or what a document refers to, by what it looks like.
pub(super) fn rewrite(value: Value, file: FileId, defaults: &Defaults) -> Rewritten {
    let Value::Object(members) = value else { return Rewritten { value, ..Default::default() } };
    let mut rewriting = Rewriting {
        file,
        moves: Moves::default(),
        findings: Vec::new(),
        consumes: defaults.consumes.clone(),
        produces: defaults.produces.clone(),
        schemes: Vec::new(),
        shared: HashMap::new(),
    };
    let has =
        |keys: &[&str]| keys.iter().any(|key| members.get(*key).is_some_and(Value::is_object));
    let (top, nowhere) = (Pointer::root(), Address::default());
    let value = if members.contains_key("swagger")
        || has(&["definitions", "parameters", "responses", "paths", "securityDefinitions"])
    {
        rewriting.root(members).into()
    } else if has(&root::METHODS) {
        rewriting.path_item(members, &top, &nowhere).into()
    } else if members.keys().any(|key| key.starts_with('/')) {
        rewriting.paths(members, &top, &nowhere).into()
    } else {
        rewriting.schema(members.into())
    };
    let Rewriting { moves, findings, .. } = rewriting;
    Rewritten { value, moves, findings, ..Default::default() }
}

/// The rewriting of one document.
struct Rewriting {
    file: FileId,
    moves: Moves,
    findings: Vec<Diagnostic>,
    /// The media types of bodies, where an operation does not say.
    consumes: Vec<String>,
    /// The media types of responses, where an operation does not say.
    produces: Vec<String>,
    /// The schemes of the servers, where an operation does not say.
    schemes: Vec<String>,
    /// The parameters that operations share, and that are no parameters in 3.0, by name.
    shared: HashMap<String, Shared>,
}

impl Rewriting {
    fn moved(&mut self, new: &Pointer, old: &Pointer) {
        if new != old {
            self.moves.record(new.as_str(), self.file, old.as_str());
        }
    }

    fn place(&self, at: &Pointer) -> Place {
        Place { pointer: at.as_str().into(), ..Place::root(self.file) }
    }
}

/// The texts of a list.
fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    let texts = value?.as_array()?.iter().filter_map(Value::as_str);
    Some(texts.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;

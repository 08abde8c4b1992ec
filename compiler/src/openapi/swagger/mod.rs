//! Swagger 2.0 in the shape of OpenAPI 3.0.
//!
//! Values are moved, not copied, so the cost is linear in the document; what is asked for twice (a schema under two
//! media types, a form field of two operations) is a reference the second time. What moved is recorded, so that
//! findings show the file as it is written. References are left as they are: [`Files`](super::refs) follows them to
//! the new place. Nothing is refused here: what is not as Swagger says stays as it is, and whoever selects it is told.

mod body;
mod distant;
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
use crate::source::{FileId, Json, Members, Moves, Place, Texts};
use body::Shared;
pub(super) use distant::{Distant, Kind, distant};
use pointer::Pointer;
use serde_json::{Map, Value};
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
/// `distant` is what it refers to elsewhere, `parts` what others refer to in it.
pub(super) fn rewrite(
    value: Json,
    file: FileId,
    defaults: &Defaults,
    distant: Distant,
    parts: &[(String, Kind)],
) -> Rewritten {
    let Json::Object(members) = value else { return Rewritten { value, ..Default::default() } };
    let mut rewriting = Rewriting {
        file,
        moves: Moves::default(),
        findings: Vec::new(),
        consumes: defaults.consumes.clone(),
        produces: defaults.produces.clone(),
        schemes: Vec::new(),
        shared: HashMap::new(),
        distant: distant.bodies,
        texts: Texts::default(),
    };
    let members = rewriting.parts(members, parts);
    let has = |keys: &[&str]| keys.iter().any(|key| members.get(key).is_some_and(Json::is_object));
    let (top, nowhere) = (Pointer::root(), Address::default());
    let value = if members.contains_key("swagger")
        || has(&["definitions", "parameters", "responses", "paths", "securityDefinitions"])
    {
        rewriting.whole(members)
    } else if has(&root::METHODS) {
        Value::from(rewriting.path_item(values(members), &top, &nowhere)).into()
    } else if members.keys().any(|key| key.starts_with('/')) {
        rewriting.paths(members, &top, &nowhere)
    } else {
        rewriting.schema(Json::Object(members).into_value()).into()
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
    /// The same elsewhere, by the text of the reference.
    distant: HashMap<String, Map<String, Value>>,
    /// Those of what was rewritten.
    texts: Texts,
}

impl Rewriting {
    /// Rewrites what others refer to and what nothing else says what it is.
    fn parts(&mut self, members: Members, parts: &[(String, Kind)]) -> Members {
        let mut root = Json::Object(members);
        for (pointer, kind) in parts {
            let first = pointer.split('/').nth(1).unwrap_or_default();
            // What stands in one of these is known by that.
            let known = ["paths", "parameters", "responses", "definitions", "securityDefinitions"];
            let item = root::METHODS.iter().any(|method| root.get(method).is_some());
            if known.contains(&first) || first.starts_with("~1") || item {
                continue;
            }
            let Some(part) = root.pointer_mut(pointer).filter(|part| part.is_object()) else {
                continue;
            };
            let at = Pointer::at(pointer);
            let rewritten = match (kind, std::mem::take(part).into_value()) {
                (Kind::Parameter, Value::Object(part)) => self.parameter(part, &at, &at).into(),
                (Kind::Item, Value::Object(part)) => {
                    self.path_item(part, &at, &Address::default()).into()
                }
                (_, part) => {
                    let produces = self.produces.clone();
                    self.response(part, &at, &at, &produces)
                }
            };
            *part = Json::of(rewritten, &mut self.texts);
        }
        match root {
            Json::Object(members) => members,
            _ => Members::default(),
        }
    }

    fn moved(&mut self, new: &Pointer, old: &Pointer) {
        if new != old {
            self.moves.record(new.as_str(), self.file, old.as_str());
        }
    }

    fn place(&self, at: &Pointer) -> Place {
        Place { pointer: at.as_str().into(), ..Place::root(self.file) }
    }
}

/// Members as those of a value that can be changed.
fn values(members: Members) -> Map<String, Value> {
    match Json::Object(members).into_value() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// The texts of a list.
fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    let texts = value?.as_array()?.iter().filter_map(Value::as_str);
    Some(texts.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;

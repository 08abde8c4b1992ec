//! What a file refers to where 2.0 and 3.0 differ: what a part of another file is follows from who refers to it, not
//! from what it looks like.

use super::root::METHODS;
use crate::openapi::Node;
use crate::openapi::refs::Files;
use crate::source::{FileId, Json, Place};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What the references of a file lead to.
#[derive(Debug, Default)]
pub(in crate::openapi) struct Distant {
    /// Bodies and fields of forms, which are no parameters in 3.0, by the text of the reference. Those under
    /// `#/parameters` are known by name. A schema stays where it is: it may refer to others beside it.
    pub(super) bodies: HashMap<String, Map<String, Value>>,
    /// Parts of any file, and what they are.
    pub(in crate::openapi) parts: Vec<(Place, Kind)>,
}

/// What a part is that is rewritten where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::openapi) enum Kind {
    Parameter,
    Response,
    Item,
}

/// Reads the references of a file, before any is rewritten: parts are found where they are written.
pub(in crate::openapi) fn distant(files: &mut Files, file: FileId) -> Distant {
    let mut distant = Distant::default();
    for (target, kind) in
        files.node(&Place::root(file)).map(|root| targets(&root)).unwrap_or_default()
    {
        let Some(root) = files.node(&Place::root(file)) else { continue };
        let Ok(node) = files.follow(&root, &target) else { continue };
        let by_name = target.starts_with("#/parameters/") && node.get("$ref").is_none();
        let Ok(node) = files.resolve(node) else { continue };
        let body = kind == Kind::Parameter && matches!(node.str("in"), Some("body" | "formData"));
        if !body {
            let is = |key: &str| node.get(key).is_some();
            let fits = match kind {
                Kind::Parameter => is("in"),
                Kind::Response => is("description") && !is("type") && !is("properties"),
                Kind::Item => METHODS.iter().any(|method| is(method)),
            };
            distant.parts.extend(fits.then_some((node.place, kind)));
            continue;
        }
        if by_name {
            continue;
        }
        let mut parameter: Map<String, Value> = node
            .entries()
            .filter(|(key, _)| *key != "schema")
            .map(|(key, value)| (key.to_owned(), value.value.to_value()))
            .collect();
        if let Some(schema) = node.get("schema").map(|schema| schema.place) {
            let pointer = schema.pointer.replace('%', "%25");
            let link = files.link_to(file, schema.file);
            parameter.insert("schema".to_owned(), json!({"$ref": format!("{link}#{pointer}")}));
        }
        distant.bodies.insert(target, parameter);
    }
    distant
}

/// What is referred to in parameters, responses and paths, each once.
fn targets(root: &Node<'_>) -> Vec<(String, Kind)> {
    let mut targets: Vec<(String, Kind)> = Vec::new();
    let mut open = vec![root.value];
    while let Some(value) = open.pop() {
        let Json::Object(members) = value else { continue };
        for (key, value) in members.iter() {
            let kind = match key {
                "parameters" => Kind::Parameter,
                "responses" => Kind::Response,
                "paths" => Kind::Item,
                // Members may have these names, too.
                "properties" => continue,
                _ => {
                    open.push(value);
                    continue;
                }
            };
            let listed = value.as_array().into_iter().flatten();
            let named = value.as_object().into_iter().flat_map(|members| members.values());
            for part in listed.chain(named) {
                match part.get("$ref").and_then(Json::as_str) {
                    Some(target) => targets.push((target.to_owned(), kind)),
                    None => open.push(part),
                }
            }
        }
    }
    targets.sort_unstable();
    targets.dedup();
    targets
}

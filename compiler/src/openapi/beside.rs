//! OpenAPI 3.1: what stands beside a `$ref` counts.
//!
//! A schema with a `$ref` and with keywords about its shape is both: it becomes `allOf` of the reference, beside the
//! rest. Texts and flags beside a `$ref` stay where they are. On the way, the schemas are found that have an `$id` or
//! an `$anchor`.

use super::rewritten::{Ids, Rewritten};
use crate::source::pointer;
use crate::source::{FileId, Json, Members, Moves};

/// Keywords that say what members or elements a value has.
const SHAPES: [&str; 8] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "items",
    "prefixItems",
];

/// Keys whose children are names, not keywords.
const NAMES: [&str; 18] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "headers",
    "requestBodies",
    "callbacks",
    "pathItems",
    "paths",
    "webhooks",
    "content",
    "encoding",
    "links",
    "securitySchemes",
];

/// Rewrites a file.
pub(super) fn rewrite(mut value: Json, file: FileId) -> Rewritten {
    let mut walk = Walk { file, moves: Moves::default(), ids: Ids::default(), at: String::new() };
    walk.visit(&mut value, false, "");
    Rewritten { value, moves: walk.moves, ids: walk.ids, findings: Vec::new() }
}

struct Walk {
    file: FileId,
    moves: Moves,
    ids: Ids,
    /// The pointer of the value that is visited.
    at: String,
}

impl Walk {
    /// Recursion is as deep as the document, which its parser limits. `base` is the `$id` around.
    fn visit(&mut self, value: &mut Json, names: bool, base: &str) {
        match value {
            Json::Array(list) => {
                for (index, element) in list.iter_mut().enumerate() {
                    self.below(&index.to_string(), element, false, base);
                }
            }
            Json::Object(members) => {
                let mut own = None;
                if !names {
                    own = self.named(members, base);
                    self.part(members);
                }
                let base = own.as_deref().unwrap_or(base);
                for (key, below) in members.iter_mut() {
                    if !names && is_data(key) {
                        continue;
                    }
                    let names = !names && below.is_object() && NAMES.contains(&key);
                    self.below(key, below, names, base);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, key: &str, value: &mut Json, names: bool, base: &str) {
        if !value.is_object() && !value.is_array() {
            return;
        }
        let len = self.at.len();
        self.at.push('/');
        self.at.push_str(&pointer::escape(key));
        self.visit(value, names, base);
        self.at.truncate(len);
    }

    /// Notes the names of a schema; gives its `$id`.
    fn named(&mut self, members: &Members, base: &str) -> Option<String> {
        let text = |key: &str| members.get(key).and_then(Json::as_str).filter(|t| !t.is_empty());
        let id = text("$id").map(|id| id.trim_end_matches('#').to_owned());
        if let Some(id) = &id {
            self.ids.pointers.insert(id.clone(), self.at.clone());
            self.ids.roots.push(self.at.clone());
        }
        let base = id.as_deref().unwrap_or(base);
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            self.ids.pointers.insert(format!("{base}#{anchor}"), self.at.clone());
            self.ids.pointers.entry(format!("#{anchor}")).or_insert_with(|| self.at.clone());
        }
        id
    }

    /// Makes a `$ref` one part of what the schema is all of. A `$dynamicRef` is one: nothing extends schemas from outside.
    fn part(&mut self, members: &mut Members) {
        let dynamic = members.get("$dynamicRef").is_some_and(Json::is_string);
        if dynamic && !members.contains_key("$ref") {
            let at = &self.at;
            self.moves.record(format!("{at}/$ref"), self.file, format!("{at}/$dynamicRef"));
            if let Some(target) = members.remove("$dynamicRef") {
                members.insert("$ref", target);
            }
        }
        let refers = members.get("$ref").is_some_and(Json::is_string);
        let required = members.get("required").is_some_and(Json::is_array);
        if !refers || !(required || SHAPES.iter().any(|key| members.contains_key(key))) {
            return;
        }
        if members.get("allOf").is_some_and(|parts| !parts.is_array()) {
            return; // Broken, and whoever reads it says so.
        }
        let Some(target) = members.remove("$ref") else { return };
        let (at, file) = (&self.at, self.file);
        self.moves.record(format!("{at}/allOf/0/$ref"), file, format!("{at}/$ref"));
        let mut parts = vec![Json::Object([("$ref".into(), target)].into_iter().collect())];
        if let Some(Json::Array(others)) = members.get_mut("allOf").map(std::mem::take) {
            for index in 0..others.len() {
                let (new, old) =
                    (format!("{at}/allOf/{}", index + 1), format!("{at}/allOf/{index}"));
                self.moves.record(new, file, old);
            }
            parts.extend(others);
        }
        members.insert("allOf", Json::Array(parts.into()));
    }
}

/// Keys below which everything is a value, also what looks like a reference.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "const" | "enum") || key.starts_with("x-")
}

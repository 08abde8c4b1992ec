//! What stands beside a name: the next property, parameter, operation, scope of a document, the next entry of a section.

use serde_json::Value;
use std::collections::BTreeSet;

/// Lists of names of which one may be taken for another.
#[derive(Default)]
pub(crate) struct Neighbours {
    lists: Vec<Vec<String>>,
}

impl Neighbours {
    /// The names of a spec and of the documents.
    pub(crate) fn of(spec: &Value, documents: impl Iterator<Item = Value>) -> Self {
        let mut neighbours = Neighbours::default();
        for section in
            ["operations", "types", "resources", "auth", "settings", "lookups", "integrations"]
        {
            neighbours.keys(&spec[section]);
        }
        let resources = spec["resources"].as_object().into_iter().flat_map(|r| r.keys());
        let integration = spec["integration"].as_str().unwrap_or_default();
        neighbours.add(resources.map(|name| format!("{integration}.{name}")));
        for document in documents {
            neighbours.document(&document);
        }
        neighbours
    }

    /// More lists.
    pub(crate) fn add(&mut self, names: impl IntoIterator<Item = String>) {
        let names: Vec<String> = names.into_iter().collect();
        if names.len() > 1 && !self.lists.contains(&names) {
            self.lists.push(names);
        }
    }

    fn keys(&mut self, object: &Value) {
        self.add(object.as_object().into_iter().flat_map(|object| object.keys().cloned()));
    }

    fn document(&mut self, document: &Value) {
        self.keys(&document["components"]["schemas"]);
        self.keys(&document["components"]["securitySchemes"]);
        let (mut ids, mut calls) = (Vec::new(), Vec::new());
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                calls.push(format!("{} {path}", method.to_uppercase()));
                ids.extend(operation["operationId"].as_str().map(str::to_owned));
            }
        }
        self.add(calls);
        self.add(ids);
        self.parts(document);
    }

    fn parts(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    match (key.as_str(), member) {
                        ("properties" | "scopes", Value::Object(_)) => self.keys(member),
                        ("enum", Value::Array(values)) => {
                            self.add(values.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        ("parameters", Value::Array(parameters)) => {
                            let named = |p: &Value| {
                                let text =
                                    |key: &str| p[key].as_str().unwrap_or_default().to_owned();
                                format!("{}.{}", text("in"), text("name"))
                            };
                            self.add(parameters.iter().map(named));
                        }
                        _ => {}
                    }
                    self.parts(member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.parts(item)),
            _ => {}
        }
    }

    /// The names that stand next after a name, one of each list.
    pub(crate) fn next(&self, name: &str) -> BTreeSet<&str> {
        let next = self.lists.iter().filter_map(|list| {
            let at = list.iter().position(|known| known == name)?;
            list.get((at + 1) % list.len())
        });
        next.map(String::as_str).filter(|next| *next != name).collect()
    }

    /// A parameter of another operation: one with that location that stands in no list with it.
    pub(crate) fn stranger(&self, parameter: &str) -> Option<&str> {
        let (root, _) = parameter.split_once('.')?;
        let beside = |list: &&Vec<String>| !list.iter().any(|known| known == parameter);
        let strangers = self.lists.iter().filter(beside).flatten();
        let mine: Vec<&String> = self
            .lists
            .iter()
            .filter(|list| list.iter().any(|known| known == parameter))
            .flatten()
            .collect();
        let prefix = format!("{root}.");
        strangers
            .filter(|known| known.starts_with(&prefix) && !mine.contains(known))
            .map(String::as_str)
            .next()
    }
}

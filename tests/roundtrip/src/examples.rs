//! The examples of a document, wherever they stand.

use serde_json::Value;
use std::collections::HashSet;

/// An example.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The schema that it is of: a pointer, with references followed.
    pub(crate) schema: String,
    /// Whether it is of a request, where that is known.
    pub(crate) requests: Option<bool>,
    pub(crate) value: Value,
    /// Where it stands.
    pub(crate) place: String,
}

/// What a document has of schemas and examples.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) examples: Vec<Example>,
    /// Every schema that is no reference, and the direction of where it stands.
    pub(crate) schemas: Vec<(String, Option<bool>)>,
}

/// Walks the whole document.
pub(crate) fn find(document: &Value) -> Found {
    let mut walk = Walk { document, found: Found::default(), seen: HashSet::new() };
    for (section, requests) in [
        ("/components/schemas", None),
        ("/definitions", None),
        ("/components/parameters", Some(true)),
        ("/parameters", Some(true)),
        ("/components/requestBodies", Some(true)),
        ("/components/responses", Some(false)),
        ("/responses", Some(false)),
        ("/components/headers", Some(false)),
    ] {
        for name in walk.keys(section) {
            let place = format!("{section}/{}", escape(&name));
            match section.ends_with("schemas") || section == "/definitions" {
                true => walk.schema(&place, requests),
                false => walk.holder(&place, requests),
            }
        }
    }
    for path in walk.keys("/paths") {
        let item = format!("/paths/{}", escape(&path));
        walk.list(&format!("{item}/parameters"), Some(true));
        for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
            let operation = format!("{item}/{method}");
            walk.list(&format!("{operation}/parameters"), Some(true));
            walk.holder(&format!("{operation}/requestBody"), Some(true));
            let responses = format!("{operation}/responses");
            for status in walk.keys(&responses) {
                walk.holder(&format!("{responses}/{}", escape(&status)), Some(false));
            }
        }
    }
    walk.found
}

pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The place that a local reference leads to, if the schema is one.
pub(crate) fn target(document: &Value, place: &str) -> Option<String> {
    let mut place = place.to_owned();
    for _ in 0..50 {
        let Some(reference) = document.pointer(&place)?.get("$ref").and_then(Value::as_str) else {
            return Some(place);
        };
        place = percent_decoded(reference.strip_prefix('#')?);
    }
    None
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Walk<'a> {
    document: &'a Value,
    found: Found,
    seen: HashSet<String>,
}

impl<'a> Walk<'a> {
    fn at(&self, place: &str) -> Option<&'a Value> {
        self.document.pointer(place)
    }

    fn keys(&self, place: &str) -> Vec<String> {
        let object = self.at(place).and_then(Value::as_object);
        object.into_iter().flat_map(|object| object.keys().cloned()).collect()
    }

    fn list(&mut self, place: &str, requests: Option<bool>) {
        let count = self.at(place).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).for_each(|at| self.holder(&format!("{place}/{at}"), requests));
    }

    /// A parameter, a header, a body, a response or a media type: what has a schema, and examples of it.
    fn holder(&mut self, place: &str, requests: Option<bool>) {
        let Some(node) = self.at(place).filter(|node| node.get("$ref").is_none()) else { return };
        let schema = format!("{place}/schema");
        if node.get("schema").is_some() {
            self.schema(&schema, requests);
            if let Some(value) = node.get("example") {
                self.example(&schema, requests, value, format!("{place}/example"));
            }
            for name in self.keys(&format!("{place}/examples")) {
                let at = format!("{place}/examples/{}", escape(&name));
                if self.document.get("swagger").is_some() {
                    // By media type.
                    if let Some(value) = self.at(&at).filter(|_| name.contains("json")) {
                        self.example(&schema, requests, value, at);
                    }
                    continue;
                }
                let Some(at) = target(self.document, &at) else { continue };
                let at = format!("{at}/value");
                if let Some(value) = self.at(&at) {
                    self.example(&schema, requests, value, at);
                }
            }
        }
        let content = format!("{place}/content");
        for media in self.keys(&content).into_iter().filter(|media| media.contains("json")) {
            self.holder(&format!("{content}/{}", escape(&media)), requests);
        }
        let headers = format!("{place}/headers");
        for name in self.keys(&headers) {
            self.holder(&format!("{headers}/{}", escape(&name)), requests);
        }
    }

    fn example(&mut self, schema: &str, requests: Option<bool>, value: &Value, place: String) {
        if let Some(schema) = target(self.document, schema) {
            self.found.examples.push(Example { schema, requests, value: value.clone(), place });
        }
    }

    /// A schema, and those in it.
    fn schema(&mut self, place: &str, requests: Option<bool>) {
        let mut open = vec![place.to_owned()];
        while let Some(place) = open.pop() {
            let Some(node) = self.at(&place).filter(|node| node.is_object()) else { continue };
            if node.get("$ref").is_some_and(Value::is_string) || !self.seen.insert(place.clone()) {
                continue;
            }
            self.found.schemas.push((place.clone(), requests));
            if let Some(value) = node.get("example") {
                self.example(&place, requests, value, format!("{place}/example"));
            }
            for (at, value) in node["examples"].as_array().into_iter().flatten().enumerate() {
                self.example(&place, requests, value, format!("{place}/examples/{at}"));
            }
            for key in ["properties", "patternProperties", "$defs", "definitions"] {
                let names = self.keys(&format!("{place}/{key}"));
                open.extend(names.iter().map(|name| format!("{place}/{key}/{}", escape(name))));
            }
            for key in ["allOf", "oneOf", "anyOf", "prefixItems", "items"] {
                let count = node[key].as_array().map_or(0, Vec::len);
                open.extend((0..count).map(|at| format!("{place}/{key}/{at}")));
            }
            for key in ["items", "additionalProperties"] {
                open.push(format!("{place}/{key}"));
            }
        }
    }
}

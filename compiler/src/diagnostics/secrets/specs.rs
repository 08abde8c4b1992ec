//! Secrets in specs that can be read: by where they stand.

use super::is_secret;
use super::lines::in_url;
use crate::diagnostics::nearest::slips;
use crate::source::{FileId, Place, Sources, Span};
use serde_json::{Map, Value};

/// What an entry of `auth` may say; all else there was meant to be a credential. A prefix is text before one.
const OF_AUTH: [&str; 18] = [
    "algorithm",
    "audience",
    "authorize_parameters",
    "authorize_url",
    "pkce",
    "realm",
    "token_parameters",
    "type",
    "scheme",
    "overrides",
    "in",
    "flow",
    "gives",
    "token_url",
    "scopes",
    "client",
    "because",
    "doc",
];

/// Sections whose keys are names that the spec gives, which say nothing about values.
const NAMED: [&str; 7] =
    ["operations", "types", "resources", "limits", "documents", "lookups", "integrations"];

/// Mappings whose values are words of the language, whatever their keys are called.
const WORDS: [&str; 4] = ["refine", "add", "assume", "cost"];

/// Where secrets stand in a spec.
pub(super) fn spans(spec: &Value, file: FileId, sources: &Sources) -> Vec<Span> {
    let mut walk = Walk { found: Vec::new() };
    walk.spec(spec, &Place::root(file));
    let places: Vec<&Place> = walk.found.iter().collect();
    let text = sources.text(file);
    let spans = sources.spans(file, &places).into_iter().flatten();
    spans.map(|span| unquoted(text, span)).collect()
}

/// Quotes stay, so that what is shown still is YAML.
fn unquoted(text: &str, span: Span) -> Span {
    let written = text.get(span.start..span.end).unwrap_or_default();
    match written.chars().next() {
        Some(quote @ ('"' | '\'')) if written.len() > 1 && written.ends_with(quote) => {
            Span { start: span.start + 1, end: span.end - 1 }
        }
        _ => span,
    }
}

struct Walk {
    found: Vec<Place>,
}

impl Walk {
    fn spec(&mut self, spec: &Value, root: &Place) {
        let Some(sections) = spec.as_object() else { return };
        for (section, value) in sections {
            let place = root.child(section);
            match (section.as_str(), value) {
                ("auth", Value::Object(ways)) => self.auth(ways, &place),
                ("auth", _) => self.all(value, &place),
                ("settings", Value::Object(settings)) => self.settings(settings, &place),
                ("sandbox", Value::Object(resources)) => {
                    for (name, fields) in resources {
                        self.seeds(fields, &place.child(name));
                    }
                }
                ("map", Value::Object(fields)) => {
                    for (field, value) in fields {
                        self.expression(field, value, &place.child(field));
                    }
                }
                (known, Value::Object(entries)) if NAMED.contains(&known) => {
                    for (name, value) in entries {
                        self.below(value, &place.child(name));
                    }
                }
                (key, value) => self.entry(key, value, &place),
            }
        }
    }

    fn auth(&mut self, ways: &Map<String, Value>, place: &Place) {
        for (name, way) in ways {
            let place = place.child(name);
            let Value::Object(members) = way else {
                self.all(way, &place);
                continue;
            };
            for (key, value) in members {
                let place = place.child(key);
                match OF_AUTH.contains(&key.as_str()) || is_slip(key) {
                    true => self.below(value, &place),
                    false => self.all(value, &place),
                }
            }
        }
    }

    fn settings(&mut self, settings: &Map<String, Value>, place: &Place) {
        for (name, setting) in settings {
            let place = place.child(name);
            match setting {
                Value::Object(members) if is_secret(name) => {
                    let shown = |key: &str| ["type", "doc"].contains(&key);
                    for (key, value) in members.iter().filter(|(key, _)| !shown(key)) {
                        self.all(value, &place.child(key));
                    }
                }
                other if is_secret(name) => self.all(other, &place),
                other => self.below(other, &place),
            }
        }
    }

    fn seeds(&mut self, fields: &Value, place: &Place) {
        for (path, rule) in fields.as_object().into_iter().flatten() {
            let last = path.rsplit('.').next().unwrap_or(path);
            let Some(rule) = rule.as_object().filter(|_| is_secret(last)) else { continue };
            for key in ["value", "one_of"] {
                if let Some(value) = rule.get(key) {
                    self.all(value, &place.child(path).child(key));
                }
            }
        }
    }

    /// Text in an expression for a field that holds a secret.
    fn expression(&mut self, field: &str, value: &Value, place: &Place) {
        let Some(text) = value.as_str().filter(|_| is_secret(field)) else { return };
        let mut from = 0;
        while let Some(start) = text[from..].find(['"', '\'']).map(|at| from + at) {
            let quote = &text[start..=start];
            let Some(len) = text[start + 1..].find(quote) else { break };
            self.found.push(place.within(start + 1, start + 1 + len));
            from = start + len + 2;
        }
    }

    fn entry(&mut self, key: &str, value: &Value, place: &Place) {
        let last = super::words(key).pop().unwrap_or_default();
        if WORDS.contains(&key) {
        } else if is_secret(key) || last.eq_ignore_ascii_case("token") {
            self.all(value, place);
        } else {
            self.below(value, place);
        }
    }

    fn below(&mut self, value: &Value, place: &Place) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    self.entry(key, value, &place.child(key));
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.below(value, &place.child(index));
                }
            }
            Value::String(text) => {
                let parts = in_url(text).into_iter();
                self.found.extend(parts.map(|part| place.within(part.start, part.end)));
            }
            _ => {}
        }
    }

    fn all(&mut self, value: &Value, place: &Place) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| self.all(value, &place.child(key)));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, value)| self.all(value, &place.child(at)));
            }
            Value::String(_) | Value::Number(_) => self.found.push(place.clone()),
            _ => {}
        }
    }
}

/// A key with a slip in it holds what the right one would hold.
fn is_slip(key: &str) -> bool {
    let near = |known: &&str| {
        let slips = slips(key, known);
        slips <= 2 && slips * 3 <= known.len()
    };
    !is_secret(key) && OF_AUTH.iter().any(near)
}

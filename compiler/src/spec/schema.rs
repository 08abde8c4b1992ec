//! The JSON Schema of spec files, and a walk that holds a file against it and reports everything.

use super::{elsewhere, mistyped, syntax};
use crate::diagnostics::codes::spec as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Edit, is_anagram, near};
use crate::source::Place;
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// What a spec file describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One provider: the file has the key `integration`.
    Integration,
    /// A sync: the file has the key `sync`.
    Sync,
}

/// The JSON Schema of a kind of spec file, for editors and for the reader.
#[must_use]
pub fn json_schema(kind: Kind) -> Value {
    let schema = match kind {
        Kind::Integration => schemars::schema_for!(syntax::Integration),
        Kind::Sync => schemars::schema_for!(syntax::Sync),
    };
    let mut schema = schema.to_value();
    unwrapped(&mut schema);
    schema
}

/// Descriptions are lines of comments; editors show text.
fn unwrapped(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get_mut("description") {
                let paragraphs = text.split("\n\n").map(|lines| lines.replace('\n', " "));
                *text = paragraphs.collect::<Vec<_>>().join("\n\n");
            }
            members.values_mut().for_each(unwrapped);
        }
        Value::Array(items) => items.iter_mut().for_each(unwrapped),
        _ => {}
    }
}

/// Holds a file against the schema of its kind.
pub(super) fn hold(kind: Kind, value: &Value, root: &Place, diagnostics: &mut Diagnostics) {
    static SCHEMAS: [OnceLock<Value>; 2] = [OnceLock::new(), OnceLock::new()];
    let [integration, sync] = &SCHEMAS;
    let schema = match kind {
        Kind::Integration => integration,
        Kind::Sync => sync,
    };
    let schema = schema.get_or_init(|| json_schema(kind));
    Walk { root: schema, diagnostics }.value(schema, value, root);
}

/// What a schema says about a key, in one line.
type Said<'w> = Option<&'w str>;

fn description(schema: &Value) -> Said<'_> {
    schema.get("description").and_then(Value::as_str).map(first_line)
}

struct Walk<'w> {
    root: &'w Value,
    diagnostics: &'w mut Diagnostics,
}

impl<'w> Walk<'w> {
    fn value(&mut self, schema: &'w Value, value: &Value, place: &Place) {
        let said = description(schema);
        let schema = self.dereferenced(schema);
        let said = said.or_else(|| description(schema));
        if let Some(branches) = branches(schema) {
            return self.one_of(said, &branches, value, place);
        }
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
            let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            return self.word(said, schema, &allowed, value, place);
        }
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|name| is(name, value)) {
            return self.wrong_type(said, &[schema], value, place);
        }
        match value {
            Value::Object(members) => self.mapping(schema, members, place),
            Value::Array(items) => {
                if let Some(item) = schema.get("items") {
                    for (index, value) in items.iter().enumerate() {
                        self.value(item, value, &place.child(index));
                    }
                }
            }
            Value::Number(number) => self.range(schema, number, place),
            _ => {}
        }
    }

    fn mapping(&mut self, schema: &'w Value, members: &Map<String, Value>, place: &Place) {
        let none = Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let more = schema.get("additionalProperties");
        for (key, value) in members {
            let at = place.child(key);
            match (schema["properties"].get(key), more) {
                (Some(known), _) => self.value(known, value, &at),
                (None, Some(Value::Bool(false))) => {
                    let message = format!("unknown key `{key}`");
                    let finding = Diagnostic::error(codes::UNKNOWN_KEY, message).at(&at.key(), "");
                    let mut finding = match elsewhere::help(key, place) {
                        Some(help) => finding.help(help),
                        None => finding.nearest(key, known.keys().map(String::as_str)),
                    };
                    // A key that is there already would be there twice.
                    let free = |edit: &Edit| !members.contains_key(&edit.new);
                    finding.suggestions.retain(|suggestion| suggestion.edits.iter().all(free));
                    self.diagnostics.push(finding);
                }
                (None, Some(schema)) => self.value(schema, value, &at),
                (None, None) => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        let unknown = |key: &&String| !known.contains_key(*key);
        // Short ones are near nothing: that the one is unknown and the other missing says it.
        let same = |other: &str, key: &str| near(other, key) || is_anagram(other, key);
        let mistyped = |key: &str| members.keys().filter(unknown).any(|other| same(other, key));
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            // Where a key is mistyped, that was said of the key.
            if !members.contains_key(key) && (more.is_none_or(Value::is_object) || !mistyped(key)) {
                let mut diagnostic =
                    Diagnostic::error(codes::MISSING_KEY, format!("the key `{key}` is missing"))
                        .at(&owner(place), "");
                if let Some(text) = known.get(key).and_then(|s| s["description"].as_str()) {
                    diagnostic = diagnostic.help(format!("`{key}`: {}", first_line(text)));
                }
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// The branches of an untagged enum differ in type, so the type of the value picks the branch.
    fn one_of(&mut self, said: Said<'w>, branches: &[&'w Value], value: &Value, place: &Place) {
        let branches: Vec<&'w Value> = branches.iter().map(|b| self.dereferenced(b)).collect();
        let words: Vec<&str> = branches.iter().filter_map(|b| b["const"].as_str()).collect();
        if let ([first, ..], true) = (branches.as_slice(), words.len() == branches.len()) {
            return self.word(said, first, &words, value, place);
        }
        let fitting = branches.iter().find(|b| {
            let types = types(b);
            types.iter().any(|name| is(name, value)) || (types.is_empty() && !value.is_null())
        });
        if let Some(branch) = fitting {
            return self.value(branch, value, place);
        }
        self.wrong_type(said, &branches, value, place);
    }

    fn word(
        &mut self,
        said: Said<'w>,
        schema: &'w Value,
        allowed: &[&str],
        value: &Value,
        place: &Place,
    ) {
        match value.as_str() {
            Some(word) if allowed.contains(&word) => {}
            Some(word) => {
                let message = format!("`{word}` is not a word that may stand here");
                let list: Vec<String> = allowed.iter().map(|w| format!("`{w}`")).collect();
                self.diagnostics.push(
                    Diagnostic::error(codes::BAD_VALUE, message)
                        .at(place, "")
                        .help(format!("one of {}", list.join(", ")))
                        .suggest_nearest(word, allowed.iter().copied()),
                );
            }
            None => self.wrong_type(said, &[schema], value, place),
        }
    }

    fn range(&mut self, schema: &Value, number: &serde_json::Number, place: &Place) {
        let value = number.as_f64().unwrap_or(0.0);
        let outside = schema["minimum"].as_f64().is_some_and(|min| value < min)
            || schema["maximum"].as_f64().is_some_and(|max| value > max)
            || schema["format"] == "uint32" && value > f64::from(u32::MAX)
            || schema["format"] == "uint16" && value > f64::from(u16::MAX);
        if outside {
            let message = format!("{number} is out of range here");
            self.diagnostics.push(Diagnostic::error(codes::BAD_VALUE, message).at(place, ""));
        }
    }

    /// `said` is what the schema says at the key itself.
    fn wrong_type(&mut self, said: Said<'w>, shapes: &[&'w Value], value: &Value, place: &Place) {
        let types: Vec<&str> = shapes.iter().flat_map(|shape| types(shape)).collect();
        self.diagnostics.push(mistyped::finding(&types, shapes, said, value, place));
    }

    fn dereferenced(&self, schema: &'w Value) -> &'w Value {
        let name = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/"));
        name.and_then(|name| self.root["$defs"].get(name)).unwrap_or(schema)
    }
}

/// A mapping's entry in its parent; the whole file at the top.
fn owner(place: &Place) -> Place {
    if place.pointer.is_empty() { place.clone() } else { place.key() }
}

fn branches(schema: &Value) -> Option<Vec<&Value>> {
    let list = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    Some(list.iter().collect())
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        // A branch that is itself an enum of words.
        _ if schema["const"].is_string() || schema.get("oneOf").is_some() => vec!["string"],
        _ => Vec::new(),
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::source::Sources;
    use std::path::Path;

    #[track_caller]
    fn check(kind: Kind, text: &str, expected: &[&str]) {
        let mut sources = Sources::new().with_file("a.yaml", text);
        let file = sources.read(Path::new("a.yaml")).unwrap();
        let mut diagnostics = Diagnostics::new();
        let value = serde_yaml::from_str(text).unwrap();
        hold(kind, &value, &Place::root(file), &mut diagnostics);
        let found: Vec<String> = diagnostics
            .finish()
            .into_iter()
            .map(|d| {
                let place = d.primary.unwrap().place;
                format!("{place:?}: {}; {}", d.message, d.help.join("; "))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn reports_everything_at_once() {
        check(
            Kind::Integration,
            "gusset: one
integration: x
limit: {}
operations:
  list: {id: a, paginate: {itms: body, size: {value: many}, cursor: {from: a, into: b, mroe: c}}}
  get: {id: a, repeat: sometimes}
resources: {a: {type: A, key: id, list: 1, get: {operatoin: x}}}
",
            &[
                "#0/gusset: expected a whole number, found text; `gusset`: The version of this language: 1.",
                "#0/limit (key): unknown key `limit`; did you mean `limits`?",
                "#0/operations/get/repeat: `sometimes` is not a word that may stand here; \
                 one of `safe`, `idempotent`, `never`",
                "#0/operations/list/paginate/cursor/mroe (key): unknown key `mroe`; \
                 did you mean `more`?",
                "#0/operations/list/paginate/itms (key): unknown key `itms`; \
                 did you mean one of `items`, `item`?",
                "#0/operations/list/paginate/size/value: expected a whole number, found text; \
                 `value`: Records per page.",
                "#0/resources/a/get/operatoin (key): unknown key `operatoin`; \
                 did you mean `operation`?",
                "#0/resources/a/list: expected text or a mapping, found the number 1; `list`: The name of an operation, or \
                 more about its use.; in quotes it is text: `'1'`; a mapping that has `operation`",
            ],
        );
    }

    #[test]
    fn says_where_a_word_of_another_tool_goes_and_what_a_number_lacks() {
        check(
            Kind::Integration,
            "gusset: 1
integration: x
retries: 3
limits: {burst: {quota: 100}}
errors: {rules: [{when: status == 429, action: wait, for: 5}]}
operations: {get: {path: /a}}
",
            &[
                "#0/errors/rules/0/for: expected text, found the number 5; `for`: CEL: how long to wait; a duration such as \
                 `duration(\"30s\")` or `retry_after().orValue(duration(\"30s\"))`.",
                "#0/limits/burst/quota: expected text, found the number 100; `quota`: Calls in a window: `100 per 10s`.; \
                 with its window: `100 per 1m` for a minute",
                "#0/operations/get/path (key): unknown key `path`; an operation that has no id in the document is named by its \
                 method and path: `call: 'GET /things/{id}'`",
                "#0/retries (key): unknown key `retries`; which answers are sent again is a rule of `errors`: \
                 `rules: [{when: status >= 500, action: retry}]`; how often, code says with `Options::with_retry`",
            ],
        );
        check(
            Kind::Sync,
            "gusset: 1\nsync: a\nintegrations: {}\nsource: a.b\ntarget: b.c\nmatch: {source: a, target: b}\nmap: {}\nevery: 5\nschedule: 5m\n",
            &[
                "#0/every: expected text, found the number 5; `every`: How often, for a runner: `5m`.; with its unit: `5s` for \
                 seconds, `5m` for minutes",
                "#0/schedule (key): unknown key `schedule`; how often a sync is due is said by its `every`: `every: 5m`",
            ],
        );
    }

    #[test]
    fn a_sync_needs_its_keys() {
        check(
            Kind::Sync,
            "gusset: 1\nsync: a\nintegrations: {}\nsource: a.b\ntarget: b.c\nmap: {}\ndeletes: drop\n",
            &[
                "#0: the key `match` is missing; `match`: Which source record is which target record.",
                "#0/deletes: `drop` is not a word that may stand here; one of `keep`",
            ],
        );
    }

    /// Everything that has a name, with what is said about it.
    fn members(schema: &Value, at: &str, found: &mut Vec<(String, String)>) {
        let said = |value: &Value| value["description"].as_str().unwrap_or_default().to_owned();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            found.push((format!("{at}/{name}"), said(member)));
            members(member, &format!("{at}/{name}"), found);
        }
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            found.push((name.clone(), said(definition)));
            members(definition, name, found);
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            for branch in schema[key].as_array().into_iter().flatten() {
                if let Some(word) = branch["const"].as_str() {
                    found.push((format!("{at}={word}"), said(branch)));
                }
                members(branch, at, found);
            }
        }
        members_below(&schema["additionalProperties"], at, found);
    }

    fn members_below(schema: &Value, at: &str, found: &mut Vec<(String, String)>) {
        if schema.is_object() {
            members(schema, at, found);
        }
    }

    #[test]
    fn the_schema_says_what_every_word_means() {
        for kind in [Kind::Integration, Kind::Sync] {
            let schema = json_schema(kind);
            let mut found = Vec::new();
            members(&schema, "", &mut found);
            assert!(found.len() > 30, "{found:?}");
            let silent: Vec<_> = found.iter().filter(|(_, text)| text.is_empty()).collect();
            assert!(silent.is_empty(), "{silent:?}");
            let broken: Vec<_> = found.iter().filter(|(_, text)| text.contains('\n')).collect();
            assert!(broken.is_empty(), "{broken:?}");
        }
    }

    /// The words that a type's reader says it knows.
    fn read_by<T: serde::de::DeserializeOwned>(wrong: Value) -> Vec<String> {
        let Err(error) = serde_json::from_value::<T>(wrong) else { return Vec::new() };
        let text = error.to_string();
        assert!(text.starts_with("unknown "), "{text}");
        let mut words: Vec<String> =
            text.split('`').skip(3).step_by(2).map(str::to_owned).collect();
        words.sort();
        words
    }

    /// The words that the schema has for a type.
    fn shown_by(schema: &Value) -> Vec<String> {
        let listed = schema["enum"].as_array().into_iter().flatten();
        let branches = schema["oneOf"].as_array().into_iter().flatten().flat_map(|branch| {
            branch["enum"].as_array().into_iter().flatten().chain(branch.get("const"))
        });
        let words = listed.chain(branches).filter_map(Value::as_str).map(str::to_owned);
        let keys =
            schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone());
        let mut words: Vec<String> = words.chain(keys).collect();
        words.sort();
        words
    }

    #[test]
    fn the_schema_has_the_words_that_the_reader_has() {
        use syntax::*;
        let key = || serde_json::json!({"\u{1}": null});
        let word = || serde_json::json!("\u{1}");
        macro_rules! all {
            ($wrong:ident: $($ty:ident),* $(,)?) => {
                [$((stringify!($ty), read_by::<$ty>($wrong()))),*]
            };
        }
        let mut known: Vec<(&str, Vec<String>)> = Vec::new();
        known.extend(all!(key: About, Setting, Integration, FullServer, Auth, Hook, SyncHook, Limit, Observe, Reset, Usage, Errors,
            ErrorRule, Operation, Paginate, Cursor, NextUrl, Offset, PageNumber, Continue, PageSize, Resource, FullUse, FullVerify,
            Changes, Ids, Since, Upsert, Batch, Results, Sync, Lookup, Match, Type));
        known.extend(all!(word: SettingKind, UnknownMembers, HookOn, AuthKind, OAuthFlow, ClientAuth, Algorithm, Scope, ResetUnit, Action,
            Repeat, Absent, TimeFormat, Order, Deletes, Direction));
        let mut met = 0;
        for kind in [Kind::Integration, Kind::Sync] {
            let schema = json_schema(kind);
            let root = schema["title"].as_str().unwrap().to_owned();
            let definitions = schema["$defs"].as_object().unwrap().iter();
            for (name, definition) in definitions.chain([(&root, &schema)]) {
                // They have no words of their own: a text, or a mapping that is listed here.
                if ["Use", "Server", "Verify"].contains(&name.as_str()) {
                    continue;
                }
                let of = known.iter().find(|(known, _)| known == name);
                let (_, words) = of.unwrap_or_else(|| panic!("`{name}` is not compared"));
                assert_eq!(&shown_by(definition), words, "{name}");
                assert!(!words.is_empty(), "{name}");
                if definition.get("properties").is_some() {
                    assert_eq!(definition["additionalProperties"], false, "{name}");
                }
                met += 1;
            }
        }
        // `About` and `Setting` are in both.
        assert!(met >= known.len(), "{met} of {}", known.len());
    }
}

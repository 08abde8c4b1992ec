//! The schemas of a document as JSON Schema, at the same places.

use jsonschema::{Draft, PatternCache, Registry, Validator};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The schemas of a document, ready to validate.
pub(crate) struct Schemas {
    /// The document with its schemas as JSON Schema.
    pub(crate) document: Value,
    draft: Draft,
}

/// Validators by place.
pub(crate) struct Validators<'a> {
    registry: &'a Registry<'a>,
    draft: Draft,
    patterns: PatternCache,
    built: HashMap<String, Result<Validator, String>>,
}

const HOME: &str = "json:///document";

impl Schemas {
    pub(crate) fn new(document: &Value) -> Self {
        let version = document["openapi"].as_str().unwrap_or_default();
        let modern = version.starts_with("3.1") || version.starts_with("3.2");
        let draft = if modern { Draft::Draft202012 } else { Draft::Draft7 };
        let mut document = document.clone();
        if !modern {
            convert(&mut document, false);
        }
        Schemas { document, draft }
    }

    pub(crate) fn registry(&self) -> Result<Registry<'_>, String> {
        let resource = self.draft.create_resource_ref(&self.document);
        let registry = Registry::new().add(HOME, resource).map_err(|e| e.to_string())?;
        registry.prepare().map_err(|e| e.to_string())
    }

    pub(crate) fn validators<'a>(&self, registry: &'a Registry<'a>) -> Validators<'a> {
        let (draft, patterns) = (self.draft, PatternCache::default());
        Validators { registry, draft, patterns, built: HashMap::new() }
    }
}

impl Validators<'_> {
    /// Why the schema at a place does not allow a value; `Err` if the schema cannot be used.
    pub(crate) fn fault(&mut self, pointer: &str, value: &Value) -> Result<Option<String>, String> {
        if !self.built.contains_key(pointer) {
            let validator = self.build(pointer);
            self.built.insert(pointer.to_owned(), validator);
        }
        match &self.built[pointer] {
            Ok(validator) => Ok(validator.validate(value).err().map(|error| error.to_string())),
            Err(why) => Err(why.clone()),
        }
    }

    fn build(&self, pointer: &str) -> Result<Validator, String> {
        let fragment: String = pointer.bytes().fold(String::new(), |mut text, byte| {
            match byte {
                b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                    text.push(char::from(byte));
                }
                _ => text.push_str(&format!("%{byte:02X}")),
            }
            text
        });
        jsonschema::options()
            .with_draft(self.draft)
            .with_registry(self.registry)
            .with_pattern_cache(self.patterns.clone())
            .should_validate_formats(true)
            .with_format("uuid", is_uuid)
            .build(&json!({"$ref": format!("{HOME}#{fragment}")}))
            .map_err(|error| error.to_string())
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Keys whose values are data.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// What OpenAPI 2.0 and 3.0 say in their own way. `names`: the keys of this object are names, not keywords.
fn convert(node: &mut Value, names: bool) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| convert(item, false)),
        Value::Object(object) => {
            if !names {
                keywords(object);
            }
            for (key, value) in object.iter_mut() {
                if names || !DATA.contains(&key.as_str()) && !key.starts_with("x-") {
                    let named =
                        !names && matches!(key.as_str(), "properties" | "definitions" | "schemas");
                    convert(value, named);
                }
            }
        }
        _ => {}
    }
}

fn keywords(object: &mut Map<String, Value>) {
    if object.get("$ref").is_some_and(Value::is_string) {
        object.retain(|key, _| key == "$ref");
        return;
    }
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match object.get(exclusive) {
            Some(Value::Bool(true)) => {
                let bound = object.remove(bound);
                match bound {
                    Some(bound) => object.insert(exclusive.to_owned(), bound),
                    None => object.remove(exclusive),
                };
            }
            Some(Value::Bool(false)) => {
                object.remove(exclusive);
            }
            _ => {}
        }
    }
    // Beside a member, `required: true` is a habit of older documents.
    if object.get("required").is_some_and(Value::is_boolean) {
        object.remove("required");
    }
    // `id` names a schema in older drafts only; `$schema` would choose another draft.
    object.remove("$schema");
    let null = |key: &str| object.get(key) == Some(&Value::Bool(true));
    if null("nullable") || null("x-nullable") {
        if let Some(Value::Array(values)) = object.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
        match object.get("type").cloned() {
            Some(Value::String(name)) => {
                object.insert("type".to_owned(), json!([name, "null"]));
            }
            Some(_) => {}
            None => match ["allOf", "anyOf", "oneOf"].map(|key| object.contains_key(key)) {
                [false, false, false] => {}
                // Choices stay where they are: by their places they are tried.
                [false, any, one] if any != one => {
                    let choices = object.get_mut(if any { "anyOf" } else { "oneOf" });
                    let choices = choices.and_then(Value::as_array_mut);
                    choices.into_iter().for_each(|choices| choices.push(json!({"type": "null"})));
                }
                [_, any, _] => {
                    let mut plain: Map<String, Value> = std::mem::take(object);
                    plain.retain(|key, _| key != "nullable" && key != "x-nullable");
                    let choices = vec![Value::Object(plain), json!({"type": "null"})];
                    let key = if any { "oneOf" } else { "anyOf" };
                    object.insert(key.to_owned(), Value::Array(choices));
                }
            },
        }
    }
}

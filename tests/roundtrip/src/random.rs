//! Random instances of a schema. What comes out is validated, so that this may guess.

use crate::one_way::is_elsewhere;
use proptest::prelude::Rng;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// Makes instances of the schemas of a document.
pub(crate) struct Random<'a> {
    document: &'a Value,
    runner: TestRunner,
    /// Whether what is made is sent or received, where that makes a difference.
    requests: Option<bool>,
}

/// Deeper than this only what is required is made, and much deeper nothing.
const DEEP: usize = 5;

impl<'a> Random<'a> {
    /// The same document and seed give the same instances.
    pub(crate) fn new(document: &'a Value, seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Random {
            document,
            runner: TestRunner::new_with_rng(Config::default(), rng),
            requests: None,
        }
    }

    /// An instance of the schema at a place; `requests` is its direction, where that makes a difference.
    pub(crate) fn instance(&mut self, place: &str, requests: Option<bool>) -> Option<Value> {
        self.requests = requests;
        self.value(self.document.pointer(place)?, 0)
    }

    fn below(&mut self, bound: usize) -> usize {
        let random = usize::try_from(self.runner.rng().next_u32()).unwrap_or(0);
        if bound == 0 { 0 } else { random % bound }
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<'v>(&mut self, values: &'v [Value]) -> Option<&'v Value> {
        values.get(self.below(values.len()))
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > 2 * DEEP {
            return None;
        }
        let Some(schema) = schema.as_object() else {
            return (schema != &Value::Bool(false)).then(|| self.anything());
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.pointer(reference.strip_prefix('#')?)?;
            return self.value(target, depth + 1);
        }
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return self.one(values).cloned();
        }
        let mut parts: Vec<&Value> = Vec::new();
        if let Some(Value::Array(all)) = schema.get("allOf") {
            parts.extend(all);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(choices)) = schema.get(key) {
                parts.extend(self.one(choices));
            }
        }
        let own = self.own(schema, depth, parts.is_empty())?;
        let mut whole = own;
        for part in parts {
            let part = self.value(part, depth + 1)?;
            whole = match (whole, part) {
                (Some(Value::Object(mut a)), Value::Object(b)) => {
                    a.extend(b);
                    Some(Value::Object(a))
                }
                (_, part) => Some(part),
            };
        }
        whole
    }

    /// What the schema's own keywords say; `Some(None)` if they say nothing.
    #[expect(clippy::option_option, reason = "no instance is something else than no opinion")]
    fn own(
        &mut self,
        schema: &Map<String, Value>,
        depth: usize,
        alone: bool,
    ) -> Option<Option<Value>> {
        let kind = match schema.get("type") {
            Some(Value::String(name)) => Some(name.as_str()),
            Some(Value::Array(names)) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                let solid: Vec<&str> = names.iter().copied().filter(|n| *n != "null").collect();
                if solid.is_empty() || names.contains(&"null") && self.chance(20) {
                    Some("null")
                } else {
                    Some(solid[self.below(solid.len())])
                }
            }
            _ if schema.contains_key("properties") => Some("object"),
            _ if schema.contains_key("additionalProperties") => Some("object"),
            _ if schema.contains_key("items") => Some("array"),
            _ => None,
        };
        Some(Some(match kind {
            Some("null") => Value::Null,
            Some("boolean") => Value::Bool(self.chance(50)),
            Some("integer") => self.integer(schema),
            Some("number") => self.number(schema),
            Some("string") => Value::String(self.string(schema)),
            Some("array") => self.array(schema, depth)?,
            Some("object") => self.object(schema, depth)?,
            _ if alone => self.anything(),
            _ => return Some(None),
        }))
    }

    fn anything(&mut self) -> Value {
        let values =
            [json!("text"), json!(7), json!(true), json!({"a": [1, null]}), json!([]), json!(-2.5)];
        values[self.below(values.len())].clone()
    }

    fn bounds(schema: &Map<String, Value>) -> (Option<f64>, Option<f64>) {
        let number = |key: &str| schema.get(key).and_then(Value::as_f64);
        let low = number("minimum").or_else(|| number("exclusiveMinimum").map(|n| n + 1.0));
        let high = number("maximum").or_else(|| number("exclusiveMaximum").map(|n| n - 1.0));
        (low, high)
    }

    #[expect(clippy::cast_possible_truncation, reason = "bounds that are no integers are guessed")]
    fn integer(&mut self, schema: &Map<String, Value>) -> Value {
        let (low, high) = Self::bounds(schema);
        let int64 = schema.get("format").and_then(Value::as_str) != Some("int32");
        let many = [0, 1, -1, 42, 1_000_000, if int64 { 9_007_199_254_740_993 } else { 7 }];
        let guess = many[self.below(many.len())];
        let step = schema.get("multipleOf").and_then(Value::as_i64).unwrap_or(1).max(1);
        let low = low.map_or(i64::MIN, |low| low as i64);
        let high = high.map_or(i64::MAX, |high| high as i64).max(low);
        let value = guess.clamp(low, high);
        json!(value - value % step)
    }

    fn number(&mut self, schema: &Map<String, Value>) -> Value {
        let (low, high) = Self::bounds(schema);
        let many = [0.0_f64, 1.0, -1.5, 0.1, 1e21, 123_456.789];
        let guess = many[self.below(many.len())];
        let low = low.unwrap_or(f64::MIN);
        json!(guess.clamp(low, high.unwrap_or(f64::MAX).max(low)))
    }

    fn string(&mut self, schema: &Map<String, Value>) -> String {
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && let Ok(strategy) = proptest::string::string_regex(pattern)
            && let Ok(tree) = strategy.new_tree(&mut self.runner)
        {
            return tree.current();
        }
        let many: &[&str] = match schema.get("format").and_then(Value::as_str).unwrap_or_default() {
            "date-time" => &[
                "2026-11-22T10:00:00Z",
                "2026-11-22T10:00:00.120Z",
                "2026-11-22T10:00:00+02:00",
                "1969-12-31T23:59:59.000000001-11:30",
                "2026-11-22t10:00:00z",
            ],
            "date" => &["2026-11-22", "0001-01-01", "9999-12-31"],
            "time" => &["10:00:00Z", "23:59:59.5+01:00"],
            "duration" => &["P1D", "PT1H30M", "P1Y2M3DT4H5M6S"],
            "uuid" => {
                &["0190163d-8694-739b-aea5-966c26f8ad91", "0190163D-8694-739B-AEA5-966C26F8AD91"]
            }
            "uri" | "url" | "iri" | "uri-reference" => &["https://example.com/a?b=c#d", "urn:x:y"],
            "email" => &["a@example.com"],
            "ipv4" => &["127.0.0.1"],
            "ipv6" => &["::1"],
            "hostname" => &["example.com"],
            "byte" | "binary" | "base64" => &["aGVsbG8=", ""],
            "decimal" => &["1.50", "-0.1"],
            _ => &["", "text", "12", "true", "null", "2026-11-22", "\u{e9}\u{1f980}\n\"\\", " "],
        };
        let mut text = many[self.below(many.len())].to_owned();
        let length = |key: &str| schema.get(key).and_then(Value::as_u64).map(|n| n as usize);
        while length("minLength").is_some_and(|least| text.chars().count() < least) {
            text.push('x');
        }
        if let Some(most) = length("maxLength") {
            text = text.chars().take(most).collect();
        }
        text
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let number = |key: &str| schema.get(key).and_then(Value::as_u64).map(|n| n as usize);
        let least = number("minItems").unwrap_or(0).min(20);
        let wanted = if depth > DEEP { least } else { least + self.below(3) };
        let wanted = wanted.min(number("maxItems").unwrap_or(usize::MAX));
        let tuple = ["prefixItems", "items"].iter().find_map(|key| schema.get(*key)?.as_array());
        let rest = schema.get("items").filter(|items| !items.is_array());
        let any = Value::Bool(true);
        let mut items: Vec<Value> = Vec::new();
        for at in 0..wanted.max(tuple.map_or(0, Vec::len)) {
            let item = tuple.and_then(|items| items.get(at)).or(rest).unwrap_or(&any);
            match self.value(item, depth + 1) {
                Some(item) if !items.contains(&item) => items.push(item),
                Some(item) if schema.get("uniqueItems") != Some(&any) => items.push(item),
                None if items.len() < least => return None,
                _ => {}
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for (name, member) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let must = required.contains(&name.as_str());
            let document = self.document;
            let elsewhere = |requests| is_elsewhere(document, member, requests);
            let leave = depth > DEEP || self.requests.is_some_and(elsewhere) || self.chance(50);
            if !must && leave {
                continue;
            }
            match self.value(member, depth + 1) {
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                None if must => return None,
                None => {}
            }
        }
        for name in required {
            if !object.contains_key(name) {
                let value = self.anything();
                object.insert(name.to_owned(), value);
            }
        }
        if let Some(rest) = schema.get("additionalProperties").filter(|rest| rest.is_object())
            && depth <= DEEP
        {
            for name in ["other", "an other"] {
                if let Some(value) = self.value(rest, depth + 1).filter(|_| self.below(2) == 0) {
                    object.entry(name).or_insert(value);
                }
            }
        }
        Some(Value::Object(object))
    }
}

//! The words of the spec language that may stand at a place, from its JSON Schema.

use serde_json::Value;

/// The words that may stand at a pointer of a spec.
pub(crate) fn words(schema: &Value, spec: &Value, pointer: &str) -> Vec<String> {
    let mut at = vec![schema];
    let mut value = spec;
    for segment in pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")) {
        let inner = if value.is_array() {
            value.get(segment.parse::<usize>().unwrap_or(0))
        } else {
            value.get(&segment)
        };
        let Some(inner) = inner else { return Vec::new() };
        value = inner;
        at = at
            .into_iter()
            .flat_map(|s| branches(schema, s))
            .filter_map(|s| {
                s["properties"]
                    .get(&segment)
                    .or_else(|| s.get("items"))
                    .or_else(|| s.get("additionalProperties").filter(|more| more.is_object()))
            })
            .collect();
    }
    let mut words = Vec::new();
    for schema in at.into_iter().flat_map(|s| branches(schema, s)) {
        let listed = schema["enum"].as_array().into_iter().flatten();
        words
            .extend(listed.chain(schema.get("const")).filter_map(Value::as_str).map(str::to_owned));
    }
    words
}

/// A schema behind its references, and all its alternatives.
fn branches<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s Value> {
    let name = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/"));
    let schema = name.and_then(|name| root["$defs"].get(name)).unwrap_or(schema);
    let below =
        ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    let mut all = vec![schema];
    all.extend(below.flat_map(|s| branches(root, s)));
    all
}

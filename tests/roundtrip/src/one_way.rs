//! Members that travel one way only: read-only ones have no place in what is sent, write-only ones none in answers.

use crate::examples::target;
use serde_json::Value;

/// Whether a schema is of the other direction than this one: by itself, or by what it refers to.
pub(crate) fn is_elsewhere(document: &Value, schema: &Value, requests: bool) -> bool {
    let key = if requests { "readOnly" } else { "writeOnly" };
    let flagged = |schema: &&Value| schema.get(key) == Some(&Value::Bool(true));
    expanded(document, schema, &["allOf"]).iter().any(flagged)
}

/// Whether a path of keys and indices leads through a member that is of the other direction.
pub(crate) fn leads_elsewhere(document: &Value, place: &str, path: &str, requests: bool) -> bool {
    let mut here: Vec<&Value> = document.pointer(place).into_iter().collect();
    for key in path.split('/').skip(1) {
        let whole = here.iter().flat_map(|s| expanded(document, s, &["allOf", "oneOf", "anyOf"]));
        here = whole.filter_map(|schema| step(schema, key)).collect();
        if here.iter().any(|schema| is_elsewhere(document, schema, requests)) {
            return true;
        }
    }
    false
}

fn step<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    let member = schema.get("properties").and_then(|members| members.get(key));
    let item = || key.parse::<usize>().ok().and_then(|_| schema.get("items"));
    member.or_else(item).or_else(|| schema.get("additionalProperties"))
}

/// A schema, what it refers to, and the parts of both.
fn expanded<'a>(document: &'a Value, schema: &'a Value, groups: &[&str]) -> Vec<&'a Value> {
    let mut found: Vec<&Value> = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if found.len() > 1_000 || found.iter().any(|known| std::ptr::eq(*known, schema)) {
            continue;
        }
        found.push(schema);
        let reference = schema.get("$ref").and_then(Value::as_str);
        let place = reference.and_then(|reference| reference.strip_prefix('#'));
        open.extend(
            place.and_then(|place| target(document, place)).and_then(|at| document.pointer(&at)),
        );
        for group in groups {
            open.extend(schema.get(group).and_then(Value::as_array).into_iter().flatten());
        }
    }
    found
}

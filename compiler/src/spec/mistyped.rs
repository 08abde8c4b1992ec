//! A value of the wrong type: what the key is for, and how the value would be right.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::spec::WRONG_TYPE;
use crate::source::Place;
use crate::spec::quantity::{DURATION, QUOTA};
use serde_json::Value;

/// Keys that are named of a mapping; there may be more.
const NAMED: usize = 4;

/// The finding. `types` are those of JSON Schema that may stand there; `shapes` are the schemas that have them.
pub(super) fn finding(
    types: &[&str],
    shapes: &[&Value],
    about: Option<&str>,
    value: &Value,
    place: &Place,
) -> Diagnostic {
    let types: Vec<&str> = types.iter().copied().filter(|name| *name != "null").collect();
    let wanted: Vec<&str> = types.iter().map(|name| noun(name)).collect();
    let message = format!("expected {}, found {}", wanted.join(" or "), found(value));
    let mut finding = Diagnostic::error(WRONG_TYPE, message).at(place, "");
    if let (Some(about), Some(key)) = (about, named(place)) {
        finding = finding.help(format!("`{key}`: {about}"));
    }
    for name in &types {
        if let Some(help) = right(name, shapes, about, value) {
            finding = finding.help(help);
        }
    }
    finding
}

/// How the value would be of a type.
fn right(wanted: &str, shapes: &[&Value], about: Option<&str>, value: &Value) -> Option<String> {
    match (wanted, value) {
        // In quotes it would be the same number: what is expected instead, `about` says.
        ("string", Value::Number(_)) if about.is_some_and(|about| about.starts_with("CEL:")) => {
            None
        }
        ("string", Value::Number(number)) if has_pattern(shapes, DURATION) => {
            Some(format!("with its unit: `{number}s` for seconds, `{number}m` for minutes"))
        }
        ("string", Value::Number(number)) if has_pattern(shapes, QUOTA) => {
            Some(format!("with its window: `{number} per 1m` for a minute"))
        }
        // YAML takes more for numbers and the like than people do.
        ("string", Value::Number(_) | Value::Bool(_)) => {
            Some(format!("in quotes it is text: `'{value}'`"))
        }
        ("integer" | "number" | "boolean", Value::String(text)) => {
            let bare =
                text.trim().parse::<f64>().is_ok() || ["true", "false"].contains(&text.trim());
            bare.then(|| format!("without quotes: `{}`", text.trim()))
        }
        ("array", Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
            Some(format!("a list of one: `[{}]`", bare(value)))
        }
        ("object", _) => shapes.iter().find_map(|shape| mapping(shape)),
        _ => None,
    }
}

fn has_pattern(shapes: &[&Value], pattern: &str) -> bool {
    shapes.iter().any(|shape| shape["pattern"] == pattern)
}

/// What a mapping looks like.
fn mapping(shape: &Value) -> Option<String> {
    let keys = shape["properties"].as_object();
    let required: Vec<&str> =
        shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let all: Vec<&str> = keys.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    let list = |keys: &[&str]| {
        let keys: Vec<String> = keys.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        keys.join(", ")
    };
    match (required.as_slice(), all.as_slice()) {
        ([], []) if shape["additionalProperties"].is_object() => {
            Some("a mapping of names that you give: `name: ...`, one a line".to_owned())
        }
        ([], []) => None,
        ([], all) => Some(format!("a mapping with keys such as {}", list(all))),
        (required, _) => Some(format!("a mapping that has {}", list(required))),
    }
}

fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The key that a value stands under; entries of lists have none.
fn named(place: &Place) -> Option<String> {
    let last = place.segments().last()?;
    (!last.bytes().all(|byte| byte.is_ascii_digit())).then_some(last)
}

fn noun(name: &str) -> &str {
    match name {
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "text",
        "array" => "a list",
        "object" => "a mapping",
        other => other,
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(value) => format!("the number {value}"),
        Value::String(_) => "text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}

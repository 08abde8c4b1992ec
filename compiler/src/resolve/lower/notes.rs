//! What a document says about a member that its type does not: the default, listed values, limits.

use crate::ir::{Notes, StringFormat, TypeKind, TypeUse, Types, ValueNotes};
use crate::openapi::{Document, Node};
use crate::source::Json;

/// Longer lists of values, and longer defaults and patterns, are cut.
const MOST_VALUES: usize = 16;
const LONGEST: usize = 80;

/// What the schemas of a member say, the last first; what they refer to says what they do not.
pub(super) fn of(document: &Document, nodes: &[Node<'_>]) -> Notes {
    let targets = nodes.iter().rev().filter_map(|node| document.resolve(node.clone()).ok());
    let said: Vec<Node<'_>> = nodes.iter().rev().cloned().chain(targets).collect();
    let first = |key: &str| said.iter().find_map(|node| node.get(key)).map(|node| node.value);
    // Those that `limits` says in words.
    let whole = |key: &str| first(key)?.as_u64().filter(|n| (1..2_147_483_647).contains(n));
    let borders = -2_147_483_647..2_147_483_647;
    let bound = |key: &str| first(key)?.as_i64().filter(|n| borders.contains(n));
    let default = first("default").filter(|value| !value.is_null()).map(short);
    let values = ValueNotes {
        default,
        listed: listed(&first),
        limits: limits(&first),
        pattern: first("pattern")
            .and_then(Json::as_str)
            .filter(|text| text.len() <= LONGEST && !text.is_empty())
            .map(str::to_owned),
        length: (whole("minLength"), whole("maxLength")),
        bounds: (bound("minimum"), bound("maximum")),
        format: None,
    };
    Notes {
        deprecated: nodes.iter().any(|node| node.flag("deprecated")),
        values: (values != ValueNotes::default()).then(|| Box::new(values)),
    }
}

/// What the document says of text that the spec takes for other text: the types say it no more.
pub(super) fn refined(notes: &mut Notes, types: &Types, document: TypeUse, spec: TypeUse) {
    let was = &types.get(document.id).kind;
    if !matches!(types.get(spec.id).kind, TypeKind::String(_)) {
        return;
    }
    match was {
        TypeKind::String(format) if !matches!(format, StringFormat::Plain) => {
            notes.values.get_or_insert_default().format = Some(*format);
        }
        TypeKind::Enum(body) => {
            let values = notes.values.get_or_insert_default();
            values.listed = body.variants.iter().map(|variant| variant.wire.clone()).collect();
        }
        _ => {}
    }
}

/// Listed values that are no enum in Rust.
fn listed<'v>(first: &dyn Fn(&str) -> Option<&'v Json>) -> Vec<String> {
    let constant = first("const").map(std::slice::from_ref);
    let listed = constant.or_else(|| first("enum")?.as_array());
    let listed: Vec<&Json> =
        listed.unwrap_or_default().iter().filter(|value| !value.is_null()).collect();
    if listed.iter().all(|value| value.is_string()) {
        return Vec::new();
    }
    let mut values: Vec<String> =
        listed.iter().take(MOST_VALUES).map(|value| short(value)).collect();
    if listed.len() > MOST_VALUES {
        values.push("…".to_owned());
    }
    values
}

fn limits<'v>(first: &dyn Fn(&str) -> Option<&'v Json>) -> Vec<String> {
    let number = |key: &str| first(key).filter(|value| value.is_number());
    let mut limits = Vec::new();
    let least = number("minimum").filter(|_| first("exclusiveMinimum") != Some(&Json::Bool(true)));
    let most = number("maximum").filter(|_| first("exclusiveMaximum") != Some(&Json::Bool(true)));
    limits.extend(range(least, most, ""));
    let above =
        number("exclusiveMinimum").or_else(|| number("minimum").filter(|_| least.is_none()));
    let below = number("exclusiveMaximum").or_else(|| number("maximum").filter(|_| most.is_none()));
    limits.extend(above.map(|above| format!("more than {above}")));
    limits.extend(below.map(|below| format!("less than {below}")));
    limits.extend(number("multipleOf").map(|step| format!("a multiple of {step}")));
    limits.extend(range(number("minLength"), number("maxLength"), "character"));
    limits.extend(range(number("minItems"), number("maxItems"), "element"));
    limits.extend(range(number("minProperties"), number("maxProperties"), "member"));
    limits
}

/// `from 1 to 100`, `at most 20 characters`. A lower border of nothing says nothing of a count.
fn range(least: Option<&Json>, most: Option<&Json>, what: &str) -> Option<String> {
    let is = |value: &Json, number: f64| value.as_f64() == Some(number);
    let least = least.filter(|least| what.is_empty() || !is(least, 0.0));
    // The borders of a type are none.
    let most = most.filter(|most| most.as_f64().is_none_or(|most| most < 2_147_483_647.0));
    let least = least.filter(|least| least.as_f64().is_none_or(|least| least > -2_147_483_648.0));
    let one = |value: &Json| is(value, 1.0);
    let (words, single) = match (least, most) {
        (Some(least), Some(most)) if least == most => (format!("exactly {least}"), one(least)),
        (Some(least), Some(most)) => (format!("from {least} to {most}"), false),
        (Some(least), None) => (format!("at least {least}"), one(least)),
        (None, Some(most)) => (format!("at most {most}"), one(most)),
        (None, None) => return None,
    };
    Some(match what {
        "" => words,
        _ => format!("{words} {what}{}", if single { "" } else { "s" }),
    })
}

fn short(value: &Json) -> String {
    let text = match value {
        Json::String(text) => text.as_ref().to_owned(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

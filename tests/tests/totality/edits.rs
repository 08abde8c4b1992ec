//! Damage that is done to a document.

use serde_json::{Value, json};

/// One edit: what, where, and with what else, by numbers that any document can take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edit {
    kind: u8,
    at: u16,
    other: u16,
}

impl Edit {
    pub(crate) fn new(kind: u8, at: u16, other: u16) -> Self {
        Edit { kind, at, other }
    }

    pub(crate) fn apply(self, document: &mut Value) {
        let places = places(document);
        let pick = |number: u16| places[usize::from(number) % places.len()].clone();
        let (at, other) = (pick(self.at), pick(self.other));
        let (parent, key) = at.rsplit_once('/').unwrap_or_default();
        let key = key.replace("~1", "/").replace("~0", "~");
        match self.kind % 8 {
            0 => remove(document, parent, &key),
            1 => put(document, &at, odd(self.other)),
            // Another part of the document in its place, of whatever kind.
            2 => {
                let copy = document.pointer(&other).cloned().unwrap_or_default();
                put(document, &at, copy);
            }
            // A reference: to something, to nothing, to itself, to what contains it.
            3 => put(document, &at, json!({"$ref": format!("#{other}")})),
            4 => put(document, &at, json!({"$ref": reference(self.other, &at, parent)})),
            // Another type.
            5 => {
                let types = ["string", "integer", "array", "object", "null", "file", "", "\u{e9}"];
                let name = types[usize::from(self.other) % types.len()];
                put(document, &format!("{at}/type"), json!(name));
            }
            // The same once more, under another name.
            6 => {
                let copy = document.pointer(&at).cloned().unwrap_or_default();
                if let Some(Value::Object(object)) = document.pointer_mut(parent) {
                    object.insert(name(self.other, &key), copy);
                }
            }
            // Another name.
            _ => {
                if let Some(Value::Object(object)) = document.pointer_mut(parent)
                    && let Some(value) = object.shift_remove(&key)
                {
                    object.insert(name(self.other, &key), value);
                }
            }
        }
    }
}

/// A value that nobody expects.
fn odd(number: u16) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(-1),
        json!(1e300),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("*/ \u{0}\"#{}\r\n"),
        json!([]),
        json!({}),
        json!([null]),
        json!({"": null}),
        json!([[[]]]),
        json!({"allOf": [], "oneOf": [{}], "anyOf": [null], "not": {}}),
        json!({"enum": [null, 1, "1", {}, []], "type": ["string", "null"]}),
        json!({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Pet"}}),
    ];
    values[usize::from(number) % values.len()].clone()
}

fn reference(number: u16, at: &str, parent: &str) -> String {
    match number % 8 {
        0 => format!("#{at}"),
        1 => format!("#{parent}"),
        2 => "#".to_owned(),
        3 => "#/components/schemas/Missing".to_owned(),
        4 => "other.yaml#/x".to_owned(),
        5 => "https://example.com/x.json".to_owned(),
        6 => "#/components/schemas/%zz~2".to_owned(),
        _ => "#/components/schemas/Node".to_owned(),
    }
}

fn name(number: u16, key: &str) -> String {
    let names =
        ["", "self", "Self", "type", "_", "rest", "1", "\u{1f980}", "a b", "Result", "{id}", "/"];
    match usize::from(number) % (names.len() + 1) {
        at if at < names.len() => names[at].to_owned(),
        _ => key.to_uppercase(),
    }
}

/// Every place in a document but its root.
fn places(document: &Value) -> Vec<String> {
    let mut places = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((place, value)) = open.pop() {
        match value {
            Value::Object(object) => open.extend(object.iter().map(|(key, value)| {
                (format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")), value)
            })),
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(at, v)| (format!("{place}/{at}"), v)));
            }
            _ => {}
        }
        if !place.is_empty() {
            places.push(place);
        }
    }
    if places.is_empty() { vec!["/paths".to_owned()] } else { places }
}

fn put(document: &mut Value, at: &str, value: Value) {
    if let Some(place) = document.pointer_mut(at) {
        *place = value;
        return;
    }
    let (parent, key) = at.rsplit_once('/').unwrap_or_default();
    if let Some(Value::Object(object)) = document.pointer_mut(parent) {
        object.insert(key.to_owned(), value);
    }
}

fn remove(document: &mut Value, parent: &str, key: &str) {
    match document.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.shift_remove(key);
        }
        Some(Value::Array(items)) => {
            if let Ok(at) = key.parse::<usize>()
                && at < items.len()
            {
                items.remove(at);
            }
        }
        _ => {}
    }
}

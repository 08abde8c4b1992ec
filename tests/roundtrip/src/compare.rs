//! Whether two values are the same JSON: order of members and spelling of numbers aside.

use serde_json::{Number, Value};

/// What is different first.
pub(crate) enum Difference {
    /// A member is gone: where it was, and what it was.
    Lost(String, String),
    /// A member has come.
    Added(String),
    /// A value is another one.
    Changed(String),
}

pub(crate) fn difference(path: &str, was: &Value, is: &Value) -> Option<Difference> {
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, was) in a {
                let path = format!("{path}/{key}");
                match b.get(key) {
                    None => return Some(Difference::Lost(path, short(was))),
                    Some(is) => {
                        if let Some(found) = difference(&path, was, is) {
                            return Some(found);
                        }
                    }
                }
            }
            let new = b.iter().find(|(key, _)| !a.contains_key(*key))?;
            Some(Difference::Added(format!("{path}/{} = {}", new.0, short(new.1))))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut both = a.iter().zip(b).enumerate();
            both.find_map(|(at, (was, is))| difference(&format!("{path}/{at}"), was, is))
        }
        (Value::Number(a), Value::Number(b)) if same_number(a, b) => None,
        _ if was == is => None,
        _ => Some(Difference::Changed(format!("{path}: {} became {}", short(was), short(is)))),
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64()) {
        return a == b;
    }
    if let (Some(a), Some(b)) = (a.as_u64(), b.as_u64()) {
        return a == b;
    }
    a.as_f64() == b.as_f64()
}

pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

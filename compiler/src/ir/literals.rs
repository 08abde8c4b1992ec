//! Scalars as the tables of unions have them: text as it is, in quotes where it could be taken for another value; other
//! scalars as JSON. So `true` and `"true"` are two. The runtime reads them the same way.

use serde_json::Value;

/// A scalar as tables have it; nothing of what is none.
#[must_use]
pub fn write(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if is_scalar(text) => Some(value.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The scalar that stands in a table.
#[must_use]
pub fn read(literal: &str) -> Value {
    let scalar = is_scalar(literal).then(|| serde_json::from_str(literal).ok()).flatten();
    scalar.unwrap_or_else(|| Value::String(literal.to_owned()))
}

/// Whether text reads like a scalar in JSON.
fn is_scalar(text: &str) -> bool {
    let first = text.bytes().next();
    first.is_some_and(|byte| matches!(byte, b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'))
        && serde_json::from_str::<Value>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_are_read_as_they_were_written() {
        for value in [json!(true), json!("true"), json!(1), json!("1"), json!("a"), json!("\"a\"")]
        {
            assert_eq!(write(&value).map(|literal| read(&literal)), Some(value));
        }
        assert_eq!(write(&json!("cat")).as_deref(), Some("cat"));
        assert_eq!(write(&json!("1")).as_deref(), Some("\"1\""));
        assert_eq!(write(&json!([1])), None);
    }
}

//! Bodies, and JSON pointers into them.

use super::style::{Escape, Style, pairs};
use super::url::encode;
use bytes::Bytes;
use serde_json::{Map, Value};

/// A list element can only be added right behind the last; this bounds nothing else.
const NO_SUCH_ELEMENT: &str = "behind the end of the list";

#[derive(Clone)]
pub(super) enum Body {
    None,
    /// JSON that nothing has looked into.
    Json(Bytes),
    /// JSON that a slot was set in.
    Tree(Value),
    Form(Form),
    Bytes(Bytes),
}

/// A form, and how its members are written.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) value: Value,
    pub(super) style: Style,
    pub(super) others: &'static [(&'static str, Style)],
}

impl Body {
    pub(super) fn write(&self) -> Result<Bytes, String> {
        match self {
            Body::None => Ok(Bytes::new()),
            Body::Json(bytes) | Body::Bytes(bytes) => Ok(bytes.clone()),
            Body::Tree(value) => {
                serde_json::to_vec(value).map(Bytes::from).map_err(|error| error.to_string())
            }
            Body::Form(form) => form.write().map(Bytes::from),
        }
    }

    /// The value at a pointer, as text.
    pub(super) fn get(&self, pointer: &str) -> Option<String> {
        let text = |value: &Value| match value.pointer(pointer)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        match self {
            Body::Json(bytes) => text(&serde_json::from_slice(bytes).ok()?),
            Body::Tree(value) | Body::Form(Form { value, .. }) => text(value),
            Body::None | Body::Bytes(_) => None,
        }
    }

    /// The place that a pointer means, created where it is missing.
    pub(super) fn slot(&mut self, pointer: &str) -> Result<&mut Value, String> {
        match self {
            Body::None => *self = Body::Tree(Value::Null),
            Body::Json(bytes) => {
                *self =
                    Body::Tree(serde_json::from_slice(bytes).map_err(|error| error.to_string())?);
            }
            Body::Tree(_) | Body::Form(_) | Body::Bytes(_) => {}
        }
        match self {
            Body::Tree(value) | Body::Form(Form { value, .. }) => create(value, pointer),
            Body::None | Body::Json(_) | Body::Bytes(_) => {
                Err(format!("`{pointer}` cannot be set: the body is not JSON"))
            }
        }
    }
}

/// Walks a JSON pointer, making objects and list elements on the way.
fn create<'v>(root: &'v mut Value, pointer: &str) -> Result<&'v mut Value, String> {
    let mut value = root;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let index = token.parse::<usize>().ok();
        if value.is_null() {
            *value =
                if index.is_some() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        value = match (value, index) {
            (Value::Object(members), _) => members.entry(token).or_insert(Value::Null),
            (Value::Array(elements), Some(index)) => {
                if index == elements.len() {
                    elements.push(Value::Null);
                }
                elements
                    .get_mut(index)
                    .ok_or_else(|| format!("`{pointer}`: element {index} is {NO_SUCH_ELEMENT}"))?
            }
            _ => return Err(format!("`{pointer}`: there is nothing to put `{token}` into")),
        };
    }
    Ok(value)
}

/// Puts constants over a value: members of objects one by one, everything else as a whole.
pub(crate) fn merge(value: &mut Value, constants: Value) {
    match (value, constants) {
        (Value::Object(members), Value::Object(constants)) => {
            for (name, constant) in constants {
                merge(members.entry(name).or_insert(Value::Null), constant);
            }
        }
        (value, constants) => *value = constants,
    }
}

/// The text as a value of the old one's kind, if it can be.
pub(super) fn keep_kind(old: &Value, text: &str) -> Value {
    if old.is_number() { number(text) } else { Value::String(text.to_owned()) }
}

/// The text as a number, if it is one.
pub(super) fn number(text: &str) -> Value {
    text.parse().map_or_else(|_| Value::String(text.to_owned()), Value::Number)
}

impl Form {
    fn write(&self) -> Result<String, String> {
        let members = match &self.value {
            Value::Object(members) => members,
            Value::Null => return Ok(String::new()),
            _ => return Err("a form has members".to_owned()),
        };
        let mut written = Vec::new();
        for (name, value) in members {
            let own = self.others.iter().find(|(known, _)| known == name);
            let style = own.map_or(self.style, |(_, style)| *style);
            pairs(name.clone().into(), value, style, Escape::Percent, &mut written);
        }
        let each = written.iter().map(|(name, value)| format!("{}={value}", encode(name)));
        Ok(each.collect::<Vec<_>>().join("&"))
    }
}

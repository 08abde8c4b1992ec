//! A value as JSON text.

use crate::decode::Misfit;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// The name by which serde_json knows that text is wanted. Should it ever be another, the value comes parsed, and
/// is written down again: slower, and the same.
const RAW: &str = "$serde_json::private::RawValue";

/// Takes a value as text.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, Text)
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        map.next_key::<IgnoredAny>()?;
        map.next_value_seed(Plain)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        Value::deserialize(inner).map(|value| Cow::Owned(value.to_string()))
    }
}

/// Text as it is, borrowed where it can be.
struct Plain;

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// The members of an object, their values as text.
#[derive(Default)]
pub(super) struct Members<'t>(Vec<(Cow<'t, str>, &'t str)>);

impl<'t> Members<'t> {
    /// Those of an object; none of what is no object.
    pub(super) fn read(text: &'t str) -> Self {
        let mut reader = serde_json::Deserializer::from_str(text);
        reader.deserialize_map(List(PhantomData)).map(Members).unwrap_or_default()
    }

    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

struct List<'t>(PhantomData<&'t str>);

impl<'t> Visitor<'t> for List<'t> {
    type Value = Vec<(Cow<'t, str>, &'t str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(key) = map.next_key_seed(Plain)? {
            list.push((key, map.next_value::<&RawValue>()?.get()));
        }
        Ok(list)
    }
}

/// A scalar in JSON text, as tables have it: the content of a string, in quotes where it could be taken for another
/// value; other values as they are.
pub(super) fn scalar(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) if !inside.contains('\\') => {
            Cow::Borrowed(if is_scalar(inside) { text } else { inside })
        }
        Some(_) => match serde_json::from_str::<String>(text) {
            Ok(inside) if is_scalar(&inside) => Cow::Owned(Value::String(inside).to_string()),
            Ok(inside) => Cow::Owned(inside),
            Err(_) => Cow::Borrowed(text),
        },
        None => Cow::Borrowed(text),
    }
}

/// The scalar that stands in a table.
pub(super) fn literal(text: &str) -> Value {
    let scalar = is_scalar(text).then(|| serde_json::from_str(text).ok()).flatten();
    scalar.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Whether text reads like a scalar in JSON.
fn is_scalar(text: &str) -> bool {
    let first = text.bytes().next();
    first.is_some_and(|byte| matches!(byte, b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'))
        && serde_json::from_str::<Value>(text).is_ok()
}

/// Values nested deeper than this are refused, as serde_json does. Text that is read in pieces would pass it.
const DEEPEST: usize = 128;

thread_local! {
    /// How many unions inside each other are being read.
    static LEVEL: Cell<usize> = const { Cell::new(0) };
}

/// One more union is being read, until this is dropped.
pub(super) struct Level;

impl Drop for Level {
    fn drop(&mut self) {
        LEVEL.with(|level| level.set(level.get() - 1));
    }
}

/// Enters a union; the outermost one looks how deep its text is.
pub(super) fn enter(text: &str) -> Result<Level, Misfit> {
    let level = LEVEL.with(|level| level.replace(level.get() + 1));
    let entered = Level;
    if level > DEEPEST || (level == 0 && is_deep(text)) {
        return Err(Misfit { path: ".".to_owned(), message: "nested too deep".to_owned() });
    }
    Ok(entered)
}

fn is_deep(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

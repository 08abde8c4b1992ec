//! Reads YAML into JSON values, with duplicate keys found and without ever failing badly.

use crate::diagnostics::codes::{source, spec as codes};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::{Place, from_yaml};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;

/// Brackets open at the same time. A spec needs five; the parser takes quadratic time in their number.
const DEPTH: usize = 100;

/// Reads a file's text. Everything that is wrong becomes a diagnostic.
pub(super) fn read(text: &str, root: &Place, diagnostics: &mut Diagnostics) -> Option<Value> {
    if let Some(at) = too_deep(text) {
        diagnostics.push(
            Diagnostic::error(source::TOO_DEEP, format!("brackets nested more than {DEPTH} deep"))
                .at(&root.within(at, at + 1), ""),
        );
        return None;
    }
    let found = RefCell::new(Vec::new());
    let result = Seed { place: root.clone(), found: &found }
        .deserialize(serde_yaml::Deserializer::from_str(text));
    for diagnostic in found.into_inner() {
        diagnostics.push(diagnostic);
    }
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.push(from_yaml(text, &error).diagnostic(root.file));
            None
        }
    }
}

/// The byte at which brackets are nested too deep, if they are. Quotes and comments are only guessed
/// at, so it says yes only where no honest file would be.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Some(at);
        }
    }
    None
}

/// Reads one value at a place.
struct Seed<'s> {
    place: Place,
    found: &'s RefCell<Vec<Diagnostic>>,
}

impl Seed<'_> {
    fn child(&self, key: impl fmt::Display) -> Self {
        Seed { place: self.place.child(key), found: self.found }
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        if let Some(number) = Number::from_f64(value) {
            return Ok(Value::Number(number));
        }
        let message = format!("{value} is no number that a spec can use");
        self.report(Diagnostic::error(codes::WRONG_TYPE, message).at(&self.place, ""));
        Ok(Value::Null)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(list.len()))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<Key>()? {
            let value = entries.next_value_seed(self.child(&key.0))?;
            if map.contains_key(&key.0) {
                let message = format!("the key `{}` is there twice", key.0);
                self.report(
                    Diagnostic::error(codes::DUPLICATE_KEY, message)
                        .at(&self.place.child(&key.0).key(), "")
                        .help("one of the two would be ignored: remove it or merge them"),
                );
            } else {
                map.insert(key.0, value);
            }
        }
        Ok(Value::Object(map))
    }

    /// A tagged value (`!tag x`) reads as its content, and is an error: tags have no meaning here.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        use serde::de::VariantAccess;
        let (tag, content) = data.variant::<String>()?;
        let message = format!("YAML tags such as `{tag}` have no meaning in a spec");
        self.report(Diagnostic::error(codes::WRONG_TYPE, message).at(&self.place, ""));
        content.newtype_variant_seed(self)
    }
}

/// A mapping key as text; scalars of other types are written out (`200:`).
struct Key(String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name as key")
            }
            fn visit_str<E>(self, value: &str) -> Result<Key, E> {
                Ok(Key(value.to_owned()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Key, E> {
                Ok(Key(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Key, E> {
                Ok(Key(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Key, E> {
                Ok(Key(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Key, E> {
                Ok(Key(value.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Key, E> {
                Ok(Key("null".to_owned()))
            }
        }
        deserializer.deserialize_any(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::source::Sources;
    use serde_json::json;
    use std::path::Path;

    #[track_caller]
    fn messages(text: &str) -> (Option<Value>, Vec<String>) {
        let mut sources = Sources::new().with_file("a.yaml", text);
        let file = sources.read(Path::new("a.yaml")).unwrap();
        let mut diagnostics = Diagnostics::new();
        let value = read(sources.text(file), &Place::root(file), &mut diagnostics);
        (value, diagnostics.finish().into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn reads_what_specs_hold() {
        let (value, found) = messages("a: [1, x, 2.5, true, ~]\n200: {b: 'c'}\n");
        assert_eq!(value.unwrap(), json!({"a": [1, "x", 2.5, true, null], "200": {"b": "c"}}));
        assert!(found.is_empty());
    }

    #[test]
    fn reports_every_duplicate_key() {
        let (value, found) = messages("a: 1\na: 2\nb: {c: 1, c: 2}\n");
        assert_eq!(value.unwrap(), json!({"a": 1, "b": {"c": 1}}));
        assert_eq!(found, ["the key `a` is there twice", "the key `c` is there twice"]);
    }

    #[test]
    fn bad_input_is_an_error() {
        for text in
            ["a: [1", "a: b: c", "\t- x", "a: *x", "&a [*a]", "--- a\n--- b\n", "a: \"\\q\""]
        {
            let (value, found) = messages(text);
            assert!(value.is_none(), "{text}: {value:?}");
            assert_eq!(found.len(), 1, "{text}");
        }
        assert_eq!(messages("a: .nan").1, ["NaN is no number that a spec can use"]);
        assert_eq!(messages("a: !x 1").1.len(), 1);
    }

    #[test]
    fn ten_megabytes_of_brackets_are_refused_at_once() {
        let (value, found) = messages(&"[".repeat(10_000_000));
        assert!(value.is_none());
        assert_eq!(found, ["brackets nested more than 100 deep"]);
        let indented: String = (0..3_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert!(messages(&indented).0.is_none());
    }

    #[test]
    fn aliases_that_multiply_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let all = vec![format!("*a{}", n - 1); 10].join(", ");
            text.push_str(&format!("a{n}: &a{n} [{all}]\n"));
        }
        assert!(messages(&text).0.is_none());
    }
}

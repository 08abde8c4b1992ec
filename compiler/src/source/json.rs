//! A value of a document, in little room.
//!
//! Documents repeat the same few keys and words without end, and most mappings have few entries: a text stands in
//! memory once, however often it is written, and mappings are lists. `serde_json`'s values take thrice as much.

mod edit;

use super::pointer::unescape;
use super::texts::Texts;
use serde_json::{Map, Number, Value};
use std::fmt;
use std::sync::Arc;

/// A value of a document. It is nearly read only; what is to be changed much goes through [`Value`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(Arc<str>),
    /// A list.
    Array(Box<[Json]>),
    /// A mapping.
    Object(Members),
}

/// A key and its value.
type Entry = (Arc<str>, Json);

/// The entries of a mapping, in the document's order.
#[derive(Clone, Debug)]
pub struct Members(Entries);

#[derive(Clone, Debug)]
enum Entries {
    /// Few are looked through.
    Few(Box<[Entry]>),
    Many(Box<Many>),
}

#[derive(Clone, Debug)]
struct Many {
    entries: Box<[Entry]>,
    /// The numbers of the entries in the order of their keys.
    sorted: Box<[u32]>,
}

/// So many entries are few.
const FEW: usize = 16;

impl Members {
    /// From entries whose keys differ.
    fn new(entries: Box<[Entry]>) -> Self {
        if entries.len() <= FEW {
            return Members(Entries::Few(entries));
        }
        let mut sorted: Box<[u32]> = (0..).take(entries.len()).collect();
        sorted.sort_by(|a, b| entries[*a as usize].0.cmp(&entries[*b as usize].0));
        Members(Entries::Many(Box::new(Many { entries, sorted })))
    }

    /// From entries of which some may have the same key: the last one wins, at the place of the first. Also gives
    /// whether there are such.
    pub(super) fn of(entries: Box<[Entry]>) -> (Self, bool) {
        let members = Members::new(entries);
        let twice = match &members.0 {
            Entries::Few(entries) => {
                let before = |(at, (key, _)): (usize, &Entry)| {
                    entries[..at].iter().any(|(other, _)| other == key)
                };
                entries.iter().enumerate().any(before)
            }
            Entries::Many(many) => {
                let key = |number: u32| &many.entries[number as usize].0;
                many.sorted.windows(2).any(|pair| key(pair[0]) == key(pair[1]))
            }
        };
        if !twice {
            return (members, false);
        }
        let entries = members.into_entries().into_vec();
        let once: indexmap::IndexMap<Arc<str>, Json> = entries.into_iter().collect();
        (Members::new(once.into_iter().collect()), true)
    }

    fn entries(&self) -> &[Entry] {
        match &self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(many) => &many.entries,
        }
    }

    pub(crate) fn into_entries(self) -> Box<[Entry]> {
        match self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(many) => many.entries,
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.entries().get(self.position(key)?).map(|(_, value)| value)
    }

    /// The number of the entry of a key.
    fn position(&self, key: &str) -> Option<usize> {
        match &self.0 {
            Entries::Few(entries) => entries.iter().position(|(known, _)| **known == *key),
            Entries::Many(many) => {
                let key_of = |number: &u32| &*many.entries[*number as usize].0;
                let at = many.sorted.binary_search_by(|number| key_of(number).cmp(key)).ok()?;
                Some(many.sorted[at] as usize)
            }
        }
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// The entries.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Json)> {
        self.entries().iter().map(|(key, value)| (&**key, value))
    }

    /// The keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Json> {
        self.entries().iter().map(|(_, value)| value)
    }
}

impl Json {
    /// The member of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.as_object()?.get(key)
    }

    /// The mapping that it is.
    #[must_use]
    pub fn as_object(&self) -> Option<&Members> {
        if let Json::Object(members) = self { Some(members) } else { None }
    }

    /// The list that it is.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Json::Array(list) = self { Some(list) } else { None }
    }

    /// The text that it is.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Json::String(text) = self { Some(text) } else { None }
    }

    /// The boolean that it is.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Json::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number that it is.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Json::Number(number) = self { Some(number) } else { None }
    }

    /// The number that it is, as a float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The number that it is, where it is whole and not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number that it is, where it is whole.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Whether it is `true` or `false`.
    #[must_use]
    pub fn is_boolean(&self) -> bool {
        matches!(self, Json::Bool(_))
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Json::Number(_))
    }

    /// Whether it is text.
    #[must_use]
    pub fn is_string(&self) -> bool {
        matches!(self, Json::String(_))
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self, Json::Array(_))
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self, Json::Object(_))
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// The value at the end of a JSON pointer.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        let mut at = self;
        if pointer.is_empty() {
            return Some(at);
        }
        for segment in pointer.strip_prefix('/')?.split('/') {
            at = match at {
                Json::Object(members) => members.get(&unescape(segment))?,
                Json::Array(list) => list.get(segment.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// As a value of `serde_json`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.clone()),
            Json::String(text) => Value::String(text.as_ref().to_owned()),
            Json::Array(list) => Value::Array(list.iter().map(Json::to_value).collect()),
            Json::Object(members) => {
                let entry = |(key, value): (&str, &Json)| (key.to_owned(), value.to_value());
                Value::Object(members.iter().map(entry).collect())
            }
        }
    }

    /// The same, bit by bit: what was taken over is gone.
    #[must_use]
    pub fn into_value(self) -> Value {
        match self {
            Json::Array(list) => {
                Value::Array(list.into_vec().into_iter().map(Json::into_value).collect())
            }
            Json::Object(members) => {
                let entries = members.into_entries().into_vec();
                let mut map = Map::with_capacity(entries.len());
                for (key, value) in entries {
                    map.insert(key.as_ref().to_owned(), value.into_value());
                }
                Value::Object(map)
            }
            scalar => scalar.to_value(),
        }
    }

    /// From a value of `serde_json`, bit by bit. Values of one document share their texts.
    pub(crate) fn of(value: Value, texts: &mut Texts) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(number) => Json::Number(number),
            Value::String(text) => Json::String(texts.share(&text)),
            Value::Array(list) => {
                Json::Array(list.into_iter().map(|item| Json::of(item, texts)).collect())
            }
            Value::Object(members) => {
                let entry =
                    |(key, value): (String, Value)| (texts.share(&key), Json::of(value, texts));
                Json::Object(Members::new(members.into_iter().map(entry).collect()))
            }
        }
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Json::of(value, &mut Texts::default())
    }
}

/// In any order.
impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        let same = |(key, value): (&str, &Json)| other.get(key) == Some(value);
        self.len() == other.len() && self.iter().all(same)
    }
}

impl PartialEq<Value> for Json {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Number(a), Value::Number(b)) => a == b,
            (Json::String(a), Value::String(b)) => **a == **b,
            (Json::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
            }
            (Json::Object(a), Value::Object(b)) => {
                let same = |(key, value): (&str, &Json)| b.get(key).is_some_and(|b| value == b);
                a.len() == b.len() && a.iter().all(same)
            }
            _ => false,
        }
    }
}

/// As JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_value().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use serde_json::{Map, Value, json};

    #[track_caller]
    fn check(value: &Value) {
        let tree = Json::from(value.clone());
        assert_eq!(tree, *value);
        assert_eq!(tree.to_value(), *value);
        assert_eq!(tree.to_string(), value.to_string());
        assert_eq!(tree.into_value().to_string(), value.to_string());
    }

    #[test]
    fn nothing_is_lost_on_the_way_and_back() {
        check(&json!({"z": [1, -1, 1.5, u64::MAX, null, true, "", "text"], "a": {}, "b": []}));
        check(&json!("a text that is longer than what is kept once: ".repeat(9)));
    }

    #[test]
    fn members_are_found_however_many_there_are() {
        for count in [0, 1, 15, 16, 17, 1_000] {
            let members: Map<String, Value> =
                (0..count).rev().map(|i| (format!("key/{i}"), json!({"n": [i]}))).collect();
            let value = Value::Object(members);
            check(&value);
            let tree = Json::from(value);
            for i in 0..count {
                assert_eq!(tree.pointer(&format!("/key~1{i}/n/0")), Some(&Json::from(json!(i))));
            }
            assert_eq!(tree.get("key"), None);
        }
    }

    #[test]
    fn values_that_differ_are_not_the_same() {
        let values = [json!({"a": 1}), json!({"a": 2}), json!({"b": 1}), json!([1]), json!([1, 2])];
        for (i, a) in values.iter().enumerate() {
            let read = Json::from(a.clone());
            for (j, b) in values.iter().enumerate() {
                assert_eq!(read == *b, i == j);
                let other = Json::from(b.clone());
                assert_eq!(read == other, i == j);
            }
        }
    }
}

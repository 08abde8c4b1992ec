//! Any text that a parser of serde reads, as a tree.
//!
//! As serde_json's own, but it notices keys that are there twice, reads through YAML's tags, and takes what is no JSON
//! (`.nan`) for null.

pub(super) mod stream;

use super::json::{Json, Members};
use super::texts::Texts;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Number;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// What reading a text needs on the way.
#[derive(Default)]
pub(super) struct Reading {
    /// Set if a key is there twice; the last one wins.
    pub(super) twice: Cell<bool>,
    texts: RefCell<Texts>,
    /// What was read of the mappings and the lists that are not at their end. They get room for what is in them, and
    /// no more: most have few entries, and they stay as long as the document.
    entries: RefCell<Vec<(Arc<str>, Json)>>,
    items: RefCell<Vec<Json>>,
}

impl Reading {
    fn text(&self, text: &str) -> Arc<str> {
        self.texts.borrow_mut().share(text)
    }
}

/// Reads a value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r>(pub(super) &'r Reading);

/// Reads a key.
struct Key<'r>(&'r Reading);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Arc<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, key: &str) -> Result<Arc<str>, E> {
        Ok(self.0.text(key))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Json, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Json, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(self.0.text(value)))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let start = self.0.items.borrow().len();
        while let Some(item) = list.next_element_seed(self)? {
            self.0.items.borrow_mut().push(item);
        }
        Ok(Json::Array(self.0.items.borrow_mut().drain(start..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let start = self.0.entries.borrow().len();
        while let Some(key) = map.next_key_seed(Key(self.0))? {
            let value = map.next_value_seed(self)?;
            self.0.entries.borrow_mut().push((key, value));
        }
        let entries = self.0.entries.borrow_mut().drain(start..).collect();
        let (members, twice) = Members::of(entries);
        if twice {
            self.0.twice.set(true);
        }
        Ok(Json::Object(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Json, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        content.newtype_variant_seed(self)
    }
}

/// Applies YAML's merge keys: `<<: *base` gives a mapping the members that it has not itself.
///
/// Recursion is as deep as the text, which its parser limits.
pub(super) fn merge(value: &mut Json) {
    match value {
        Json::Array(list) => list.iter_mut().for_each(merge),
        Json::Object(members) => {
            members.iter_mut().for_each(|(_, value)| merge(value));
            let merges = members.get("<<").is_some_and(|bases| match bases {
                Json::Array(list) => list.iter().all(Json::is_object),
                one => one.is_object(),
            });
            if merges {
                let bases = match members.remove("<<") {
                    Some(Json::Array(list)) => list.into_vec(),
                    one => one.into_iter().collect(),
                };
                members.change(|entries| {
                    let mut known: HashSet<_> = entries.iter().map(|e| e.0.clone()).collect();
                    for base in bases {
                        let Json::Object(base) = base else { continue };
                        let more = base.into_entries().into_iter();
                        entries.extend(more.filter(|(key, _)| known.insert(key.clone())));
                    }
                });
            }
        }
        _ => {}
    }
}

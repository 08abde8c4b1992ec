//! Any text that a parser of serde reads, as a JSON value.
//!
//! As serde_json's own, but it notices keys that are there twice, reads through YAML's tags, and takes what is no JSON
//! (`.nan`) for null.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// Reads a value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r> {
    /// Set if a key is there twice; the last one wins.
    pub(super) twice: &'r Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
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

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
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
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        list.shrink_to_fit();
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        // Mappings have room for what is in them, and no more: most have few entries, and they stay as long as the
        // document, of which they would otherwise take twice the memory.
        let mut read = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            read.push((key, entries.next_value_seed(self)?));
        }
        let mut map = Map::with_capacity(read.len());
        for (key, value) in read {
            if map.insert(key, value).is_some() {
                self.twice.set(true);
            }
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        content.newtype_variant_seed(self)
    }
}

/// Applies YAML's merge keys: `<<: *base` gives a mapping the members that it has not itself.
///
/// Recursion is as deep as the text, which its parser limits.
pub(super) fn merge(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(merge),
        Value::Object(members) => {
            members.values_mut().for_each(merge);
            let fits = |base: &Value| base.is_object();
            let merges = members.get("<<").is_some_and(|bases| match bases {
                Value::Array(list) => list.iter().all(fits),
                one => fits(one),
            });
            if !merges {
                return;
            }
            let bases = match members.shift_remove("<<") {
                Some(Value::Array(list)) => list,
                one => one.into_iter().collect(),
            };
            for base in bases {
                let Value::Object(base) = base else { continue };
                for (key, value) in base {
                    members.entry(key).or_insert(value);
                }
            }
        }
        _ => {}
    }
}

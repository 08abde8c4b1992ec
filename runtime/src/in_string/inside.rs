//! The same for values inside lists, maps, `Option` and [`Patch`].
//!
//! `#[serde(with = "gusset::in_string::inside")]`.

use crate::Patch;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// Writes each value as text.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: InString, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.write(serializer)
}

/// Reads each value from text, or as it is.
///
/// # Errors
/// When a text is no such value.
pub fn deserialize<'de, T: InString, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// A value that travels as text, or holds such values.
pub trait InString: Sized {
    /// Writes it.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it.
    ///
    /// # Errors
    /// When a text is no such value.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads it, or `None` from `null` and `""`.
    ///
    /// # Errors
    /// When the text is no such value.
    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            Value::String(text) if text.trim().is_empty() => Ok(None),
            value => Self::read(value).map(Some).map_err(D::Error::custom),
        }
    }

    /// What a missing member means, if it means anything.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }
}

macro_rules! scalars {
    ($($type:ty),*) => {$(
        impl InString for $type {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::serialize(self, serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::deserialize(deserializer)
            }

            fn read_optional<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                super::optional::deserialize(deserializer)
            }
        }
    )*};
}
scalars!(bool, i32, i64, u32, u64, f64, Number, Timestamp, Date, String);

/// Is serialised as text.
pub(crate) struct Out<'a, T>(pub(crate) &'a T);

impl<T: InString> Serialize for Out<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

struct In<T>(T);

impl<'de, T: InString> Deserialize<'de> for In<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(In)
    }
}

/// `null` and `""` are `None`.
impl<T: InString> InString for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_optional(deserializer)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: InString> InString for Patch<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Patch::Value(value) => value.write(serializer),
            Patch::Absent | Patch::Null => serializer.serialize_none(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::read(deserializer)?.map_or(Patch::Null, Patch::Value))
    }
}

impl<T: InString> InString for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Out))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<In<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|In(item)| item).collect())
    }
}

impl<T: InString> InString for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Out(value))))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<String, In<T>>::deserialize(deserializer)?;
        Ok(entries.into_iter().map(|(name, In(value))| (name, value)).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        #[serde(with = "super")]
        list: Vec<i64>,
        #[serde(default, with = "super", skip_serializing_if = "Patch::is_absent")]
        patch: Patch<f64>,
        #[serde(flatten, with = "super")]
        rest: BTreeMap<String, Option<f64>>,
    }

    #[test]
    fn values_travel_as_text_wherever_they_are() {
        let text = r#"{"list":["1","2"],"patch":"0.5","a":"1.5","b":null}"#;
        let record: Record = serde_json::from_str(text).unwrap();
        assert_eq!(record.list, [1, 2]);
        assert_eq!(record.patch, Patch::Value(0.5));
        assert_eq!(record.rest["a"], Some(1.5));
        assert_eq!(record.rest["b"], None);
        assert_eq!(serde_json::to_string(&record).unwrap(), text);
        let empty: Record = serde_json::from_str(r#"{"list":[],"patch":null,"a":""}"#).unwrap();
        assert_eq!((empty.patch, empty.rest["a"]), (Patch::Null, None));
        assert!(serde_json::from_str::<Record>(r#"{"list":["x"]}"#).is_err());
    }
}

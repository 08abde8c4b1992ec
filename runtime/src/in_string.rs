//! Values that travel as text: `"42.5"` for a number, `"true"` for a boolean.
//!
//! `#[serde(with = "gusset::in_string")]`, or `in_string::optional` with `default` for `Option`, or
//! `in_string::inside` for such values in lists and maps.

pub mod inside;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// Writes the value as text.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Reads the value from text, or as it is.
///
/// # Errors
/// When the text is no such value.
pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer
        .deserialize_any(Text(PhantomData))?
        .ok_or_else(|| D::Error::invalid_value(Unexpected::Str(""), &expected::<T>().as_str()))
}

/// The same for `Option`: `null` and `""` are `None`.
pub mod optional {
    use super::*;

    /// Writes the value as text.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }

    /// Reads the value from text, or as it is.
    ///
    /// # Errors
    /// When the text is no such value.
    pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(Text(PhantomData))
    }
}

fn expected<T>() -> String {
    let name = std::any::type_name::<T>();
    format!("text that holds {}", name.rsplit("::").next().unwrap_or(name))
}

struct Text<T>(PhantomData<T>);

impl<T: FromStr> Text<T> {
    fn parse<E: Error>(text: &str) -> Result<Option<T>, E> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let wrong = |_| E::invalid_value(Unexpected::Str(text), &expected::<T>().as_str());
        trimmed.parse().map(Some).map_err(wrong)
    }
}

impl<'de, T: FromStr> Visitor<'de> for Text<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&expected::<T>())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::parse(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Self::parse(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Self::parse(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Self::parse(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Self::parse(&value.to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Score {
        #[serde(default, with = "super::optional")]
        score: Option<f64>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Count {
        #[serde(with = "super")]
        count: i64,
    }

    #[test]
    fn reads_text_numbers_null_and_nothing() {
        for (text, score) in [
            (r#"{"score":"42.5"}"#, Some(42.5)),
            (r#"{"score":" 7 "}"#, Some(7.0)),
            (r#"{"score":7}"#, Some(7.0)),
            (r#"{"score":null}"#, None),
            (r#"{"score":""}"#, None),
            ("{}", None),
        ] {
            assert_eq!(serde_json::from_str::<Score>(text).unwrap(), Score { score }, "{text}");
        }
    }

    #[test]
    fn refuses_other_text() {
        let wrong = serde_json::from_str::<Score>(r#"{"score":"high"}"#).unwrap_err();
        assert!(wrong.to_string().contains("text that holds f64"), "{wrong}");
        assert!(serde_json::from_str::<Count>(r#"{"count":""}"#).is_err());
    }

    #[test]
    fn writes_text() {
        assert_eq!(serde_json::to_string(&Count { count: 3 }).unwrap(), r#"{"count":"3"}"#);
        assert_eq!(serde_json::to_string(&Score { score: None }).unwrap(), r#"{"score":null}"#);
    }
}

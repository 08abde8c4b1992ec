//! Members and values of JSON of which nothing is guaranteed: error bodies, results, fields without a type.

use super::{Error, Number};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;
use std::str::FromStr;

fn no(what: &str) -> Error {
    Error::new(format!("the JSON is no {what}"))
}

/// `value.name`.
///
/// # Errors
/// If the value is no object or does not have the member.
pub fn member<'v>(value: &'v Value, name: &str) -> Result<&'v Value, Error> {
    value.get(name).ok_or_else(|| Error::new(format!("`{name}` is missing")))
}

/// `value.?name`: nothing if it is absent or null, or if the value is no object.
#[must_use]
pub fn optional<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.get(name).and_then(non_null)
}

/// `value[index]`.
///
/// # Errors
/// If the value is no array or is not that long.
pub fn index(value: &Value, index: i64) -> Result<&Value, Error> {
    super::index(array(value)?, index)
}

/// `value[?index]`: nothing if it is not that long or null, or if the value is no array.
#[must_use]
pub fn get(value: &Value, index: i64) -> Option<&Value> {
    value.get(usize::try_from(index).ok()?).and_then(non_null)
}

/// Nothing if it is null.
#[must_use]
pub fn non_null(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

/// The elements of an array.
///
/// # Errors
/// If it is no array.
pub fn array(value: &Value) -> Result<&[Value], Error> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| no("array"))
}

/// The names of an object's members.
///
/// # Errors
/// If it is no object.
pub fn keys(value: &Value) -> Result<impl Iterator<Item = &str>, Error> {
    Ok(value.as_object().ok_or_else(|| no("object"))?.keys().map(String::as_str))
}

/// The members of an object, each value read.
///
/// # Errors
/// If it is no object; the reading's.
pub fn table<'v, T>(
    value: &'v Value,
    mut read: impl FnMut(&'v Value) -> Result<T, Error>,
) -> Result<BTreeMap<String, T>, Error> {
    let members = value.as_object().ok_or_else(|| no("object"))?;
    members.iter().map(|(name, value)| Ok((name.clone(), read(value)?))).collect()
}

/// `size(value)`.
///
/// # Errors
/// If it is no text, array or object.
pub fn size(value: &Value) -> Result<i64, Error> {
    let count = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => return Err(no("text, array or object")),
    };
    Ok(super::length(count))
}

/// A text.
///
/// # Errors
/// If it is none.
pub fn string(value: &Value) -> Result<&str, Error> {
    value.as_str().ok_or_else(|| no("string"))
}

/// A boolean.
///
/// # Errors
/// If it is none.
pub fn boolean(value: &Value) -> Result<bool, Error> {
    value.as_bool().ok_or_else(|| no("boolean"))
}

/// A whole number, also one that is written with a fraction of zero.
///
/// # Errors
/// If it is none, or out of range.
pub fn int(value: &Value) -> Result<i64, Error> {
    let whole = |n: f64| (n.fract() == 0.0).then(|| super::to_int(n).ok()).flatten();
    value.as_i64().or_else(|| value.as_f64().and_then(whole)).ok_or_else(|| no("64-bit integer"))
}

/// A whole number that is not negative.
///
/// # Errors
/// If it is none, or out of range.
pub fn uint(value: &Value) -> Result<u64, Error> {
    let whole = |n: f64| (n.fract() == 0.0).then(|| super::to_uint(n).ok()).flatten();
    value
        .as_u64()
        .or_else(|| value.as_f64().and_then(whole))
        .ok_or_else(|| no("unsigned 64-bit integer"))
}

/// A number.
///
/// # Errors
/// If it is none.
pub fn double(value: &Value) -> Result<f64, Error> {
    value.as_f64().ok_or_else(|| no("number"))
}

/// A point in time, as text.
///
/// # Errors
/// If it is none.
pub fn timestamp(value: &Value) -> Result<Timestamp, Error> {
    super::timestamp(string(value)?)
}

/// A span of time, as text.
///
/// # Errors
/// If it is none.
pub fn duration(value: &Value) -> Result<SignedDuration, Error> {
    super::duration(string(value)?)
}

/// A scalar that travels in text: `"42"`.
///
/// # Errors
/// If it is none.
pub fn in_string<T: FromStr>(value: &Value) -> Result<T, Error> {
    string(value)?.parse().map_err(|_| no("such value in a string"))
}

/// `string(value)`.
///
/// # Errors
/// If it is no scalar.
pub fn text(value: &Value) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(b) => Ok(b.to_string()),
        _ => Err(no("scalar")),
    }
}

/// `int(value)`: also of text.
///
/// # Errors
/// If it is no number.
pub fn to_int(value: &Value) -> Result<i64, Error> {
    match value {
        Value::String(text) => super::to_int(text.as_str()),
        _ => value.as_i64().map_or_else(|| super::to_int(double(value)?), Ok),
    }
}

/// `uint(value)`: also of text.
///
/// # Errors
/// If it is no number that is not negative.
pub fn to_uint(value: &Value) -> Result<u64, Error> {
    match value {
        Value::String(text) => super::to_uint(text.as_str()),
        _ => value.as_u64().map_or_else(|| super::to_uint(double(value)?), Ok),
    }
}

/// `double(value)`: also of text.
///
/// # Errors
/// If it is no number.
pub fn to_double(value: &Value) -> Result<f64, Error> {
    match value {
        Value::String(text) => super::parse_double(text),
        _ => double(value),
    }
}

/// `bool(value)`: also of text.
///
/// # Errors
/// If it is neither true nor false.
pub fn to_bool(value: &Value) -> Result<bool, Error> {
    match value {
        Value::String(text) => super::parse_bool(text),
        _ => boolean(value),
    }
}

/// `timestamp(value)`: text, or seconds since 1970.
///
/// # Errors
/// If it is none.
pub fn to_timestamp(value: &Value) -> Result<Timestamp, Error> {
    match value {
        Value::String(text) => super::timestamp(text),
        _ => super::timestamp_of(int(value)?),
    }
}

/// A scalar that JSON is compared with.
pub trait Scalar {
    /// Whether the JSON holds it. What is of another type does not.
    fn is(&self, value: &Value) -> bool;
}

impl Scalar for str {
    fn is(&self, value: &Value) -> bool {
        value.as_str() == Some(self)
    }
}

impl Scalar for bool {
    fn is(&self, value: &Value) -> bool {
        value.as_bool() == Some(*self)
    }
}

fn same_number(number: impl Number, value: &Value) -> bool {
    match (value.as_i64(), value.as_u64(), value.as_f64()) {
        (Some(other), ..) => super::eq(number, other),
        (_, Some(other), _) => super::eq(number, other),
        (_, _, Some(other)) => super::eq(number, other),
        _ => false,
    }
}

macro_rules! number {
    ($($ty:ty),*) => {$(
        impl Scalar for $ty {
            fn is(&self, value: &Value) -> bool {
                same_number(*self, value)
            }
        }
    )*};
}
number!(i64, u64, f64);

impl Scalar for Timestamp {
    fn is(&self, value: &Value) -> bool {
        timestamp(value).is_ok_and(|time| time == *self)
    }
}

impl Scalar for SignedDuration {
    fn is(&self, value: &Value) -> bool {
        duration(value).is_ok_and(|span| span == *self)
    }
}

impl Scalar for std::time::Duration {
    fn is(&self, value: &Value) -> bool {
        super::signed(*self).is(value)
    }
}

impl<T: Scalar + ?Sized> Scalar for &T {
    fn is(&self, value: &Value) -> bool {
        (**self).is(value)
    }
}

impl Scalar for String {
    fn is(&self, value: &Value) -> bool {
        self.as_str().is(value)
    }
}

impl Scalar for Value {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Value::Number(_), Value::Number(number)) => match number.as_i64() {
                Some(number) => same_number(number, self),
                None => number.as_f64().is_some_and(|number| same_number(number, self)),
            },
            _ => self == value,
        }
    }
}

/// `value == scalar`.
#[must_use]
pub fn equals(value: &Value, scalar: impl Scalar) -> bool {
    scalar.is(value)
}

/// `scalar in value`: an element of an array, or the name of an object's member.
///
/// # Errors
/// If the value is neither.
pub fn contains(value: &Value, scalar: impl Scalar) -> Result<bool, Error> {
    match value {
        Value::Array(items) => Ok(items.iter().any(|item| scalar.is(item))),
        Value::Object(members) => {
            Ok(members.keys().any(|name| scalar.is(&Value::String(name.clone()))))
        }
        _ => Err(no("array or object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_and_null_are_nothing_to_optional_selection() {
        let value = json!({"a": null, "b": [1, null]});
        assert_eq!(
            (optional(&value, "a"), optional(&value, "x"), optional(&json!(1), "a")),
            (None, None, None)
        );
        assert!(member(&value, "x").is_err() && member(&json!([]), "x").is_err());
        assert_eq!(member(&value, "a"), Ok(&Value::Null));
        assert_eq!(get(&value["b"], 0), Some(&json!(1)));
        assert_eq!((get(&value["b"], 1), get(&value["b"], 9), get(&value, 0)), (None, None, None));
        assert!(index(&value["b"], 2).is_err() && index(&value, 0).is_err());
    }

    #[test]
    fn scalars_are_what_they_are_declared_to_be() {
        assert_eq!(string(&json!("a")), Ok("a"));
        assert!(
            string(&json!(1)).is_err()
                && boolean(&json!("true")).is_err()
                && double(&json!("1")).is_err()
        );
        assert_eq!((int(&json!(3)), int(&json!(3.0)), uint(&json!(3))), (Ok(3), Ok(3), Ok(3)));
        assert!(int(&json!(3.5)).is_err() && uint(&json!(-1)).is_err());
        assert_eq!(in_string::<f64>(&json!("4.5")), Ok(4.5));
        assert!(in_string::<f64>(&json!(4.5)).is_err());
        assert_eq!(timestamp(&json!("1970-01-01T00:00:00Z")), Ok(Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn conversions_read_text_too() {
        assert_eq!(
            (to_int(&json!("7")), to_double(&json!("2.5")), to_bool(&json!("true"))),
            (Ok(7), Ok(2.5), Ok(true))
        );
        assert_eq!(to_timestamp(&json!(0)), Ok(Timestamp::UNIX_EPOCH));
        assert_eq!(text(&json!(1.5)), Ok("1.5".to_owned()));
        assert!(text(&json!([])).is_err() && to_int(&json!("x")).is_err());
    }

    #[test]
    fn comparisons_are_by_value_and_never_fail() {
        assert!(equals(&json!("a"), "a") && !equals(&json!(1), "1") && equals(&json!(1), 1.0));
        assert!(
            equals(&json!(1.0), 1_i64)
                && equals(&json!(1), json!(1.0))
                && !equals(&json!(null), false)
        );
        assert_eq!(contains(&json!(["a", 1]), 1_i64), Ok(true));
        assert_eq!(contains(&json!({"a": 1}), "a"), Ok(true));
        assert!(contains(&json!(1), 1_i64).is_err());
    }
}

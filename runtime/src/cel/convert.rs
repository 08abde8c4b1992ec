//! `int(..)`, `uint(..)`, `double(..)`, `bool(..)`, `string(..)`.

use super::Error;
use jiff::SignedDuration;
use std::str::FromStr;
use std::time::Duration;

fn no(what: &'static str) -> Error {
    Error::new(format!("the value is no {what}"))
}

/// What `int(..)` takes.
pub trait ToInt {
    /// The number, if it is one of 64 bits; fractions are cut.
    fn to_int(self) -> Option<i64>;
}

impl ToInt for u64 {
    fn to_int(self) -> Option<i64> {
        i64::try_from(self).ok()
    }
}

impl ToInt for f64 {
    fn to_int(self) -> Option<i64> {
        // Both borders are doubles: -2^63 is an integer of 64 bits, 2^63 is not.
        let cut = self.trunc();
        (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0)
            .contains(&cut)
            .then_some(cut as i64)
    }
}

impl ToInt for &str {
    fn to_int(self) -> Option<i64> {
        self.parse().ok()
    }
}

/// `int(value)`.
///
/// # Errors
/// If the value is no number, or out of range.
pub fn to_int(value: impl ToInt) -> Result<i64, Error> {
    value.to_int().ok_or_else(|| no("64-bit integer"))
}

/// What `uint(..)` takes.
pub trait ToUint {
    /// The number, if it is one of 64 bits that is not negative; fractions are cut.
    fn to_uint(self) -> Option<u64>;
}

impl ToUint for i64 {
    fn to_uint(self) -> Option<u64> {
        u64::try_from(self).ok()
    }
}

impl ToUint for f64 {
    fn to_uint(self) -> Option<u64> {
        let cut = self.trunc();
        (0.0..18_446_744_073_709_551_616.0).contains(&cut).then_some(cut as u64)
    }
}

impl ToUint for &str {
    fn to_uint(self) -> Option<u64> {
        self.parse().ok()
    }
}

/// `uint(value)`.
///
/// # Errors
/// If the value is no number, negative, or out of range.
pub fn to_uint(value: impl ToUint) -> Result<u64, Error> {
    value.to_uint().ok_or_else(|| no("unsigned 64-bit integer"))
}

/// An integer for a field of fewer bits.
///
/// # Errors
/// If it does not fit.
pub fn narrow<N, T: TryFrom<N>>(number: N) -> Result<T, Error> {
    T::try_from(number).map_err(|_| Error::new("the number does not fit the field"))
}

/// A number for a field of whole numbers of any size.
///
/// # Errors
/// If it is infinite or none.
pub fn number(number: impl Into<serde_json::Value>) -> Result<serde_json::Number, Error> {
    match number.into() {
        serde_json::Value::Number(number) => Ok(number),
        _ => Err(no("number")),
    }
}

/// A whole number of any size, as near as a double comes.
#[must_use]
pub fn double_of(number: &serde_json::Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}

/// Text for a field of a format: a date, a UUID.
///
/// # Errors
/// If the text is no such value.
pub fn parse<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::new("the text does not fit the format of the field"))
}

/// `double(text)`.
///
/// # Errors
/// If the text is no number.
pub fn parse_double(text: &str) -> Result<f64, Error> {
    text.parse().map_err(|_| no("number"))
}

/// `bool(text)`, as CEL reads it.
///
/// # Errors
/// If the text says neither true nor false.
pub fn parse_bool(text: &str) -> Result<bool, Error> {
    match text {
        "true" | "True" | "TRUE" | "t" | "1" => Ok(true),
        "false" | "False" | "FALSE" | "f" | "0" => Ok(false),
        _ => Err(no("boolean")),
    }
}

/// `string(bytes)`.
///
/// # Errors
/// If the bytes are no UTF-8.
pub fn text_of_bytes(bytes: &[u8]) -> Result<String, Error> {
    String::from_utf8(bytes.to_vec()).map_err(|_| no("UTF-8 text"))
}

/// What `string(..)` takes.
pub trait ToText {
    /// The text, as CEL writes it.
    fn to_text(self) -> String;
}

macro_rules! display {
    ($($ty:ty),*) => {$(
        impl ToText for $ty {
            fn to_text(self) -> String {
                self.to_string()
            }
        }
    )*};
}
display!(bool, i64, u64, f64, jiff::Timestamp);

impl ToText for SignedDuration {
    fn to_text(self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let seconds = self.as_secs().unsigned_abs();
        match self.subsec_nanos().unsigned_abs() {
            0 => format!("{sign}{seconds}s"),
            nanos => {
                format!("{sign}{seconds}.{}s", format!("{nanos:09}").trim_end_matches('0'))
            }
        }
    }
}

impl ToText for Duration {
    fn to_text(self) -> String {
        super::signed(self).to_text()
    }
}

/// `string(value)`.
#[must_use]
pub fn to_text(value: impl ToText) -> String {
    value.to_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_check_their_range() {
        assert_eq!((to_int(3.9), to_int(-3.9), to_int("-7")), (Ok(3), Ok(-3), Ok(-7)));
        assert!(to_int(9.3e18).is_err() && to_int(f64::NAN).is_err() && to_int(u64::MAX).is_err());
        assert_eq!((to_uint(3_i64), to_uint(3.9), to_uint("7")), (Ok(3), Ok(3), Ok(7)));
        assert!(to_uint(-1_i64).is_err() && to_uint(-1.0).is_err() && to_uint("-1").is_err());
        assert_eq!(narrow::<_, i32>(7_i64), Ok(7));
        assert!(narrow::<_, i32>(1_i64 << 40).is_err());
    }

    #[test]
    fn text_is_written_and_read_as_cel_does() {
        assert_eq!(to_text(1.0), "1");
        assert_eq!(to_text(2.5), "2.5");
        assert_eq!(to_text(true), "true");
        assert_eq!(to_text(Duration::from_millis(90_500)), "90.5s");
        assert_eq!(to_text(SignedDuration::from_millis(-500)), "-0.5s");
        assert_eq!((parse_bool("t"), parse_double("2.5")), (Ok(true), Ok(2.5)));
        assert!(
            parse_bool("yes").is_err()
                && parse_double("x").is_err()
                && text_of_bytes(&[0xff]).is_err()
        );
    }
}

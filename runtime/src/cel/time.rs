//! Points and spans of time.

use super::Error;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

fn out_of_range() -> Error {
    Error::new("the time is out of range")
}

/// `timestamp(text)`: RFC 3339.
///
/// # Errors
/// If the text is no such time.
pub fn timestamp(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|_| Error::new("the value is no timestamp"))
}

/// `timestamp(seconds)`, since 1970.
///
/// # Errors
/// If it is out of range.
pub fn timestamp_of(seconds: i64) -> Result<Timestamp, Error> {
    Timestamp::from_second(seconds).map_err(|_| out_of_range())
}

/// `duration(text)`: `1h30m`, `10s`, `1.5s`, `250ms`; not negative.
///
/// # Errors
/// If the text is no such span.
pub fn duration(text: &str) -> Result<Duration, Error> {
    read(text).ok_or_else(|| Error::new("the value is no duration"))
}

fn read(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut nanos: u128 = 0;
    while !rest.is_empty() || text.is_empty() {
        let (number, after) =
            rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?);
        let (unit, after) = after
            .split_at(after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len()));
        let scale: u128 = match unit {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" | "µs" => 1_000,
            "ns" => 1,
            _ => return None,
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        nanos = nanos.checked_add(u128::from(whole).checked_mul(scale)?)?;
        let mut place = scale;
        for digit in fraction.bytes() {
            place /= 10;
            nanos = nanos.checked_add(place * u128::from(digit - b'0'))?;
        }
        rest = after;
    }
    let seconds = u64::try_from(nanos / 1_000_000_000).ok()?;
    Some(Duration::new(seconds, u32::try_from(nanos % 1_000_000_000).ok()?))
}

/// `time + span`.
///
/// # Errors
/// If it is out of range.
pub fn later(time: Timestamp, span: Duration) -> Result<Timestamp, Error> {
    time.checked_add(span).map_err(|_| out_of_range())
}

/// `time - span`.
///
/// # Errors
/// If it is out of range.
pub fn earlier(time: Timestamp, span: Duration) -> Result<Timestamp, Error> {
    time.checked_sub(span).map_err(|_| out_of_range())
}

/// `time - since`.
///
/// # Errors
/// If `since` is later than `time`: spans are not negative.
pub fn elapsed(time: Timestamp, since: Timestamp) -> Result<Duration, Error> {
    let span: SignedDuration = time.duration_since(since);
    Duration::try_from(span).map_err(|_| Error::new("the span of time is negative"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_add_and_subtract() -> Result<(), Error> {
        let noon = timestamp("2026-11-22T12:00:00Z")?;
        let hour = duration("1h")?;
        assert_eq!(later(noon, hour)?.to_string(), "2026-11-22T13:00:00Z");
        assert_eq!(elapsed(later(noon, hour)?, noon)?, hour);
        assert_eq!(earlier(later(noon, hour)?, hour)?, noon);
        assert!(elapsed(noon, later(noon, hour)?).is_err() && later(Timestamp::MAX, hour).is_err());
        assert_eq!(timestamp_of(noon.as_second())?, noon);
        Ok(())
    }

    #[test]
    fn durations_are_read_as_cel_writes_them() {
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        for text in ["", "10", "s", "-1s", "1.2.3s", "1w", "99999999999999999999h"] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(timestamp("today").is_err());
    }
}

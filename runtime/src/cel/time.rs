//! Points and spans of time.

use super::Error;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The longest span that CEL knows, in seconds: 10,000 years.
const MAX_SECONDS: i64 = 315_576_000_000;
/// The first second of the year 1.
const FIRST_SECOND: i64 = -62_135_596_800;

fn out_of_range() -> Error {
    Error::new("the time is out of range")
}

/// A time that CEL knows: from the year 1 on.
fn known(time: Timestamp) -> Result<Timestamp, Error> {
    if seconds_of(time) < FIRST_SECOND { Err(out_of_range()) } else { Ok(time) }
}

/// `timestamp(text)`: RFC 3339.
///
/// # Errors
/// If the text is no such time.
pub fn timestamp(text: &str) -> Result<Timestamp, Error> {
    known(text.parse().map_err(|_| Error::new("the value is no timestamp"))?)
}

/// `timestamp(seconds)`, since 1970.
///
/// # Errors
/// If it is out of range.
pub fn timestamp_of(seconds: i64) -> Result<Timestamp, Error> {
    known(Timestamp::from_second(seconds).map_err(|_| out_of_range())?)
}

/// `int(time)`: the seconds since 1970 that are over.
#[must_use]
pub fn seconds_of(time: Timestamp) -> i64 {
    time.as_second() - i64::from(time.subsec_nanosecond() < 0)
}

/// `duration(text)`: `1h30m`, `10s`, `1.5s`, `-250ms`.
///
/// # Errors
/// If the text is no such span, or one of more than 10,000 years.
pub fn duration(text: &str) -> Result<SignedDuration, Error> {
    read(text).ok_or_else(|| Error::new("the value is no duration"))
}

fn read(text: &str) -> Option<SignedDuration> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if text == "0" {
        return Some(SignedDuration::ZERO);
    }
    let mut rest = text;
    let mut nanos: i128 = 0;
    while !rest.is_empty() || text.is_empty() {
        let (number, after) =
            rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?);
        let (unit, after) = after
            .split_at(after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len()));
        let scale: i128 = match unit {
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
        nanos = nanos.checked_add(i128::from(whole).checked_mul(scale)?)?;
        // A nanosecond is the least that counts; what is below it is cut.
        let (mut tens, mut part): (i128, i128) = (1, 0);
        for digit in fraction.bytes().take(15) {
            tens *= 10;
            part = part * 10 + i128::from(digit - b'0');
        }
        nanos = nanos.checked_add(part * scale / tens)?;
        rest = after;
    }
    let nanos = if negative { -nanos } else { nanos };
    let seconds = i64::try_from(nanos / 1_000_000_000).ok()?;
    let below = i32::try_from(nanos % 1_000_000_000).ok()?;
    within(SignedDuration::new(seconds, below)).ok()
}

fn within(span: SignedDuration) -> Result<SignedDuration, Error> {
    let fits = (-MAX_SECONDS..=MAX_SECONDS).contains(&span.as_secs());
    if fits { Ok(span) } else { Err(Error::new("the span of time is out of range")) }
}

/// A span that cannot be negative, as one that can.
#[must_use]
pub fn signed(span: Duration) -> SignedDuration {
    SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX)
}

/// A span that can be waited for.
///
/// # Errors
/// If it is negative.
pub fn unsigned(span: SignedDuration) -> Result<Duration, Error> {
    Duration::try_from(span).map_err(|_| Error::new("the span of time is negative"))
}

/// `span + span`.
///
/// # Errors
/// If it is out of range.
pub fn longer(span: SignedDuration, by: SignedDuration) -> Result<SignedDuration, Error> {
    span.checked_add(by).ok_or_else(out_of_range).and_then(within)
}

/// `span - span`.
///
/// # Errors
/// If it is out of range.
pub fn shorter(span: SignedDuration, by: SignedDuration) -> Result<SignedDuration, Error> {
    span.checked_sub(by).ok_or_else(out_of_range).and_then(within)
}

/// `time + span`.
///
/// # Errors
/// If it is out of range.
pub fn later(time: Timestamp, span: SignedDuration) -> Result<Timestamp, Error> {
    known(time.checked_add(span).map_err(|_| out_of_range())?)
}

/// `time - span`.
///
/// # Errors
/// If it is out of range.
pub fn earlier(time: Timestamp, span: SignedDuration) -> Result<Timestamp, Error> {
    known(time.checked_sub(span).map_err(|_| out_of_range())?)
}

/// `time - since`.
#[must_use]
pub fn elapsed(time: Timestamp, since: Timestamp) -> SignedDuration {
    time.duration_since(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_add_and_subtract() -> Result<(), Error> {
        let noon = timestamp("2026-11-22T12:00:00Z")?;
        let hour = duration("1h")?;
        assert_eq!(later(noon, hour)?.to_string(), "2026-11-22T13:00:00Z");
        assert_eq!(elapsed(later(noon, hour)?, noon), hour);
        assert_eq!(elapsed(noon, later(noon, hour)?), -hour);
        assert_eq!(earlier(later(noon, hour)?, hour)?, noon);
        assert!(later(Timestamp::MAX, hour).is_err());
        assert_eq!(timestamp_of(noon.as_second())?, noon);
        Ok(())
    }

    #[test]
    fn times_begin_with_the_year_1() {
        assert_eq!(timestamp("0001-01-01T00:00:00Z").map(seconds_of), Ok(FIRST_SECOND));
        assert!(timestamp("0000-12-31T23:59:59.5Z").is_err());
        assert!(
            timestamp("0000-12-31T23:59:59Z").is_err() && timestamp_of(FIRST_SECOND - 1).is_err()
        );
        assert_eq!(timestamp("1969-12-31T23:59:59.5Z").map(seconds_of), Ok(-1));
        assert!(timestamp("today").is_err());
    }

    #[test]
    fn durations_are_read_as_cel_writes_them() {
        assert_eq!(duration("1h30m"), Ok(SignedDuration::from_secs(5400)));
        assert_eq!(duration("1.5s"), Ok(SignedDuration::from_millis(1500)));
        assert_eq!(duration("-1.5s"), Ok(SignedDuration::from_millis(-1500)));
        assert_eq!(duration("0.1h"), Ok(SignedDuration::from_mins(6)));
        for line in include_str!("durations.txt").lines().filter(|line| !line.starts_with('#')) {
            let (text, nanos) = line.split_once(" = ").unwrap_or((line, "no duration"));
            let read = duration(text).ok().map(|span| span.as_nanos().to_string());
            assert_eq!(read.as_deref(), (nanos != "-").then_some(nanos), "{text}");
        }
    }

    #[test]
    fn spans_stay_within_ten_thousand_years() {
        let most = SignedDuration::from_secs(MAX_SECONDS);
        let second = SignedDuration::from_secs(1);
        assert!(longer(most, second).is_err() && shorter(-most, second).is_err());
        assert_eq!(shorter(second, second), Ok(SignedDuration::ZERO));
        assert!(unsigned(-second).is_err());
        assert_eq!(unsigned(signed(Duration::from_secs(1))), Ok(Duration::from_secs(1)));
    }
}

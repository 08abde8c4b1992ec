//! Which texts are values of a format: what the runtime reads as one (`runtime/src/text`).

use super::StringFormat;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, civil};

/// Whether a text is a value of a format.
pub(super) fn holds(format: StringFormat, text: &str) -> bool {
    match format {
        StringFormat::DateTime => is_moment(text),
        StringFormat::Date => is_day(text),
        StringFormat::Time => is_time(text),
        StringFormat::Duration => text.parse::<Span>().is_ok(),
        StringFormat::Uuid => is_uuid(text),
        StringFormat::Plain
        | StringFormat::Base64
        | StringFormat::Binary
        | StringFormat::Part
        | StringFormat::Secret => true,
    }
}

fn is_moment(text: &str) -> bool {
    if text.parse::<Timestamp>().is_ok() {
        return true;
    }
    let ticks = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/"));
    if let Some(ticks) = ticks {
        let ticks = ticks.split_once('+').map_or(ticks, |(ticks, _)| ticks);
        return ticks.parse().is_ok_and(|ticks| Timestamp::from_millisecond(ticks).is_ok());
    }
    let offset = text.get(10..).is_some_and(|clock| clock.contains(['+', '-', '[']));
    !offset && text.parse::<civil::DateTime>().is_ok_and(|at| at.to_zoned(TimeZone::UTC).is_ok())
}

fn is_day(text: &str) -> bool {
    let day = match text.as_bytes().get(10) {
        Some(b'T' | b' ') => text.get(..10).unwrap_or(text),
        _ => text,
    };
    day.parse::<civil::Date>().is_ok()
}

fn is_time(text: &str) -> bool {
    let clock = text.trim_end_matches(['Z', 'z']);
    let (clock, offset) = match clock.rfind(['+', '-']).filter(|at| *at > 1) {
        Some(at) => (&clock[..at], &clock[at + 1..]),
        None => (clock, "00:00"),
    };
    let hours = |text: &str| text.parse::<u8>().is_ok_and(|hours| hours < 24);
    let zone = match offset.split_once(':') {
        Some((h, m)) => h.len() == 2 && hours(h) && m.len() == 2 && m.parse::<u8>().is_ok(),
        None => offset.len() == 2 && hours(offset),
    };
    zone && clock.len() > 3 && clock.parse::<civil::Time>().is_ok()
}

fn is_uuid(text: &str) -> bool {
    let hyphens = |(at, c): (usize, char)| matches!(at, 8 | 13 | 18 | 23) == (c == '-');
    let hex = |text: &str| text.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
    match text.len() {
        32 => hex(text) && !text.contains('-'),
        36 => hex(text) && text.chars().enumerate().all(hyphens),
        _ => false,
    }
}

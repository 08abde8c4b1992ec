//! How moments and days are spelled.

use super::spelled::Spell;
use super::{Date, DateTime};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

impl DateTime {
    /// The moment.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        **self
    }
}

impl Date {
    /// The day.
    #[must_use]
    pub fn date(&self) -> civil::Date {
        **self
    }
}

impl Spell for Timestamp {
    const WHAT: &str = "a moment (`2021-01-17T12:34:00Z`)";

    /// RFC 3339, and what providers make of it: `+0000`, a blank for the `T`, no offset or no time at all (then it
    /// is UTC), and .NET's `/Date(1610886840000)/`.
    fn read(text: &str) -> Option<Self> {
        if let Ok(moment) = text.parse() {
            return Some(moment);
        }
        if let Some(ticks) = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
            // The offset after the number is how it was shown, not part of the moment.
            let sign = usize::from(ticks.starts_with(['-', '+']));
            let end = ticks[sign..].find(['+', '-']).map_or(ticks.len(), |at| at + sign);
            return Timestamp::from_millisecond(ticks[..end].parse().ok()?).ok();
        }
        let utc = |at: civil::DateTime| Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp());
        // An offset that was not understood above must not be dropped here.
        let offset = text.get(10..).is_some_and(|clock| clock.contains(['+', '-', '[']));
        text.parse::<civil::DateTime>().ok().filter(|_| !offset).and_then(utc)
    }
}

impl Spell for civil::Date {
    const WHAT: &str = "a date (`2021-01-17`)";

    /// ISO 8601; a time after it is how the provider spells the day.
    fn read(text: &str) -> Option<Self> {
        let day = match text.as_bytes().get(10) {
            Some(b'T' | b' ') => text.get(..10)?,
            _ => text,
        };
        day.parse().ok()
    }
}

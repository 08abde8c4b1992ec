//! `time.getHours("Europe/Berlin")` and the like, and times in other forms of text.

use super::Error;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

/// The time as the calendar and the clocks of a zone show it: `Europe/Berlin`, `UTC`, `+02:00`.
///
/// # Errors
/// If there is no such zone.
pub fn in_zone(time: Timestamp, zone: &str) -> Result<Zoned, Error> {
    Ok(time.to_zoned(self::zone(zone)?))
}

/// The time as the calendar and the clocks of UTC show it.
#[must_use]
pub fn in_utc(time: Timestamp) -> Zoned {
    time.to_zoned(TimeZone::UTC)
}

fn zone(name: &str) -> Result<TimeZone, Error> {
    if name.is_empty() {
        return Ok(TimeZone::UTC);
    }
    let known = offset(name).map(TimeZone::fixed).or_else(|| TimeZone::get(name).ok());
    known.ok_or_else(|| Error::new("there is no such time zone"))
}

/// `+02:00`, `-02:00`, `02:00`.
fn offset(text: &str) -> Option<Offset> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = text.split_once(':')?;
    let two = |digits: &str| {
        let fits = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes).filter(|m| *m < 60)?);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// `getFullYear()`.
#[must_use]
pub fn year(time: &Zoned) -> i64 {
    i64::from(time.year())
}

/// `getMonth()`: 0 is January.
#[must_use]
pub fn month(time: &Zoned) -> i64 {
    i64::from(time.month()) - 1
}

/// `getDate()`: from 1.
#[must_use]
pub fn date(time: &Zoned) -> i64 {
    i64::from(time.day())
}

/// `getDayOfMonth()`: from 0.
#[must_use]
pub fn day_of_month(time: &Zoned) -> i64 {
    i64::from(time.day()) - 1
}

/// `getDayOfWeek()`: 0 is Sunday.
#[must_use]
pub fn day_of_week(time: &Zoned) -> i64 {
    i64::from(time.weekday().to_sunday_zero_offset())
}

/// `getDayOfYear()`: from 0.
#[must_use]
pub fn day_of_year(time: &Zoned) -> i64 {
    i64::from(time.day_of_year()) - 1
}

/// `getHours()`.
#[must_use]
pub fn hour(time: &Zoned) -> i64 {
    i64::from(time.hour())
}

/// `getMinutes()`.
#[must_use]
pub fn minute(time: &Zoned) -> i64 {
    i64::from(time.minute())
}

/// `getSeconds()`.
#[must_use]
pub fn second(time: &Zoned) -> i64 {
    i64::from(time.second())
}

/// `getMilliseconds()`.
#[must_use]
pub fn millisecond(time: &Zoned) -> i64 {
    i64::from(time.millisecond())
}

/// `span.getHours()`: whole ones.
#[must_use]
pub fn hours(span: SignedDuration) -> i64 {
    span.as_hours()
}

/// `span.getMinutes()`: whole ones.
#[must_use]
pub fn minutes(span: SignedDuration) -> i64 {
    span.as_mins()
}

/// `span.getSeconds()`: whole ones.
#[must_use]
pub fn seconds(span: SignedDuration) -> i64 {
    span.as_secs()
}

/// `span.getMilliseconds()`: whole ones.
#[must_use]
pub fn milliseconds(span: SignedDuration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// `time.strftime(pattern)`, `time.strftime(pattern, zone)`: `%Y-%m-%d`, `%d.%m.%Y %H:%M`.
///
/// # Errors
/// If there is no such zone, or the pattern is none.
pub fn strftime(time: &Zoned, pattern: &str) -> Result<String, Error> {
    let written = BrokenDownTime::from(time).to_string(pattern);
    written.map_err(|_| Error::new("the time cannot be written in this form"))
}

/// `text.strptime(pattern)`, `text.strptime(pattern, zone)`: what has no time of day is midnight, and what has no
/// offset of its own is read as the clocks of the zone show it.
///
/// # Errors
/// If the text has another form, or there is no such zone.
pub fn strptime(text: &str, pattern: &str, zone: &str) -> Result<Timestamp, Error> {
    let no = || Error::new("the text is no time in this form");
    let read = BrokenDownTime::parse(pattern, text).map_err(|_| no())?;
    if let Ok(time) = read.to_timestamp() {
        return Ok(time);
    }
    let date = read.to_date().map_err(|_| no())?;
    let time = if read.hour().is_some() {
        read.to_time().map_err(|_| no())?
    } else {
        jiff::civil::Time::midnight()
    };
    let zoned = self::zone(zone)?.to_ambiguous_zoned(date.to_datetime(time)).compatible();
    Ok(zoned.map_err(|_| no())?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap_or(Timestamp::MIN)
    }

    #[test]
    fn calendars_count_as_cel_does() {
        let sunday = in_utc(moment("2026-11-22T13:14:15.016Z"));
        assert_eq!(
            (year(&sunday), month(&sunday), date(&sunday), day_of_month(&sunday)),
            (2026, 10, 22, 21)
        );
        assert_eq!((day_of_week(&sunday), day_of_year(&sunday)), (0, 325));
        assert_eq!(
            (hour(&sunday), minute(&sunday), second(&sunday), millisecond(&sunday)),
            (13, 14, 15, 16)
        );
    }

    #[test]
    fn zones_have_names_or_offsets() {
        let summer = moment("2026-07-01T00:30:00Z");
        for (zone, wanted) in [
            ("Europe/Berlin", 2),
            ("America/New_York", 20),
            ("+05:30", 6),
            ("-01:00", 23),
            ("02:00", 2),
            ("", 0),
        ] {
            assert_eq!(in_zone(summer, zone).map(|t| hour(&t)), Ok(wanted), "{zone}");
        }
        for zone in ["Mars/Base", "+5:30", "+05:60", "+99:00", "x"] {
            assert!(in_zone(summer, zone).is_err(), "{zone}");
        }
    }

    #[test]
    fn spans_are_told_whole() {
        let span = SignedDuration::new(-5400, -500_000_000);
        assert_eq!(
            (hours(span), minutes(span), seconds(span), milliseconds(span)),
            (-1, -90, -5400, -5_400_500)
        );
    }

    #[test]
    fn times_have_other_forms() {
        let read = |text, pattern, zone| strptime(text, pattern, zone).map(|t| t.to_string());
        assert_eq!(
            read("22.11.2026", "%d.%m.%Y", "Europe/Berlin"),
            Ok("2026-11-21T23:00:00Z".to_owned())
        );
        assert_eq!(
            read("2026-11-22 10:00 +0200", "%Y-%m-%d %H:%M %z", ""),
            Ok("2026-11-22T08:00:00Z".to_owned())
        );
        // Clocks went forward: this hour was not, and is read by the offset before.
        assert_eq!(
            read("2026-03-29 02:30", "%Y-%m-%d %H:%M", "Europe/Berlin"),
            Ok("2026-03-29T01:30:00Z".to_owned())
        );
        assert!(
            strptime("x", "%Y", "").is_err()
                && strptime("2026-01-01", "%Y-%m-%d", "Mars/Base").is_err()
        );
        let noon = in_utc(moment("2026-11-22T12:00:00Z"));
        assert_eq!(strftime(&noon, "%d.%m.%Y %H:%M"), Ok("22.11.2026 12:00".to_owned()));
        assert!(strftime(&noon, "%!").is_err());
    }
}

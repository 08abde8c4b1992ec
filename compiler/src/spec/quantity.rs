//! Quantities with units: `10s`, `100 per 10s`.

use crate::diagnostics::{Code, Diagnostic, Suggestion};
use crate::source::Place;
use std::fmt;
use std::time::Duration;

/// No limit, wait or interval of a spec is longer.
pub(crate) const A_YEAR: Duration = Duration::from_secs(366 * 86_400);

const UNITS: [(&str, u64); 5] =
    [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// What [`duration`] reads, as editors know it: a pattern of JSON Schema.
pub(crate) const DURATION: &str = "^\\s*[0-9]+\\s*(ms|s|m|h|d)\\s*$";
/// What [`quota`] reads.
pub(crate) const QUOTA: &str = "^\\s*\\+?[0-9_]+\\s* per \\s*[0-9]+\\s*(ms|s|m|h|d)\\s*$";

/// What people write for a unit.
const LONG: [(&[&str], &str); 5] = [
    (&["msec", "msecs", "millis", "milliseconds"], "ms"),
    (&["sec", "secs", "second", "seconds"], "s"),
    (&["min", "mins", "minute", "minutes"], "m"),
    (&["hr", "hrs", "hour", "hours"], "h"),
    (&["day", "days"], "d"),
];

/// What is wrong with a quantity, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// A sentence without a full stop.
    pub message: String,
    /// A part of the text, and what it should be.
    pub instead: Option<(String, String)>,
}

impl Wrong {
    fn new(message: impl Into<String>) -> Self {
        Wrong { message: message.into(), instead: None }
    }

    fn instead(mut self, old: &str, new: String) -> Self {
        self.instead = Some((old.to_owned(), new));
        self
    }

    /// An error at a place.
    #[must_use]
    pub fn at(self, code: Code, place: &Place) -> Diagnostic {
        let finding = Diagnostic::error(code, self.message).at(place, "");
        let Some((old, new)) = self.instead else { return finding };
        let write = format!("write `{new}`");
        let said = finding.message.contains(&write);
        let finding = if said { finding } else { finding.help(write.clone()) };
        finding.suggest(Suggestion::maybe(write, None, old, new))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A span of time: a whole number and `ms`, `s`, `m`, `h` or `d`.
///
/// # Errors
/// What is wrong with the text.
pub fn duration(text: &str) -> Result<Duration, Wrong> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim();
    if number.is_empty() {
        let message = format!("`{text}` is no span of time: it starts with no whole number");
        // A minute is one.
        return Err(match meant(unit) {
            Some(short) => Wrong::new(message).instead(text, format!("1{short}")),
            None => Wrong::new(message),
        });
    }
    let Some((_, millis)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(if unit.is_empty() {
            let instead = format!("{text}s");
            Wrong::new(format!("`{text}` has no unit: write `{instead}` for seconds"))
                .instead(text, instead)
        } else {
            let message = format!("`{unit}` is no unit of time: use ms, s, m, h or d");
            match meant(unit) {
                Some(short) => Wrong::new(message).instead(text, format!("{number}{short}")),
                None => Wrong::new(message),
            }
        });
    };
    number
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(*millis))
        .map(Duration::from_millis)
        .ok_or_else(|| Wrong::new(format!("`{text}` is longer than this tool can count")))
}

/// The unit that a word is one for.
fn meant(unit: &str) -> Option<&'static str> {
    let unit = unit.to_lowercase();
    let long = LONG.iter().find(|(long, _)| long.contains(&unit.as_str())).map(|(_, short)| *short);
    long.or_else(|| UNITS.iter().map(|(short, _)| *short).find(|short| *short == unit))
}

/// Words between the calls and the window.
const BETWEEN: [&str; 12] =
    ["/", "per", "every", "each", "in", "a", "an", "call", "calls", "req", "request", "requests"];

/// The quota that a text probably means: `100/10s`, `100 per minute`, `1,000 requests every 10 seconds`.
fn probable_quota(text: &str) -> Option<String> {
    let words: Vec<&str> = words(text).collect();
    let number = |word: &str| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    let (calls, rest) = words.split_first()?;
    let calls = number(calls)?;
    let (last, rest) = rest.split_last()?;
    let (between, count, unit) = match (number(last), rest) {
        (Some(seconds), between) => (between, seconds, "s"),
        (None, [between @ .., count]) if number(count).is_some() => {
            (between, number(count)?, meant(last)?)
        }
        (None, between) => (between, "1".to_owned(), meant(last)?),
    };
    let known = |word: &&str| BETWEEN.contains(&word.to_lowercase().as_str());
    let probable = format!("{calls} per {count}{unit}");
    (!between.is_empty() && between.iter().all(known) && quota_as_written(&probable).is_ok())
        .then_some(probable)
}

/// Runs of letters, of digits with what groups them, and of what is neither.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        '0'..='9' | '_' | ',' => 0,
        c if c.is_whitespace() => 1,
        c if c.is_alphabetic() => 2,
        _ => 3,
    };
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = kind(rest.chars().next()?);
        let end = rest.find(|c| kind(c) != first).unwrap_or(rest.len());
        let (word, left) = rest.split_at(end);
        rest = left;
        Some(word)
    })
}

/// Calls in a window: `100 per 10s`.
///
/// # Errors
/// What is wrong with the text.
pub fn quota(text: &str) -> Result<(u32, Duration), Wrong> {
    quota_as_written(text).map_err(|wrong| match probable_quota(text) {
        Some(probable) => Wrong::new(wrong.message).instead(text, probable),
        None => Wrong { instead: None, ..wrong },
    })
}

fn quota_as_written(text: &str) -> Result<(u32, Duration), Wrong> {
    let Some((calls, per)) = text.split_once(" per ") else {
        return Err(Wrong::new(format!("`{text}` is no quota: write it like `100 per 10s`")));
    };
    let calls = calls.trim();
    let number: u32 = calls
        .replace('_', "")
        .parse()
        .map_err(|_| Wrong::new(format!("`{calls}` is no number of calls")))?;
    let window = duration(per)?;
    if number == 0 {
        return Err(Wrong::new("a quota of 0 calls lets nothing through"));
    }
    if window.is_zero() {
        return Err(Wrong::new("the window of a quota cannot be empty"));
    }
    Ok((number, window))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("10s"), Ok(Duration::from_secs(10)));
        assert_eq!(duration("5 m"), Ok(Duration::from_secs(300)));
        assert_eq!(duration("24h"), Ok(Duration::from_secs(86_400)));
        assert_eq!(duration("7d"), Ok(Duration::from_secs(604_800)));
        for (text, message) in [
            ("10", "`10` has no unit: write `10s` for seconds"),
            ("10 sec", "`sec` is no unit of time: use ms, s, m, h or d"),
            ("", "`` is no span of time: it starts with no whole number"),
            ("1.5s", "`.5s` is no unit of time: use ms, s, m, h or d"),
            ("-1s", "`-1s` is no span of time: it starts with no whole number"),
            ("99999999999999999999s", "`99999999999999999999s` is longer than this tool can count"),
        ] {
            assert_eq!(duration(text).unwrap_err().message, message);
        }
    }

    #[test]
    fn what_was_meant() {
        let instead = |wrong: Wrong| wrong.instead.map(|(_, new)| new);
        assert_eq!(instead(duration("10").unwrap_err()).as_deref(), Some("10s"));
        assert_eq!(instead(duration("10 secs").unwrap_err()).as_deref(), Some("10s"));
        assert_eq!(instead(duration("minute").unwrap_err()).as_deref(), Some("1m"));
        for (text, probable) in [
            ("100/10s", Some("100 per 10s")),
            ("100/s", Some("100 per 1s")),
            ("100 / 10 sec", Some("100 per 10s")),
            ("100 per minute", Some("100 per 1m")),
            ("100 per 10", Some("100 per 10s")),
            ("1,000 requests every 10 seconds", Some("1000 per 10s")),
            ("100 Per 10s", Some("100 per 10s")),
            ("5 calls a day", Some("5 per 1d")),
            ("100", None),
            ("100 10s", None),
            ("100 bytes per s", None),
            ("0/s", None),
            ("per s", None),
        ] {
            assert_eq!(instead(quota(text).unwrap_err()).as_deref(), probable, "{text}");
        }
    }

    #[test]
    fn quotas() {
        assert_eq!(quota("100 per 10s"), Ok((100, Duration::from_secs(10))));
        assert_eq!(quota("100_000 per 24h"), Ok((100_000, Duration::from_secs(86_400))));
        for text in ["100", "x per 1s", "1 per x", "0 per 1s", "1 per 0s", "100/10s"] {
            assert!(quota(text).is_err(), "{text}");
        }
    }
}

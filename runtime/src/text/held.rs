//! Text that was checked once and is read where it is needed.

use super::spelled::Misspelled;
use crate::Param;
use jiff::tz::Offset;
use jiff::{Span, civil};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

macro_rules! held {
    ($(#[$doc:meta])* $name:ident, $what:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The text, as it came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Misspelled;

            fn try_from(text: String) -> Result<Self, Misspelled> {
                let check: fn(&str) -> bool = $check;
                match check(&text) {
                    true => Ok($name(text.into())),
                    false => Err(Misspelled { text, what: $what }),
                }
            }
        }

        impl FromStr for $name {
            type Err = Misspelled;

            fn from_str(text: &str) -> Result<Self, Misspelled> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Param for $name {
            fn text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Borrowed(&self.0))
            }
        }
    };
}

held! {
    /// A time of day, perhaps with an offset: format `time`.
    Time, "a time (`12:34:00`)", |text| time(text).is_some()
}

held! {
    /// A span of time in ISO 8601, such as `P1DT2H`: format `duration`.
    Duration, "a duration (`P1DT2H`)", |text| text.parse::<Span>().is_ok()
}

impl Time {
    /// The time on the clock.
    #[must_use]
    pub fn time(&self) -> civil::Time {
        time(&self.0).map(|(time, _)| time).unwrap_or_default()
    }

    /// How far that clock is from UTC, if it says so.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        time(&self.0).and_then(|(_, offset)| offset)
    }
}

impl From<civil::Time> for Time {
    fn from(time: civil::Time) -> Self {
        Time(time.to_string().into())
    }
}

fn time(text: &str) -> Option<(civil::Time, Option<Offset>)> {
    let clock = text.strip_suffix(['Z', 'z']).map(|clock| (clock, Some(Offset::UTC)));
    let (clock, offset) = match clock {
        Some(found) => found,
        None => match text.rfind(['+', '-']).filter(|at| *at > 1) {
            Some(at) => (&text[..at], Some(offset(&text[at..])?)),
            None => (text, None),
        },
    };
    // Five bytes at least: `12` alone is no time.
    let clock: civil::Time = (clock.len() > 3).then(|| clock.trim_end().parse().ok())??;
    Some((clock, offset))
}

fn offset(text: &str) -> Option<Offset> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    Offset::from_seconds(sign * (hours.checked_mul(3600)? + minutes.checked_mul(60)?)).ok()
}

impl Duration {
    /// The span; calendar units stay what they are (`P1M` is a month, not 30 days).
    #[must_use]
    pub fn span(&self) -> Span {
        self.0.parse().unwrap_or_default()
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Duration(span.to_string().into())
    }
}

//! Values that travel as text: moments, dates, durations, identifiers, bytes. Each gives back the text that it came as.

mod base64;
mod held;
mod spelled;
mod times;

pub use base64::Base64;
pub use held::{Duration, Time};
pub use spelled::{Misspelled, Spell, Spelled};

/// A moment: format `date-time`. It derefs to [`jiff::Timestamp`] and keeps the provider's spelling
/// (`2021-01-17T12:34:00.000+0000`).
pub type DateTime = Spelled<jiff::Timestamp>;

/// A day: format `date`. It derefs to [`jiff::civil::Date`].
pub type Date = Spelled<jiff::civil::Date>;

/// A UUID. It derefs to [`uuid::Uuid`] and keeps capitals, braces and missing hyphens.
pub type Uuid = Spelled<uuid::Uuid>;

impl Spell for uuid::Uuid {
    const WHAT: &str = "a UUID";

    fn read(text: &str) -> Option<Self> {
        uuid::Uuid::try_parse(text).ok()
    }
}

#[cfg(test)]
mod tests;

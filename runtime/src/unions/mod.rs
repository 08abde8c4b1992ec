//! One of several types: which of them a value is.
//!
//! Emitted unions are plain enums; [`union!`](crate::union!) adds their conversions from a table of [`Shape`]s. A value is kept as
//! text while the table is asked, so nothing is lost, and what is compiled for a variant is compiled once.

mod choose;
mod guess;
mod macros;
mod text;

#[cfg(test)]
mod tests;

pub use choose::{Shape, Tell};

use crate::decode::{self, Misfit};
use choose::Choice;
use guess::Guess;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// Reads a variant from text; slower if it must say where the text does not fit.
pub type Read<T> = fn(&str, explain: bool) -> Result<T, Unfit>;

/// Why a text is no value of a variant; nothing if nobody asked.
#[derive(Debug)]
pub struct Unfit(Option<Misfit>);

/// Reads one of several types.
///
/// # Errors
/// When a variant was told by its tag and the value does not fit it, or when the value is no JSON.
pub fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tell: &Tell,
    variants: &[Read<T>],
    other: fn(Value) -> T,
) -> Result<T, D::Error> {
    let text = text::read(deserializer)?;
    read_text(&text, tell, variants, other).map_err(D::Error::custom)
}

fn read_text<T>(
    text: &str,
    tell: &Tell,
    variants: &[Read<T>],
    other: fn(Value) -> T,
) -> Result<T, Misfit> {
    let _level = text::enter(text)?;
    match tell.choose(text) {
        Choice::Told(index) => match variants.get(index).map(|read| read(text, true)) {
            Some(Ok(value)) => return Ok(value),
            Some(Err(Unfit(Some(misfit)))) => return Err(misfit),
            Some(Err(Unfit(None))) | None => {}
        },
        Choice::Likely(list) => {
            let guess = Guess::of(variants.as_ptr().addr(), text, list.len());
            let mut failed = guess.failed();
            for read in list.iter().skip(failed).filter_map(|index| variants.get(*index)) {
                if let Ok(value) = read(text, false) {
                    guess.learn(failed);
                    return Ok(value);
                }
                failed += 1;
            }
            guess.learn(failed);
        }
    }
    decode::part(text).map(other)
}

/// Reads a variant.
///
/// # Errors
/// When the text does not fit.
pub fn variant<T: DeserializeOwned>(text: &str, explain: bool) -> Result<T, Unfit> {
    match explain {
        true => decode::part(text).map_err(|misfit| Unfit(Some(misfit))),
        false => decode::quick(text.as_bytes()).map_err(|_| Unfit(None)),
    }
}

/// Writes a variant whose type does not declare the tag: the tag, then its members.
///
/// # Errors
/// Those of the serializer.
pub fn write_tagged<T: Serialize, S: Serializer>(
    value: &T,
    tag: &str,
    name: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let value = serde_json::to_value(value).map_err(S::Error::custom)?;
    let Value::Object(members) = value else { return value.serialize(serializer) };
    let mut map = serializer.serialize_map(Some(members.len() + 1))?;
    map.serialize_entry(tag, &text::literal(name))?;
    for (key, value) in members.iter().filter(|(key, _)| *key != tag) {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

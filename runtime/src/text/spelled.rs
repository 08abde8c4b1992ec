//! A value that was text on the wire, and how it was spelled there.

use crate::Param;
use serde::de::{Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Display, Write};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

/// A value that providers spell in more than one way: its [`Display`] is the canonical spelling.
pub trait Spell: Display + Sized {
    /// What it is, for messages: `a date`.
    const WHAT: &str;

    /// Reads any spelling of it.
    fn read(text: &str) -> Option<Self>;
}

/// A value, and the provider's spelling where that is not the canonical one: what was received is sent back as it
/// came. Two of them are equal if their values are.
#[derive(Clone)]
pub struct Spelled<T> {
    value: T,
    /// Boxed, and only where it is needed: most providers spell canonically.
    spelling: Option<Box<str>>,
}

impl<T: Spell> Spelled<T> {
    /// A value in its canonical spelling.
    pub const fn new(value: T) -> Self {
        Spelled { value, spelling: None }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    fn read(text: &str) -> Option<Self> {
        let value = T::read(text)?;
        let mut rest = Same(text);
        let canonical = write!(rest, "{value}").is_ok() && rest.0.is_empty();
        Some(Spelled { value, spelling: (!canonical).then(|| text.into()) })
    }
}

/// Compares with what is written into it, without memory of its own.
struct Same<'t>(&'t str);

impl Write for Same<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

impl<T> Deref for Spelled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Spell> From<T> for Spelled<T> {
    fn from(value: T) -> Self {
        Spelled::new(value)
    }
}

impl<T: Spell + Default> Default for Spelled<T> {
    fn default() -> Self {
        Spelled::new(T::default())
    }
}

/// Text that is no such value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelled {
    pub(super) text: String,
    pub(super) what: &'static str,
}

impl Display for Misspelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not {}", self.text, self.what)
    }
}

impl std::error::Error for Misspelled {}

impl<T: Spell> FromStr for Spelled<T> {
    type Err = Misspelled;

    fn from_str(text: &str) -> Result<Self, Misspelled> {
        Spelled::read(text).ok_or_else(|| Misspelled { text: text.to_owned(), what: T::WHAT })
    }
}

impl<T: Spell> Display for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.spelling {
            Some(text) => f.pad(text),
            None => self.value.fmt(f),
        }
    }
}

impl<T: Spell> fmt::Debug for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl<T: PartialEq> PartialEq for Spelled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spelled<T> {}

impl<T: PartialEq> PartialEq<T> for Spelled<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl<T: PartialOrd> PartialOrd for Spelled<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spelled<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: Spell> Param for Spelled<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(match &self.spelling {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.value.to_string()),
        })
    }
}

impl<T: Spell> Serialize for Spelled<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.spelling {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(&self.value),
        }
    }
}

impl<'de, T: Spell> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<T: Spell> Visitor<'_> for Reader<T> {
    type Value = Spelled<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WHAT)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Spelled::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

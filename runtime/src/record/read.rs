//! Reading an object.

use crate::in_string::inside::InString;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// What is read from an object.
pub trait Read: Sized {
    /// What it is called where something else stands in its place.
    const NAME: &'static str;

    /// Reads the members; `None` after an error, which the members hold.
    fn read<'de, A: MapAccess<'de>>(members: &mut Members<A, A::Error>) -> Option<Self>;
}

/// Reads an object.
///
/// # Errors
/// When the value is no object, a member does not fit, or a required one is missing.
pub fn read<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Object(PhantomData))
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Read> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut members = Members { map, error: None };
        let read = T::read(&mut members);
        match (members.error, read) {
            (None, Some(read)) => Ok(read),
            (Some(error), _) => Err(error),
            (None, None) => Err(A::Error::custom(format_args!("no {}", T::NAME))),
        }
    }
}

/// The members of an object, one after the other. Of members that come twice the last counts, as in JavaScript. The
/// first error ends them.
#[derive(Debug)]
pub struct Members<A, E> {
    map: A,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> Members<A, A::Error> {
    /// Goes to the next member; false at the end, or after an error.
    #[inline]
    pub fn next(&mut self, key: &mut Key<'de>) -> bool {
        if self.error.is_some() {
            return false;
        }
        match self.map.next_key_seed(key) {
            Ok(next) => next.is_some(),
            Err(error) => self.fail(error),
        }
    }

    /// The value of this member.
    #[inline]
    pub fn value<T: Deserialize<'de>>(&mut self, slot: &mut T) {
        match self.map.next_value() {
            Ok(value) => *slot = value,
            Err(error) => _ = self.fail(error),
        }
    }

    /// The value of this member, which must be there.
    #[inline]
    pub fn some<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        match self.map.next_value() {
            Ok(value) => *slot = Some(value),
            Err(error) => _ = self.fail(error),
        }
    }

    /// The value of this member, which travels as text.
    pub fn value_in_string<T: InString>(&mut self, slot: &mut T) {
        match self.map.next_value_seed(Text(PhantomData)) {
            Ok(value) => *slot = value,
            Err(error) => _ = self.fail(error),
        }
    }

    /// The value of this member, which travels as text and must be there.
    pub fn some_in_string<T: InString>(&mut self, slot: &mut Option<T>) {
        match self.map.next_value_seed(Text(PhantomData)) {
            Ok(value) => *slot = Some(value),
            Err(error) => _ = self.fail(error),
        }
    }

    /// Goes on without the value of this member.
    pub fn skip(&mut self) {
        if let Err(error) = self.map.next_value::<IgnoredAny>() {
            self.fail(error);
        }
    }

    /// A member that has no field of its own.
    pub fn rest<T: Deserialize<'de>>(&mut self, key: &Key<'de>, rest: &mut BTreeMap<String, T>) {
        match self.map.next_value() {
            Ok(value) => _ = rest.insert(key.name().to_owned(), value),
            Err(error) => _ = self.fail(error),
        }
    }

    /// A member that has no field of its own, and travels as text.
    pub fn rest_in_string<T: InString>(&mut self, key: &Key<'de>, rest: &mut BTreeMap<String, T>) {
        match self.map.next_value_seed(Text(PhantomData)) {
            Ok(value) => _ = rest.insert(key.name().to_owned(), value),
            Err(error) => _ = self.fail(error),
        }
    }

    /// What must have come, unless its type knows what a missing member means.
    #[inline]
    pub fn required<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        if slot.is_none() {
            self.missing(name, slot);
        }
    }

    /// What must have come as text, unless it may be null.
    pub fn required_in_string<T: InString>(&mut self, name: &'static str, slot: &mut Option<T>) {
        if slot.is_none() && self.error.is_none() {
            *slot = T::missing();
            if slot.is_none() {
                self.fail(A::Error::missing_field(name));
            }
        }
    }

    #[cold]
    fn missing<T: Deserialize<'de>>(&mut self, name: &'static str, slot: &mut Option<T>) {
        if self.error.is_some() {
            return;
        }
        match T::deserialize(Missing { name, error: PhantomData }) {
            Ok(value) => *slot = Some(value),
            Err(error) => _ = self.fail(error),
        }
    }

    #[cold]
    fn fail(&mut self, error: A::Error) -> bool {
        self.error = Some(error);
        false
    }
}

/// The name of a member. It is kept only where it does not stand in what is read, because characters are escaped.
#[derive(Debug, Default)]
pub struct Key<'de> {
    borrowed: Option<&'de str>,
    owned: String,
}

impl Key<'_> {
    /// Whether this is the name.
    #[inline]
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// The name.
    #[inline]
    #[must_use]
    pub fn name(&self) -> &str {
        self.borrowed.unwrap_or(&self.owned)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Key<'de> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for &mut Key<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.borrowed = Some(text);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.borrowed = None;
        self.owned.clear();
        self.owned.push_str(text);
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.borrowed = None;
        self.owned = text;
        Ok(())
    }
}

/// A value that travels as text.
struct Text<T>(PhantomData<T>);

impl<'de, T: InString> DeserializeSeed<'de> for Text<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// A member that is not there: `Option` makes `None` of it, other types an error.
struct Missing<E> {
    name: &'static str,
    error: PhantomData<E>,
}

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a value from its text, without keeping that.
///
/// # Errors
/// When it is no text.
pub fn read_text<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    make: fn(&str) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Make(make))
}

struct Make<T>(fn(&str) -> T);

impl<T> Visitor<'_> for Make<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(self.0(text))
    }
}

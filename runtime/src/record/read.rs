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
    /// The names of its members, in the order in which they are asked for.
    const MEMBERS: &'static [&'static str];
    /// Whether members with other names are kept; they are asked for last.
    const REST: bool;

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
        let key = Key { names: T::MEMBERS, rest: T::REST, at: START, unknown: String::new() };
        let mut members = Members { map, key, asked: 0, met: false, error: None };
        let read = T::read(&mut members);
        match (members.error, read) {
            (None, Some(read)) => Ok(read),
            (Some(error), _) => Err(error),
            (None, None) => Err(A::Error::custom(format_args!("no {}", T::NAME))),
        }
    }
}

/// The members of an object, one after the other.
///
/// Each turn asks for all members in their order, and who is asked for gives way to the next. An object whose members come
/// in the document's order, as most do, takes one turn. After the last member comes one more, in which required members
/// see that they are missing. Of members that come twice the last counts, as in JavaScript. After an error nothing is
/// found any more.
#[derive(Debug)]
pub struct Members<A, E> {
    map: A,
    key: Key,
    /// How many were asked for in this turn.
    asked: usize,
    /// Whether one was found in this turn.
    met: bool,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> Members<A, A::Error> {
    /// Begins a turn; false if there is nothing more to ask for.
    #[inline]
    pub fn turn(&mut self) -> bool {
        match self.key.at {
            START => self.next(),
            END => self.key.at = MISSING,
            MISSING => return false,
            // Nobody asked for it.
            _ if !self.met => self.ignored(),
            _ => {}
        }
        (self.asked, self.met) = (0, false);
        true
    }

    /// A member that must be there, unless its type knows what a missing one means.
    #[inline]
    pub fn required<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            self.value(slot);
        } else if self.is_missing(slot) {
            let missing = Missing { name: self.name(), error: PhantomData };
            self.make(T::deserialize(missing), slot);
        }
    }

    /// A member that may be missing.
    #[inline]
    pub fn optional<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            self.value(slot);
        }
    }

    /// A member that must be there and travels as text, unless it may be null.
    pub fn required_in_string<T: InString>(&mut self, slot: &mut Option<T>) {
        self.optional_in_string(slot);
        if self.is_missing(slot) {
            let missing = A::Error::missing_field(self.name());
            self.make(T::missing().ok_or(missing), slot);
        }
    }

    /// A member that may be missing and travels as text.
    pub fn optional_in_string<T: InString>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            let value = self.map.next_value_seed(Text(PhantomData));
            self.done(value, slot);
        }
    }

    /// Members that are not read.
    pub fn unread<T>(&mut self, _: &mut Option<T>) {
        if self.is_next() {
            self.ignored();
        }
    }

    /// A member that was not asked for.
    pub fn rest<T: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, T>) {
        if self.is_next() {
            let key = std::mem::take(&mut self.key.unknown);
            let mut slot = None;
            self.value(&mut slot);
            rest.extend(slot.map(|value| (key, value)));
        }
    }

    /// A member that was not asked for, which travels as text.
    pub fn rest_in_string<T: InString>(&mut self, rest: &mut BTreeMap<String, T>) {
        if self.is_next() {
            let key = std::mem::take(&mut self.key.unknown);
            let mut slot = None;
            let value = self.map.next_value_seed(Text(PhantomData));
            self.done(value, &mut slot);
            rest.extend(slot.map(|value| (key, value)));
        }
    }

    /// Whether the member that is asked for comes now.
    #[inline]
    fn is_next(&mut self) -> bool {
        self.asked += 1;
        self.key.at == self.asked
    }

    /// Whether the member that was asked for did not come at all.
    #[inline]
    fn is_missing<T>(&self, slot: &Option<T>) -> bool {
        self.key.at == MISSING && slot.is_none() && self.error.is_none()
    }

    /// The member that was asked for.
    fn name(&self) -> &'static str {
        self.key.names.get(self.asked - 1).copied().unwrap_or_default()
    }

    /// The value of this member.
    fn value<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        let value = self.map.next_value();
        self.done(value, slot);
    }

    /// Goes on behind a value.
    #[inline]
    fn done<T>(&mut self, value: Result<T, A::Error>, slot: &mut Option<T>) {
        self.make(value, slot);
        if self.error.is_none() {
            self.met = true;
            self.next();
        }
    }

    #[inline]
    fn make<T>(&mut self, value: Result<T, A::Error>, slot: &mut Option<T>) {
        match value {
            Ok(value) => *slot = Some(value),
            Err(error) => self.fail(error),
        }
    }

    /// Goes on without the value.
    fn ignored(&mut self) {
        let mut slot = None;
        self.value::<IgnoredAny>(&mut slot);
    }

    /// Goes to the next member that is wanted.
    fn next(&mut self) {
        loop {
            match self.map.next_key_seed(&mut self.key) {
                Ok(Some(())) if self.key.at != UNWANTED => return,
                Ok(Some(())) => {
                    if let Err(error) = self.map.next_value::<IgnoredAny>() {
                        return self.fail(error);
                    }
                }
                Ok(None) => {
                    self.key.at = END;
                    return;
                }
                Err(error) => return self.fail(error),
            }
        }
    }

    #[cold]
    fn fail(&mut self, error: A::Error) {
        self.key.at = MISSING;
        self.error = Some(error);
    }
}

/// Before the first member.
const START: usize = 0;
/// A member that nobody asks for.
const UNWANTED: usize = usize::MAX;
/// Behind the last member.
const END: usize = usize::MAX - 1;
/// What is required and was not there is missing.
const MISSING: usize = usize::MAX - 2;

/// Which member comes.
#[derive(Debug)]
struct Key {
    names: &'static [&'static str],
    rest: bool,
    /// As which it is asked for, from one on; or what stands above.
    at: usize,
    /// Its name, if it is kept among the rest.
    unknown: String,
}

impl Key {
    /// Looks a name up. Most often it is that behind the last one.
    fn find(&mut self, name: &str) {
        let next = self.names.get(self.at).is_some_and(|known| *known == name);
        if next {
            self.at += 1;
            return;
        }
        self.at = match self.names.iter().position(|known| *known == name) {
            Some(index) => index + 1,
            None if self.rest => {
                self.unknown = name.to_owned();
                self.names.len() + 1
            }
            None => UNWANTED,
        };
    }
}

impl<'de> DeserializeSeed<'de> for &mut Key {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for &mut Key {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.find(text);
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

//! Writing an object.

use crate::Patch;
use crate::in_string::inside::{InString, Out};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;

/// What is written as an object.
pub trait Written {
    /// Writes the members, in their order.
    fn write<W: Write>(&self, to: &mut W);
}

/// Writes an object.
///
/// # Errors
/// Those of the serializer.
pub fn write<T: Written, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    value.write(&mut count);
    let mut map = Map { map: serializer.serialize_map(Some(count.0))?, error: None };
    value.write(&mut map);
    match map.error {
        None => map.map.end(),
        Some(error) => Err(error),
    }
}

/// A member that is left out.
pub trait Absent {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Patch<T> {
    #[inline]
    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

/// Where members are written.
pub trait Write {
    /// A member.
    fn required<T: Serialize>(&mut self, name: &'static str, value: &T);

    /// A member, unless it is absent.
    #[inline]
    fn optional<T: Serialize + Absent>(&mut self, name: &'static str, value: &T) {
        if !value.is_absent() {
            self.required(name, value);
        }
    }

    /// A member that travels as text.
    fn required_in_string<T: InString>(&mut self, name: &'static str, value: &T) {
        self.required(name, &Out(value));
    }

    /// A member that travels as text, unless it is absent.
    fn optional_in_string<T: InString + Absent>(&mut self, name: &'static str, value: &T) {
        if !value.is_absent() {
            self.required(name, &Out(value));
        }
    }

    /// Members with names of their own.
    fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>);

    /// Members with names of their own, which travel as text.
    fn rest_in_string<T: InString>(&mut self, rest: &BTreeMap<String, T>);
}

/// How many members will be written: formats that are not JSON want to know before.
struct Count(usize);

impl Write for Count {
    #[inline]
    fn required<T: Serialize>(&mut self, _: &'static str, _: &T) {
        self.0 += 1;
    }

    fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        self.0 += rest.len();
    }

    fn rest_in_string<T: InString>(&mut self, rest: &BTreeMap<String, T>) {
        self.0 += rest.len();
    }
}

/// The object; after an error nothing more is written.
struct Map<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Map<M> {
    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }
}

impl<M: SerializeMap> Write for Map<M> {
    fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.entry(name, value);
    }

    fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.entry(name, value);
        }
    }

    fn rest_in_string<T: InString>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.entry(name, &Out(value));
        }
    }
}

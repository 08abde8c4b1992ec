//! Values that go into paths, queries, headers and cookies.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde_json::{Number, Value};
use std::borrow::Cow;

/// A value that goes into a path, a query, a header or a cookie as text.
///
/// Emitted enums implement it by their `as_str`.
pub trait Param {
    /// The text; `None` where nothing is sent.
    fn text(&self) -> Option<Cow<'_, str>>;
}

impl Param for str {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Param for String {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Param for Cow<'_, str> {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl<P: Param + ?Sized> Param for &P {
    fn text(&self) -> Option<Cow<'_, str>> {
        (**self).text()
    }
}

impl<P: Param + ?Sized> Param for Box<P> {
    fn text(&self) -> Option<Cow<'_, str>> {
        (**self).text()
    }
}

impl<P: Param> Param for Option<P> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }
}

macro_rules! by_display {
    ($($type:ty),*) => {$(
        impl Param for $type {
            fn text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }
        }
    )*};
}
by_display!(bool, char, i8, i16, i32, i64, u8, u16, u32, u64, usize, f32, f64);
by_display!(Timestamp, Date, DateTime, Time, Number);

/// Joined with commas, as lists in paths and headers are; nothing if empty.
impl<P: Param> Param for Vec<P> {
    fn text(&self) -> Option<Cow<'_, str>> {
        let texts: Vec<_> = self.iter().filter_map(Param::text).collect();
        (!texts.is_empty()).then(|| Cow::Owned(texts.join(",")))
    }
}

/// Text as it is, `null` not at all, everything else as JSON.
impl Param for Value {
    fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::Null => None,
            Value::String(text) => Some(Cow::Borrowed(text)),
            other => Some(Cow::Owned(other.to_string())),
        }
    }
}

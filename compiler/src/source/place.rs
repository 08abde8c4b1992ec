//! Where something stands: a file and a JSON pointer, cheap to carry everywhere.

use super::pointer;
use std::fmt::{self, Write};
use std::sync::Arc;

/// A file that the source pass has read, by its index in [`Sources`](super::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// Which part of a mapping entry a place means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The value the pointer leads to.
    #[default]
    Value,
    /// The key of the entry the pointer leads to.
    Key,
}

/// A file plus a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).
///
/// Lines and columns are found only when a diagnostic is shown, by [`locate`](super::locate).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The pointer, with `~0` and `~1` escapes; empty for the whole document.
    pub pointer: Arc<str>,
    /// The key or the value the pointer leads to.
    pub part: Part,
    /// Bytes inside a scalar value, for expressions; `None` for the whole of it.
    pub within: Option<(u32, u32)>,
}

impl Place {
    /// The whole of a file.
    #[must_use]
    pub fn root(file: FileId) -> Self {
        Place { file, pointer: Arc::from(""), part: Part::Value, within: None }
    }

    /// The value below this place under `key` (a mapping key, or an index as text).
    #[must_use]
    pub fn child(&self, key: impl fmt::Display) -> Self {
        // Places are made for every part that is looked at.
        let mut pointer = String::with_capacity(self.pointer.len() + 24);
        pointer.push_str(&self.pointer);
        pointer.push('/');
        let before = pointer.len();
        // Writing to a string cannot fail.
        let _ = write!(pointer, "{key}");
        if pointer[before..].contains(['~', '/']) {
            let escaped = pointer::escape(&pointer[before..]).into_owned();
            pointer.truncate(before);
            pointer.push_str(&escaped);
        }
        Place { file: self.file, pointer: Arc::from(pointer), part: Part::Value, within: None }
    }

    /// The same entry, but its key.
    #[must_use]
    pub fn key(&self) -> Self {
        Place { part: Part::Key, within: None, ..self.clone() }
    }

    /// Bytes `start..end` inside the scalar at this place.
    #[must_use]
    pub fn within(&self, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { within: Some((clamp(start), clamp(end))), ..self.clone() }
    }

    /// Whether it is that place or one below.
    #[must_use]
    pub fn is_within(&self, other: &Place) -> bool {
        let below = self.pointer.strip_prefix(&*other.pointer);
        self.file == other.file && below.is_some_and(|b| b.is_empty() || b.starts_with('/'))
    }

    /// The unescaped segments of the pointer.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.pointer.split('/').skip(1).map(|s| pointer::unescape(s).into_owned())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}{}", self.file.0, self.pointer)?;
        if self.part == Part::Key {
            f.write_str(" (key)")?;
        }
        Ok(())
    }
}

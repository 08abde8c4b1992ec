//! JSON text becomes values of emitted types; what is wrong is said with the path to it.

use serde::de::DeserializeOwned;
use std::fmt;

/// Why a text is no value of a type, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The path, as `owner.emails[0]`; `.` for the value itself.
    pub(crate) path: String,
    pub(crate) message: String,
}

/// What the text of a [`Misfit`] inside a value begins with. Errors of deserialisers are texts, so a path inside
/// a union travels in one, and [`slice`] takes it out again.
const INSIDE: &str = "inside `";

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "." => f.write_str(&self.message),
            path => write!(f, "{INSIDE}{path}`: {}", self.message),
        }
    }
}

impl Misfit {
    /// An error that was found at a path; the error may hold the rest of the path.
    pub(crate) fn at(path: &str, message: &str) -> Self {
        let inside = message.strip_prefix(INSIDE).and_then(|rest| rest.split_once("`: "));
        let (path, message) = match inside {
            None => (path.to_owned(), message),
            Some((inner, message)) if path == "." => (inner.to_owned(), message),
            Some((inner, message)) if inner.starts_with('[') => (format!("{path}{inner}"), message),
            Some((inner, message)) => (format!("{path}.{inner}"), message),
        };
        Misfit { path, message: message.to_owned() }
    }
}

/// The one way in which JSON text becomes a value: what is compiled for a type is compiled once.
pub(crate) fn slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, Misfit> {
    serde_json::from_slice(text).or_else(|_| {
        // Once more, slower, to learn where.
        let mut reader = serde_json::Deserializer::from_slice(text);
        let value = serde_path_to_error::deserialize(&mut reader)
            .map_err(|e| Misfit::at(&e.path().to_string(), &e.inner().to_string()))?;
        reader.end().map_err(|e| Misfit::at(".", &e.to_string()))?;
        Ok(value)
    })
}

/// The same for a part of a text, in which lines and columns mean nothing.
pub(crate) fn part<T: DeserializeOwned>(text: &str) -> Result<T, Misfit> {
    slice(text.as_bytes()).map_err(|mut misfit| {
        let end = misfit.message.rfind(" at line ").unwrap_or(misfit.message.len());
        misfit.message.truncate(end);
        misfit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_on_inside_unions() {
        for (path, message, shown) in [
            ("a", "odd", "inside `a`: odd"),
            (".", "odd", "odd"),
            ("a", "inside `b.c`: odd", "inside `a.b.c`: odd"),
            ("a", "inside `[1].c`: odd", "inside `a[1].c`: odd"),
            (".", "inside `b`: odd", "inside `b`: odd"),
        ] {
            assert_eq!(Misfit::at(path, message).to_string(), shown);
        }
    }
}

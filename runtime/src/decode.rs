//! JSON text becomes values of emitted types; what is wrong is said with the path to it.

use serde::de::DeserializeOwned;
use std::cell::Cell;
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

/// What is wanted of what is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// The value or, if there is none, why.
    Both,
    /// The value; nobody reads why there is none.
    Value,
    /// Where a text does not fit, which is known not to.
    Place,
}

thread_local! {
    /// Values inside a value are read as the outermost one is. Were each of them explained by itself, and read
    /// twice for that, the time would double with every level.
    static WANTED: Cell<Wanted> = const { Cell::new(Wanted::Both) };
}

/// Something else is wanted, until this is dropped.
struct Want(Wanted);

impl Want {
    fn now(wanted: Wanted) -> Self {
        Want(WANTED.with(|now| now.replace(wanted)))
    }
}

impl Drop for Want {
    fn drop(&mut self) {
        WANTED.with(|now| now.set(self.0));
    }
}

/// The one way in which JSON text becomes a value: what is compiled for a type is compiled once.
pub(crate) fn slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, Misfit> {
    match WANTED.with(Cell::get) {
        // Once more, slower, to learn where.
        Wanted::Both => quick(text).or_else(|_| tracked(text)),
        Wanted::Value => quick(text).map_err(|e| Misfit::at(".", &e.to_string())),
        Wanted::Place => tracked(text),
    }
}

/// A value, and nothing about where a text does not fit.
pub(crate) fn quick<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    let _want = Want::now(Wanted::Value);
    serde_json::from_slice(text)
}

fn tracked<T: DeserializeOwned>(text: &[u8]) -> Result<T, Misfit> {
    let _want = Want::now(Wanted::Place);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|e| Misfit::at(&e.path().to_string(), &e.inner().to_string()))?;
    reader.end().map_err(|e| Misfit::at(".", &e.to_string()))?;
    Ok(value)
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

//! Why an expression has no value.

use crate::hooks::HookError;
use std::borrow::Cow;
use std::fmt;

/// An expression could not be evaluated: an overflow, a conversion that does not work, a member that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: Cow<'static, str>,
    place: Option<&'static str>,
}

impl Error {
    /// With what went wrong. Values stay out of it: records may hold what must not be logged.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Error { message: message.into(), place: None }
    }

    /// With the place of the expression, such as `syncs/warm_leads.yaml:27:12`. The first place stays.
    #[must_use]
    pub fn at(self, place: &'static str) -> Self {
        Error { place: self.place.or(Some(place)), ..self }
    }

    /// What went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place of the expression in its spec.
    #[must_use]
    pub fn place(&self) -> Option<&'static str> {
        self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

/// Evaluates an expression that stands at `place` of its spec.
///
/// # Errors
/// The expression's, with the place.
pub fn at<T>(
    place: &'static str,
    expression: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    expression().map_err(|error| error.at(place))
}

/// What a function of the user gives.
///
/// # Errors
/// The function's, with its name.
pub fn hook<T>(name: &str, given: Result<T, HookError>) -> Result<T, Error> {
    given.map_err(|error| Error::new(format!("the hook `{name}`: {error}")))
}

/// The member of that name, which is expected to be there.
///
/// # Errors
/// If it is missing or null.
pub fn present<T>(member: Option<T>, name: &str) -> Result<T, Error> {
    member.ok_or_else(|| Error::new(format!("`{name}` is missing")))
}

/// `optional.value()`.
///
/// # Errors
/// If there is none.
pub fn value<T>(optional: Option<T>) -> Result<T, Error> {
    optional.ok_or_else(|| Error::new("the optional value is absent"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_place_is_told() {
        let error = at("outer.yaml:1", || at("inner.yaml:2", || value(None::<i64>)));
        let told = error.map_err(|e| e.to_string());
        assert_eq!(told, Err("inner.yaml:2: the optional value is absent".to_owned()));
    }
}

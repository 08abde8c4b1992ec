//! The functions of expressions: a row each, which says what it takes, what it gives, and what it is in Rust.
//! The checker and the emitter read the same rows. What needs more than a row is in `check/calls.rs`.

mod constants;
mod formats;
mod lists;
mod numbers;
mod others;
mod text;
mod times;

pub(super) use constants::problem;
pub(super) use others::{ELSEWHERE, NAMESPACES, NOT_HERE, OTHERS};

use self::Kind::{Any, List, Number, Optional, Ordered, Scalar};

/// What a parameter takes or a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Int,
    Double,
    Text,
    Bytes,
    Time,
    Span,
    /// A time whose calendar is asked: in UTC, or in the [`Zone`](Kind::Zone) that stands last.
    Moment,
    /// Text: a time zone.
    Zone,
    /// Text: a regular expression.
    Pattern,
    /// Text: the form in which a time is written.
    Printed,
    /// Text: the form in which a time is read.
    Read,
    /// Text: the namespace of a UUID.
    Namespace,
    /// Text: a country's calling code.
    Calling,
    /// Anything; wherever a row says it, it is the same. So are the next three.
    Any,
    /// What is written as one JSON scalar.
    Scalar,
    /// What has an order.
    Ordered,
    Number,
    List(&'static Kind),
    Optional(&'static Kind),
}

impl Kind {
    /// Whether it stands for a type that a call chooses.
    pub(super) fn is_open(self) -> bool {
        match self {
            Any | Scalar | Ordered | Number => true,
            List(item) | Optional(item) => item.is_open(),
            _ => false,
        }
    }
}

/// How a function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `x.f(y)`.
    Method,
    /// `f(x, y)`.
    Plain,
    /// Either.
    Both,
}

/// A function with these parameters.
#[derive(Debug)]
pub(super) struct Function {
    /// With its namespace, if it has one.
    pub(super) name: &'static str,
    pub(super) style: Style,
    /// For a method, what stands before the dot comes first.
    pub(super) parameters: &'static [Kind],
    pub(super) result: Kind,
    pub(super) fails: bool,
    /// Whether only the time zone can fail it, and not the function itself.
    pub(super) only_by_zone: bool,
    /// A text that the function is called with besides, as the last.
    pub(super) with: Option<&'static str>,
    /// Its path below `gusset::cel`; a bare name is written out by the emitter.
    pub(super) rust: &'static str,
}

impl Function {
    const fn fails(self) -> Self {
        Function { fails: true, ..self }
    }

    /// Asking a calendar does not fail, getting at that of a zone does.
    const fn fails_by_zone(self) -> Self {
        Function { fails: true, only_by_zone: true, ..self }
    }

    const fn with(self, text: &'static str) -> Self {
        Function { with: Some(text), ..self }
    }

    const fn both(self) -> Self {
        Function { style: Style::Both, ..self }
    }
}

const fn method(
    name: &'static str,
    parameters: &'static [Kind],
    result: Kind,
    rust: &'static str,
) -> Function {
    Function {
        name,
        style: Style::Method,
        parameters,
        result,
        fails: false,
        only_by_zone: false,
        with: None,
        rust,
    }
}

const fn plain(
    name: &'static str,
    parameters: &'static [Kind],
    result: Kind,
    rust: &'static str,
) -> Function {
    Function { style: Style::Plain, ..method(name, parameters, result, rust) }
}

/// Every function that has a row. Rows of one name and one number of parameters differ in their first.
pub(super) fn all() -> impl Iterator<Item = &'static Function> {
    [text::ROWS, numbers::ROWS, lists::ROWS, times::ROWS, formats::ROWS].into_iter().flatten()
}

/// The rows of a name.
pub(super) fn named(name: &str) -> impl Iterator<Item = &'static Function> {
    all().filter(move |function| function.name == name)
}

/// The row of an expression that the checker made.
pub(super) fn row(rust: &str, arity: usize) -> Option<&'static Function> {
    all().find(|row| row.rust == rust && row.parameters.len() == arity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_in_the_book() {
        let book = include_str!("../../../docs/specs.md");
        let names = all().map(|f| f.name).chain(OTHERS.iter().copied());
        let missing: Vec<&str> = names.filter(|name| !book.contains(&format!("{name}("))).collect();
        assert!(missing.is_empty(), "docs/specs.md does not tell of {missing:?}");
    }

    #[test]
    fn rows_are_told_apart() {
        for (n, a) in all().enumerate() {
            for b in all().skip(n + 1) {
                let same = a.name == b.name && a.parameters.len() == b.parameters.len();
                assert!(!same || a.parameters[0] != b.parameters[0], "{}", a.name);
                let shared = a.rust == b.rust && a.parameters.len() == b.parameters.len();
                assert!(!shared || a.result == b.result, "{}", a.rust);
            }
        }
    }
}

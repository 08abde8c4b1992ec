//! How responses are judged.

use super::Expr;
use super::TypeUse;
use crate::source::Place;

/// How responses are judged.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    /// The body that rules see: what the documents say of error responses, plus what the spec assumes.
    pub body: Option<TypeUse>,
    /// Where the provider's message for people is.
    pub message: Option<ErrorText>,
    /// Where the provider's error code is.
    pub code: Option<ErrorText>,
    /// First match wins.
    pub rules: Vec<ErrorRule>,
}

/// A text that says what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorText {
    /// At a JSON pointer into the body.
    Body(String),
    /// In a header, by name.
    Header(String),
}

/// A rule.
#[derive(Clone, Debug)]
pub struct ErrorRule {
    /// The condition over `status`, `header`, `body`.
    pub when: Expr,
    /// The same as the spec has it: CEL.
    pub text: String,
    /// What then.
    pub action: Action,
    /// How long to wait, for [`Action::Wait`].
    pub wait: Option<Expr>,
    /// Where the spec says it.
    pub place: Place,
}

/// What a rule does with a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A limit was hit: wait, then send again (safe for every method: the call was refused).
    Wait,
    /// A passing fault: send again, if the operation may be repeated.
    Retry,
    /// Refresh the credentials once, then send again.
    Refresh,
    /// Final.
    Fail,
    /// Not an error.
    Accept,
    /// What a hook of this name says; the rules below, if it leaves it to them.
    Hook(String),
}

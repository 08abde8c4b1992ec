//! How responses are judged: rules from the spec.

use crate::{Response, cel};
use std::time::Duration;

/// How long an answer asks to wait.
pub type WaitTime = fn(&Response) -> Result<Duration, cel::Error>;

/// A rule, from the spec. First match wins; a condition that fails to evaluate does not match.
#[derive(Debug)]
pub struct ErrorRule {
    /// Where the spec says it (`shop/integration.yaml:31:5`), for logs.
    pub place: &'static str,
    /// The condition. The body is parsed only when a condition looks at it.
    pub when: fn(&Response) -> Result<bool, cel::Error>,
    /// What then.
    pub action: Action,
    /// How long to wait, for [`Action::Wait`].
    pub wait: Option<WaitTime>,
}

/// What a rule does with a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A limit was hit: wait, then send again (the call was refused, so every method may be repeated).
    Wait,
    /// A passing fault: send again, if the operation may be repeated.
    Retry,
    /// Refresh the credentials once, then send again.
    Refresh,
    /// Final.
    Fail,
    /// Not an error.
    Accept,
    /// What the hook of that name says; the rules below, if it leaves it to them.
    Hook(&'static str),
}

/// Where an answer says what went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorText {
    /// At a JSON pointer into the body.
    Body(&'static str),
    /// In a header, by name.
    Header(&'static str),
}

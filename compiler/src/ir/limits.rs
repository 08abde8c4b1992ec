//! Limits: what the provider allows, and how it tells.

use crate::source::Place;
use std::time::Duration;

/// A limit.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The name in the spec.
    pub name: String,
    /// How much.
    pub kind: LimitKind,
    /// Who shares it.
    pub scope: Scope,
    /// The operations it holds for, by name; empty for all.
    pub operations: Vec<String>,
    /// The ways to authorise that it holds for, by name; empty for all.
    pub auth: Vec<String>,
    /// How much of the quota a call of an operation takes, by name; 1 for those that are not here.
    pub cost: Vec<(String, u32)>,
    /// What responses tell about it.
    pub observe: Observe,
    /// Where the spec says it.
    pub place: Place,
}

impl Limit {
    /// Whether it holds for a way to authorise.
    #[must_use]
    pub fn holds_for(&self, way: &str) -> bool {
        holds_for(&self.auth, way)
    }
}

/// Operations that nothing limits, as the spec says.
#[derive(Clone, Debug)]
pub struct Unlimited {
    /// The operations, by name; empty for all.
    pub operations: Vec<String>,
    /// The ways to authorise that it holds for, by name; empty for all.
    pub auth: Vec<String>,
}

impl Unlimited {
    /// Whether it is about an operation.
    #[must_use]
    pub fn is_of(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }

    /// Whether it holds for a way to authorise.
    #[must_use]
    pub fn holds_for(&self, way: &str) -> bool {
        holds_for(&self.auth, way)
    }
}

fn holds_for(ways: &[String], way: &str) -> bool {
    ways.is_empty() || ways.iter().any(|name| name == way)
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// At most that many calls in any window of that length.
    Quota {
        /// Calls.
        calls: u32,
        /// The window.
        per: Duration,
    },
    /// At most that many calls at a time.
    Concurrency(u32),
}

/// Who shares a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each connection has its own.
    Connection,
    /// All connections of the process share it.
    App,
}

/// What response headers tell about a limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observe {
    /// A header with the number of calls left in the window.
    pub remaining: Option<String>,
    /// A header that says when the window ends.
    pub reset: Option<(String, ResetUnit)>,
    /// A header with a pattern such as `api-usage={used}/{limit}`.
    pub usage: Option<(String, String)>,
}

/// What the number in a reset header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetUnit {
    /// Seconds from now.
    Seconds,
    /// Milliseconds from now.
    Millis,
    /// Seconds since 1970.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
    /// An HTTP or ISO 8601 date.
    Date,
}

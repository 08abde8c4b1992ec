//! Limits: what the provider allows, and how it tells.

mod gate;
mod observe;
mod pace;
mod permit;
mod queue;
mod shared;
mod standard;
mod window;

pub use shared::{QuotaStore, Share};

pub(crate) use gate::{Gate, NoRoom, TooLong};
pub(crate) use permit::Permit;

use std::time::Duration;

/// A limit, from the spec.
#[derive(Debug)]
pub struct Limit {
    /// The name in the spec.
    pub name: &'static str,
    /// How much.
    pub kind: LimitKind,
    /// Who shares it.
    pub scope: Scope,
    /// How much of a quota a call of an operation takes, by name; 1 for those that are not here.
    pub cost: &'static [(&'static str, u32)],
    /// What responses tell about it.
    pub observe: Observe,
}

impl Limit {
    /// How much of it a call takes.
    pub(crate) fn cost_of(&self, operation: &str) -> u32 {
        let known = self.cost.iter().find(|(name, _)| *name == operation);
        known.map_or(1, |(_, points)| *points)
    }
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
    /// Each client (connection) has its own.
    Connection,
    /// All clients of the process share it.
    App,
}

/// What response headers tell about a limit.
#[derive(Debug)]
pub struct Observe {
    /// A header with the number of calls left in the window.
    pub remaining: Option<&'static str>,
    /// A header that says when the window ends.
    pub reset: Option<(&'static str, ResetUnit)>,
    /// A header and a pattern such as `api-usage={used}/{limit}`.
    pub usage: Option<(&'static str, &'static str)>,
}

impl Observe {
    /// The spec does not say how responses tell. The standard fields (`RateLimit`, `RateLimit-Remaining`) are believed
    /// where responses have them, and `X-RateLimit-Remaining` beside an `X-RateLimit-Limit` that is the quota's number.
    pub const NOTHING: Observe = Observe { remaining: None, reset: None, usage: None };

    fn is_nothing(&self) -> bool {
        self.remaining.is_none() && self.reset.is_none() && self.usage.is_none()
    }
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

//! What a sync remembers between steps: all of it is durable, nothing else is.

use crate::PageState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which sync, on whose behalf.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SyncId {
    /// The name of the sync.
    pub sync: String,
    /// The name of the connection: one sync may run for many.
    pub connection: String,
}

/// Where a sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Commits so far: tells two runners of the same sync apart.
    pub revision: u64,
    /// Runs begun so far.
    pub runs: u64,
    /// Every change up to then was dealt with. Moves only when a run completed.
    pub watermark: Option<Timestamp>,
    /// The [version](super::Sync::version) of the last complete run.
    pub version: String,
    /// The run in progress.
    pub run: Option<Run>,
}

/// A run in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number, from 1.
    pub number: u64,
    /// The version that it began with.
    pub version: String,
    /// What is read.
    pub mode: Mode,
    /// Where reading goes on.
    pub page: PageState,
    /// When it began, before anything was read.
    pub started_at: Timestamp,
    /// The greatest time of change that was seen.
    pub seen: Option<Timestamp>,
    /// Records read in the current listing.
    pub listed: u64,
    /// It reads everything because the source no longer knows what changed since the watermark.
    #[serde(default)]
    pub out_of_reach: bool,
    /// What happened so far.
    pub counts: Counts,
}

/// What a run reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All records.
    Full,
    /// Records changed since a time.
    Changes {
        /// The time; the lookback is taken off already.
        since: Timestamp,
    },
}

impl Mode {
    /// The time since which changes are read.
    pub fn since(self) -> Option<Timestamp> {
        match self {
            Mode::Full => None,
            Mode::Changes { since } => Some(since),
        }
    }
}

/// What happened in a run.
///
/// Every record read, and every one sent again, ends in one place:
/// `read + resent = created + updated + written + skipped + quarantined`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Records that the source gave.
    pub read: u64,
    /// New in the target.
    pub created: u64,
    /// Changed in the target. A write that is repeated after a kill counts as this.
    pub updated: u64,
    /// Written, where the target does not tell whether they are new.
    pub written: u64,
    /// Not written: not wanted, left alone by the spec, given twice on a page, or unchanged.
    pub skipped: u64,
    /// Those of `skipped` that had been written just so before.
    pub unchanged: u64,
    /// Set aside: not decoded, not mapped, or refused.
    pub quarantined: u64,
    /// Those of `quarantined` that the target refused.
    pub rejected: u64,
    /// Records that the target refused in an earlier run and that were sent again.
    pub resent: u64,
    /// Requests sent.
    pub requests: u64,
    /// Requests that had to wait for a limit.
    pub waits: u64,
    /// How long they waited in all, in milliseconds.
    pub waited_ms: u64,
    /// Requests that were repeated.
    pub retries: u64,
    /// Pages read.
    pub pages: u64,
    /// Time at work, in milliseconds; pauses between a kill and the next start do not count.
    pub duration_ms: u64,
}

impl Counts {
    /// Records that the target took, new or not.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.created + self.updated + self.written
    }

    pub(super) fn add(&mut self, more: &Counts) {
        self.read += more.read;
        self.created += more.created;
        self.updated += more.updated;
        self.written += more.written;
        self.skipped += more.skipped;
        self.unchanged += more.unchanged;
        self.quarantined += more.quarantined;
        self.rejected += more.rejected;
        self.resent += more.resent;
        self.requests += more.requests;
        self.waits += more.waits;
        self.waited_ms += more.waited_ms;
        self.retries += more.retries;
        self.pages += more.pages;
        self.duration_ms += more.duration_ms;
    }
}

//! Where a sync's state is kept.

#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

use super::error::StoreError;
use super::report::Report;
use super::state::{Run, State, SyncId};
use jiff::Timestamp;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::future::Future;

/// Keeps the state of syncs.
pub trait Store: Send + Sync {
    /// Where a sync stands; the default when it never ran.
    fn state(&self, id: &SyncId) -> impl Future<Output = Result<State, StoreError>> + Send;

    /// What the ledger knows about these keys.
    fn ledger(
        &self,
        id: &SyncId,
        keys: &[String],
    ) -> impl Future<Output = Result<HashMap<String, Entry>, StoreError>> + Send;

    /// At most `limit` records that the target refused and that no run since `run` has dealt with.
    fn refused(
        &self,
        id: &SyncId,
        run: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Quarantined>, StoreError>> + Send;

    /// Makes a step durable: all of it, or nothing.
    ///
    /// Fails with [`StoreError::Conflict`] unless [`State::revision`] is one more than the stored one.
    fn commit(
        &self,
        id: &SyncId,
        step: &Commit<'_>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// At most `limit` records that are set aside, by key.
    fn quarantine(
        &self,
        id: &SyncId,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Quarantined>, StoreError>> + Send;

    /// At most `limit` reports, the latest first.
    fn reports(
        &self,
        id: &SyncId,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Report>, StoreError>> + Send;
}

/// What the ledger knows about a source record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The target's id, where it told.
    pub target: Option<String>,
    /// What was written, hashed; `None` while a write is on its way, and after it was stopped.
    pub hash: Option<u128>,
}

/// What one step changes.
#[derive(Debug)]
pub struct Commit<'s> {
    /// Where the sync stands after it.
    pub state: &'s State,
    /// The number of the run.
    pub run: u64,
    /// What was written. A known target id outlives an entry without one.
    pub ledger: &'s [(String, Entry)],
    /// Keys that are about to be written: what the ledger knows to be written is to be forgotten.
    pub unsure: &'s [String],
    /// Keys that the source still has.
    pub seen: &'s [String],
    /// Records that are set aside.
    pub quarantined: &'s [Quarantined],
    /// Keys that are no longer set aside.
    pub cleared: &'s [String],
    /// Nothing is set aside any more that this run has not set aside: it has read everything.
    pub clear_older: bool,
    /// The report so far, and why the run stopped if it did.
    pub report: Option<(&'s Report, Option<&'s str>)>,
}

impl<'s> Commit<'s> {
    /// Changes nothing but where the sync stands.
    pub fn of(state: &'s State, run: &Run) -> Self {
        Commit {
            state,
            run: run.number,
            ledger: &[],
            unsure: &[],
            seen: &[],
            quarantined: &[],
            cleared: &[],
            clear_older: false,
            report: None,
        }
    }
}

/// A record that is set aside.
#[derive(Clone)]
pub struct Quarantined {
    /// The source's key, or `#` and a hash of the record where it has none.
    pub key: String,
    /// What failed.
    pub stage: Stage,
    /// Why.
    pub reason: String,
    /// The record as it came, or as the target refused it; not kept of one that could not be mapped.
    pub record: Option<Box<RawValue>>,
    /// When.
    pub at: Timestamp,
    /// In which run, last.
    pub run: u64,
}

/// Without the record, which holds what it may.
impl fmt::Debug for Quarantined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quarantined")
            .field("key", &self.key)
            .field("stage", &self.stage)
            .field("reason", &self.reason)
            .field("at", &self.at)
            .field("run", &self.run)
            .finish_non_exhaustive()
    }
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The record is not what the document says.
    Decode,
    /// A condition or a mapping.
    Map,
    /// The target refused it. It is sent again in the next run.
    Write,
}

impl Stage {
    /// Its name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Decode => "decode",
            Stage::Map => "map",
            Stage::Write => "write",
        }
    }
}

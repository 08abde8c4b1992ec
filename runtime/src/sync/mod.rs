//! Syncs: what emitted code declares, and the engine that runs it.
//!
//! The unit of work is a step: read a page, decide about each record, write, commit. A step starts from durable state
//! and its effects may be repeated, so a run may stop anywhere and the next one goes on with nothing lost or doubled.
//! [`run()`] is the loop over steps; a [`Store`] keeps the state, the *ledger* (what was written for each source record,
//! hashed, so that unchanged records are left alone) and the *quarantine* (records that did not decode or map, or that
//! the target refused).

mod error;
mod meter;
mod observer;
mod report;
mod run;
mod sort;
mod state;
mod step;
mod store;
mod table;
#[cfg(test)]
mod tests;

pub use error::{Failed, StoreError, SyncError};
pub use observer::{Event, Observer};
pub use report::Report;
pub use run::{Options, run};
pub use state::{Counts, Mode, Run, State, SyncId};
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use store::{Commit, Entry, Quarantined, Stage, Store};
pub use table::Table;

use crate::resources::Outcome;
use crate::{Error, PageState, cel};
use jiff::Timestamp;
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// A sync, as the engine needs to know it. Emitted as a constant.
#[derive(Debug)]
pub struct SyncMeta {
    /// The name in the spec.
    pub name: &'static str,
    /// `integration.resource` that is read.
    pub source: &'static str,
    /// `integration.resource` that is written.
    pub target: &'static str,
    /// JSON pointer from a source record to its key, for records that do not decode.
    pub key: &'static str,
    /// Whether the source can list what changed since a time.
    pub incremental: bool,
    /// The most records that the source gives in one listing of changes.
    pub cap: Option<u64>,
    /// Whether a listing of changes comes in ascending order of the time of change.
    pub ascending: bool,
    /// How far to look back behind the watermark.
    pub lookback: Duration,
    /// How far back the source remembers changes; `None`: for ever.
    pub reach: Option<Duration>,
    /// The most records in one write.
    pub batch: usize,
    /// How often, for a runner.
    pub every: Option<Duration>,
}

/// A one-way sync. Implemented by emitted code: it declares, the engine acts.
pub trait Sync: Send + std::marker::Sync {
    /// The source record.
    type Source: Send + std::marker::Sync;
    /// The tables that are read at the start of a run.
    type Lookups: Send + std::marker::Sync;
    /// What the engine needs to know.
    const META: &'static SyncMeta;

    /// What decisions rest on besides the records: a hash of the spec, and the settings. When it is not that of the
    /// last run, records that did not change may be decided otherwise, so the next run reads all of them.
    fn version(&self) -> String {
        String::new()
    }

    /// What the effect of a write rests on besides the record: where it is sent, and with what. When it is not that of
    /// the last run, all records are read and written again.
    fn target(&self) -> String {
        String::new()
    }

    /// The clients that it calls, each once, so that a report can count requests and waits.
    fn clients(&self) -> Vec<&crate::Client> {
        Vec::new()
    }

    /// The integration that changes are read from, and the operation: what the spec assumes of it is held against
    /// what comes.
    fn listing(&self) -> Option<(&'static crate::Integration, &'static str)> {
        None
    }

    /// Reads the lookup tables.
    fn lookups(&self) -> impl Future<Output = Result<Self::Lookups, Error>> + Send;

    /// Reads one page: of all records, or of those changed since a time.
    fn read(
        &self,
        since: Option<Timestamp>,
        page: &PageState,
    ) -> impl Future<Output = Result<ReadPage<Self::Source>, Error>> + Send;

    /// The record's key in the source.
    fn key(record: &Self::Source) -> String;

    /// When the record was changed, where the source tells.
    fn changed_at(record: &Self::Source) -> Option<Timestamp>;

    /// Whether the record is wanted, and what is written for it.
    ///
    /// # Errors
    /// When a condition or a mapping fails: the record is quarantined.
    fn decide(&self, source: &Self::Source, lookup: &Self::Lookups)
    -> Result<Decision, cel::Error>;

    /// Writes at most [`SyncMeta::batch`] records; one outcome each, in order.
    fn write(&self, records: &[Write]) -> impl Future<Output = Result<Vec<Outcome>, Error>> + Send;
}

/// One page as a sync reads it: what decoded, and what did not.
#[derive(Clone, Debug)]
pub struct ReadPage<T> {
    /// Records that decoded.
    pub items: Vec<T>,
    /// Records that did not.
    pub rejected: Vec<Rejected>,
    /// Where to go on.
    pub next: PageState,
}

/// A record that did not decode.
#[derive(Clone)]
pub struct Rejected {
    /// Its place on the page, from 0.
    pub index: usize,
    /// Why, with the JSON path.
    pub reason: String,
    /// The record as it came.
    pub raw: serde_json::Value,
}

/// Without the record: nobody knows which of its members are secrets.
impl fmt::Debug for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected")
            .field("index", &self.index)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// What is to happen with a source record.
#[derive(Clone, Debug)]
pub enum Decision {
    /// `when` or `unless` say no.
    Skip,
    /// This is written.
    Write(Write),
}

impl Decision {
    /// The record is written under the source's key.
    ///
    /// # Errors
    /// When the record cannot be written as JSON.
    pub fn write<T: serde::Serialize>(key: String, record: &T) -> Result<Self, cel::Error> {
        let body = serde_json::value::to_raw_value(record)
            .map_err(|error| cel::Error::new(format!("the mapped record is no JSON: {error}")))?;
        Ok(Decision::Write(Write { key, body }))
    }
}

/// A record on its way to the target.
#[derive(Clone)]
pub struct Write {
    /// The value of the match field: the source's key.
    pub key: String,
    /// The JSON object that is sent.
    pub body: Box<serde_json::value::RawValue>,
}

/// Without the record, which holds what it may.
impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Write")
            .field("key", &self.key)
            .field("body_bytes", &self.body.get().len())
            .finish()
    }
}

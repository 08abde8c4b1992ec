//! Why a run stopped.

use super::report::Report;
use crate::Error;
use std::error::Error as StdError;
use std::fmt;

/// A run that stopped before its end. What was committed stays; the next run goes on there.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: SyncError,
    /// What it did until then; `None` when it did not get to begin.
    pub report: Option<Box<Report>>,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.report {
            Some(report) => {
                write!(f, "run {} of {} stopped: {}", report.run, report.sync, self.error)
            }
            None => self.error.fmt(f),
        }
    }
}

impl StdError for Failed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

impl From<SyncError> for Failed {
    fn from(error: SyncError) -> Self {
        Failed { error, report: None }
    }
}

/// Why a run stopped.
#[derive(Debug)]
#[non_exhaustive]
pub enum SyncError {
    /// A lookup table could not be read.
    Lookup(Error),
    /// A page could not be read.
    Read(Error),
    /// A batch could not be written; none of its page is committed.
    Write(Error),
    /// The source gave a page that leads to itself.
    Stuck,
    /// The write returned another number of outcomes than it was given records.
    Outcomes {
        /// Records.
        written: usize,
        /// Outcomes.
        returned: usize,
    },
    /// The state could not be read or written.
    Store(StoreError),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SyncError::Lookup(error) => write!(f, "a lookup table could not be read: {error}"),
            SyncError::Read(error) => write!(f, "a page could not be read: {error}"),
            SyncError::Write(error) => write!(f, "a batch could not be written: {error}"),
            SyncError::Stuck => f.write_str("the source gave a page that leads to itself"),
            SyncError::Outcomes { written, returned } => {
                write!(f, "{written} records were written but {returned} outcomes came back")
            }
            SyncError::Store(error) => error.fmt(f),
        }
    }
}

impl StdError for SyncError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // Shown as part of this one, so only what lies behind it is left to show.
            SyncError::Lookup(error) | SyncError::Read(error) | SyncError::Write(error) => {
                error.source()
            }
            SyncError::Store(error) => error.source(),
            SyncError::Stuck | SyncError::Outcomes { .. } => None,
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        SyncError::Store(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        SyncError::Store(error).into()
    }
}

/// Why state could not be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The database says no.
    Database(Box<dyn StdError + Send + Sync>),
    /// The database was made by a later version of Gusset.
    Newer {
        /// Its schema's version.
        found: i64,
        /// The latest that this version knows.
        known: i64,
    },
    /// Another runner works on the same sync and connection.
    Conflict,
    /// What is stored cannot be read back.
    Corrupt(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Database(error) => write!(f, "the sync state: {error}"),
            StoreError::Newer { found, known } => write!(
                f,
                "the sync state has schema version {found}, but this program knows {known} at most"
            ),
            StoreError::Conflict => {
                f.write_str("another runner works on the same sync and connection")
            }
            StoreError::Corrupt(what) => write!(f, "the sync state cannot be read back: {what}"),
        }
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            StoreError::Database(error) => error.source(),
            _ => None,
        }
    }
}

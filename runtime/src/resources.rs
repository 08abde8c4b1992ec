//! What emitted resource handles declare; [`Client`](crate::Client) does the work.

use crate::cel;
use crate::operation::OperationMeta;
use crate::request::Slot;
use serde_json::Value;
use std::time::Duration;

/// Constants that a use of an operation always sends; the compiler has checked them against the document.
#[derive(Debug)]
pub struct Preset {
    /// Path, query and header values in order; a list gives one entry an element.
    pub values: &'static [(Slot, &'static str)],
    /// The JSON body to start from.
    pub body: Option<&'static str>,
}

impl Preset {
    /// Nothing.
    pub const NOTHING: Preset = Preset { values: &[], body: None };
}

/// Reads the records of a resource with a paginated operation.
#[derive(Debug)]
pub struct Listing {
    /// What is always sent.
    pub preset: Preset,
    /// For changes: where the time goes.
    pub since: Option<Since>,
}

/// Where the time of a change listing goes, and how it is written.
#[derive(Debug)]
pub struct Since {
    /// Where.
    pub into: Slot,
    /// How.
    pub format: TimeFormat,
    /// The text it is sent in: `{since}` stands for the time, `{until}` for the present one.
    pub template: Option<&'static str>,
    /// How far to look back behind a watermark.
    pub lookback: Duration,
    /// The most records that the provider gives in one listing.
    pub cap: Option<u64>,
}

/// Reads ids of records that changed since a time. Pointers are JSON pointers.
#[derive(Debug)]
pub struct Feed {
    /// The call.
    pub listing: Listing,
    /// Where in the answer the entries are: a list, or a map by id.
    pub entries: &'static str,
    /// Where in an entry of a list the id is; `None`: the entry is the id.
    pub id: Option<&'static str>,
    /// When records changed.
    pub at: FeedTime,
    /// This record is gone.
    pub removed: Option<ResultTest>,
}

/// Where a feed says when records changed.
#[derive(Clone, Copy, Debug)]
pub enum FeedTime {
    /// In each entry.
    Entry(&'static str),
    /// In the answer: up to when it tells.
    Answer(&'static str),
}

/// How a time is written in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// `2026-11-22T10:00:00Z`.
    Rfc3339,
    /// `2026-11-22 10:00`, in UTC.
    Minute,
    /// `2026-11-22`.
    Date,
    /// Seconds since 1970.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
}

/// Works on one record by its key (get, update, delete).
#[derive(Debug)]
pub struct One {
    /// Where the key goes.
    pub key: Slot,
    /// What is always sent.
    pub preset: Preset,
}

/// Creates or changes records by an external key.
#[derive(Debug)]
pub struct Upsert {
    /// The operation.
    pub operation: &'static OperationMeta,
    /// What is always sent.
    pub preset: Preset,
    /// The wire name of the key field in a record.
    pub by: &'static str,
    /// Where the key goes instead of the record: the path of a one-record upsert.
    pub key: Option<Slot>,
    /// Members (a JSON object) that every record is sent with.
    pub each: Option<&'static str>,
    /// JSON pointer in the body to the record, for one record a call; `None`: the body is the record.
    pub into: Option<&'static str>,
    /// JSON pointer in the body to the array of records; `None`: the body is the one record.
    pub records: Option<&'static str>,
    /// The most records in one call.
    pub batch: usize,
    /// How the answer tells what became of each record.
    pub results: Results,
}

/// A condition over the result of one record.
pub type ResultTest = fn(&Value) -> Result<bool, cel::Error>;

/// How an answer tells what became of each record. Pointers are relative to one result.
#[derive(Debug)]
pub struct Results {
    /// JSON pointer to the array of results, in the order of the records; `None` if the answer is the one result.
    pub records: Option<&'static str>,
    /// JSON pointer to the target's id.
    pub id: Option<&'static str>,
    /// JSON pointer to a boolean: created (true) or updated (false).
    pub created: Option<&'static str>,
    /// A status that means created, for a one-record upsert (201).
    pub created_status: Option<u16>,
    /// This record was refused.
    pub failed: Option<ResultTest>,
    /// This record was refused in a way that is to be left alone.
    pub skipped: Option<ResultTest>,
    /// JSON pointer to the message of a refusal.
    pub message: Option<&'static str>,
}

/// What became of a record that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Created {
        /// The target's id, where the provider tells.
        id: Option<String>,
    },
    /// It was there and was changed.
    Updated {
        /// The target's id, where the provider tells.
        id: Option<String>,
    },
    /// It was written, and nothing tells whether it is new.
    Written {
        /// The target's id, where the provider tells.
        id: Option<String>,
    },
    /// The provider refused it in a way that the spec leaves alone.
    Skipped {
        /// The provider's message.
        reason: String,
    },
    /// The provider refused it.
    Rejected {
        /// The provider's message.
        reason: String,
    },
}

//! Resources: what can be done with one kind of record.

use super::{Expr, Slot, TypeId, TypeUse};
use crate::source::Place;
use serde_json::Value;
use std::time::Duration;

/// One kind of record, and the operations that work on it. Operations are meant by name.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The name in the spec (`contacts`).
    pub name: String,
    /// The Rust type name of the handle (`Contacts`).
    pub ident: String,
    /// The record as read.
    pub ty: TypeId,
    /// The wire name of the field that identifies a record.
    pub key: String,
    /// All records.
    pub list: Option<Listing>,
    /// Records changed since a time.
    pub changes: Option<Changes>,
    /// Ids of records changed since a time; each is read by `get`.
    pub feed: Option<Feed>,
    /// One record by key.
    pub get: Option<One>,
    /// A new record.
    pub create: Option<Create>,
    /// Changes one record by key.
    pub update: Option<One>,
    /// Creates or changes records by an external key.
    pub upsert: Option<Upsert>,
    /// Removes one record by key.
    pub delete: Option<One>,
    /// Where the spec says it.
    pub place: Place,
}

/// Constants that a use of an operation always sends, checked against the document.
#[derive(Clone, Debug, Default)]
pub struct Preset {
    /// Path, query and header values, as text, in order; lists give one entry an element.
    pub values: Vec<(Slot, String)>,
    /// The JSON body to start from.
    pub body: Option<Value>,
}

/// Reads all records.
#[derive(Clone, Debug)]
pub struct Listing {
    /// A paginated operation.
    pub operation: String,
    /// What is always sent.
    pub preset: Preset,
    /// Where the spec says it.
    pub place: Place,
}

/// Reads records changed since a time.
#[derive(Clone, Debug)]
pub struct Changes {
    /// A paginated operation.
    pub operation: String,
    /// What is always sent.
    pub preset: Preset,
    /// Where the time goes.
    pub since: Slot,
    /// How the time is written.
    pub format: TimeFormat,
    /// The text it is sent in: `{since}` stands for the time, `{until}` for the present one.
    pub template: Option<String>,
    /// Wire path of the record's time of change.
    pub cursor: Vec<String>,
    /// How far to look back behind the watermark.
    pub lookback: Duration,
    /// How far back the provider remembers changes; `None`: for ever.
    pub reach: Option<Duration>,
    /// The most records that the provider gives in one listing.
    pub cap: Option<u64>,
    /// Whether records come in ascending order of the cursor.
    pub ascending: bool,
    /// Why the time that is sent is the one of the cursor, where names tell otherwise.
    pub because: Option<String>,
    /// Where the spec says it.
    pub place: Place,
}

/// Reads ids of records changed since a time.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The call; the cursor is as the spec has it.
    pub changes: Changes,
    /// Wire path from the answer to the list or map of entries.
    pub entries: Vec<String>,
    /// Wire path from an entry to the id; `None`: it is the key of a map, or the entry itself.
    pub id: Option<Vec<String>>,
    /// Where the time of the change is.
    pub at: FeedTime,
    /// A condition over `result`, an entry: the record is gone.
    pub removed: Option<Expr>,
}

/// Where a feed says when records changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedTime {
    /// Wire path in an entry.
    Entry(Vec<String>),
    /// Wire path in the answer: up to when it tells.
    Answer(Vec<String>),
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

/// A record inside a body that is more than the record.
#[derive(Clone, Debug)]
pub struct Within {
    /// The wire path from the body to it; elements of lists by number.
    pub path: Vec<String>,
    /// Its type.
    pub ty: TypeUse,
    /// Where the spec says it.
    pub place: Place,
}

/// Works on one record.
#[derive(Clone, Debug)]
pub struct One {
    /// The operation.
    pub operation: String,
    /// Where the record's key goes.
    pub key: Slot,
    /// Where the record is in the answer; `None`: the answer is the record.
    pub item: Option<Within>,
    /// Where the record goes in the body; `None`: the body is the record.
    pub into: Option<Within>,
    /// What is always sent.
    pub preset: Preset,
    /// Where the spec says it.
    pub place: Place,
}

/// Creates one record.
#[derive(Clone, Debug)]
pub struct Create {
    /// The operation.
    pub operation: String,
    /// Where the record is in the answer; `None`: the answer is the record.
    pub item: Option<Within>,
    /// Where the record goes in the body; `None`: the body is the record.
    pub into: Option<Within>,
    /// The header of the answer whose URL ends with the new record's key.
    pub id: Option<String>,
    /// What is always sent.
    pub preset: Preset,
    /// Where the spec says it.
    pub place: Place,
}

/// Creates or changes records by an external key.
#[derive(Clone, Debug)]
pub struct Upsert {
    /// The operation.
    pub operation: String,
    /// The wire name of the key field in the record that is written.
    pub by: String,
    /// What is always sent.
    pub preset: Preset,
    /// The struct that is written for one record.
    pub record: TypeId,
    /// For one record a call: where the record goes in the body; `None`: the body is the record.
    pub into: Option<Within>,
    /// Where the key goes besides (or instead of) the record: the path of a one-record upsert.
    pub key: Option<Slot>,
    /// Members that every record is sent with.
    pub each: Option<Value>,
    /// For batches: JSON pointer in the body to the array of records; `None`: the body is the one record.
    pub records: Option<String>,
    /// The most records in one call; 1 without a batch.
    pub batch: usize,
    /// How the answer tells what became of each record.
    pub results: Results,
    /// Where the spec says it.
    pub place: Place,
}

/// How an answer tells what became of each record. Pointers are relative to one result.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// JSON pointer to the array of results, in the order of the records; `None` if the answer is the one result.
    pub records: Option<String>,
    /// JSON pointer to the target's id.
    pub id: Option<String>,
    /// JSON pointer to a boolean: created (true) or updated (false).
    pub created: Option<String>,
    /// Statuses that mean created, for a one-record upsert (201).
    pub created_status: Option<u16>,
    /// A condition over `result`: this record was refused.
    pub failed: Option<Expr>,
    /// A condition over `result`: this record was refused in a way that is to be left alone.
    pub skipped: Option<Expr>,
    /// JSON pointer to the message of a refusal.
    pub message: Option<String>,
}

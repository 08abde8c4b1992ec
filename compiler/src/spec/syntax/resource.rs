//! `resources:`.

use crate::spec::quantity::DURATION;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Constants that are always sent, by `query.NAME`, `header.NAME`, `path.NAME` or `body.PATH`.
pub type With = IndexMap<String, Value>;

/// What can be done with one kind of record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The record: a name of `types`.
    #[serde(rename = "type")]
    pub ty: String,
    /// The field that identifies a record.
    pub key: String,
    /// Reads all records, with a paginated operation.
    pub list: Option<Use>,
    /// Reads records changed since a time.
    pub changes: Option<Changes>,
    /// Reads one record.
    pub get: Option<Use>,
    /// Makes a record.
    pub create: Option<Use>,
    /// Changes one record.
    pub update: Option<Use>,
    /// Makes or changes records by an external key.
    pub upsert: Option<Upsert>,
    /// Removes one record.
    pub delete: Option<Use>,
}

/// The name of an operation, or more about its use.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Use {
    /// Just the name.
    Name(String),
    /// The name, and how it is used.
    Full(FullUse),
}

impl Use {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Use::Name(name) => name,
            Use::Full(full) => &full.operation,
        }
    }
}

/// How an operation is used.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullUse {
    /// Its name in `operations`.
    pub operation: String,
    /// For one record: where its key goes (`path.id`). Without it, the only path parameter.
    pub key: Option<String>,
    /// For `create`: the header whose URL ends with the new record's key, where the answer has no body: `header.Location`.
    pub id: Option<String>,
    /// For `get`, `create` and `update`: where the record is in the answer, if the answer is more than the record: `body.data`.
    pub item: Option<String>,
    /// For `create` and `update`: where the record goes in the body, if the body is more than the record: `body.data`.
    pub into: Option<String>,
    /// What is always sent.
    #[serde(default)]
    pub with: With,
    /// Why the record is there, where the document does not list it; or why the operation is about these records.
    pub because: Option<String>,
}

/// Reads records changed since a time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// Its name in `operations`.
    pub operation: String,
    /// The record's field with the time of its last change. Beside `ids`, the member of an entry with that time, or
    /// `body.PATH` of the time up to which the answer tells.
    pub cursor: String,
    /// Where the time goes in the request.
    pub since: Since,
    /// Where the answer has only ids of records that changed: each record is read by `get`.
    pub ids: Option<Ids>,
    /// In which order records come; `none` by default.
    #[serde(default)]
    pub order: Order,
    /// How far to look back behind the watermark: `1m`; nothing by default.
    #[schemars(extend("pattern" = DURATION))]
    pub lookback: Option<String>,
    /// How far back the provider remembers changes: `30d`; for ever by default. A sync whose last run is longer ago reads
    /// everything again.
    #[schemars(extend("pattern" = DURATION))]
    pub reach: Option<String>,
    /// The most records that the provider gives in one listing.
    pub cap: Option<u64>,
    /// What is always sent.
    #[serde(default)]
    pub with: With,
    /// Why records come in that order.
    pub because: Option<String>,
}

/// Where an answer says which records changed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ids {
    /// A list of ids, a list of entries that have one, or a map of entries by id: `body.employees`.
    #[serde(rename = "in")]
    pub entries: String,
    /// The entry's member with the id, in a list of entries.
    pub key: Option<String>,
    /// CEL over `result`, an entry: this record is gone.
    pub removed: Option<String>,
}

/// Where a time goes, and how it is written.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// `query.NAME`, `body.PATH` or `header.NAME`.
    pub into: String,
    /// How it is written.
    pub format: TimeFormat,
    /// The text that is sent, with `{since}` and, for a window with two sides, `{until}` in it: `gte|{since}|lte|{until}`.
    #[serde(rename = "as")]
    pub template: Option<String>,
    /// Why it is the time that `cursor` has, where names tell otherwise.
    pub because: Option<String>,
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeFormat {
    /// `2026-11-22T10:00:00Z`.
    Rfc3339,
    /// `2026-11-22 10:00`, in UTC.
    Minute,
    /// `2026-11-22`.
    Date,
    /// Seconds since 1970.
    EpochS,
    /// Milliseconds since 1970.
    EpochMs,
}

/// In which order records come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// No order is promised.
    #[default]
    None,
    /// Oldest change first.
    Ascending,
    /// Newest change first.
    Descending,
}

/// Makes or changes records by an external key.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upsert {
    /// Its name in `operations`.
    pub operation: String,
    /// The field of the written record that holds the external key.
    pub by: String,
    /// Where the key goes instead, for one record a call: `path.value`.
    pub key: Option<String>,
    /// For one record a call: where the record goes in the body, if the body is more than the record: `body.data`.
    pub into: Option<String>,
    /// What is always sent.
    #[serde(default)]
    pub with: With,
    /// Several records in one call.
    pub batch: Option<Batch>,
    /// How the answer tells what became of each record.
    #[serde(default)]
    pub results: Results,
}

/// Several records in one call.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Where the array of records goes: `body.records`.
    pub into: String,
    /// The most records in one call.
    pub max: usize,
    /// Members that every record is sent with.
    pub each: Option<IndexMap<String, Value>>,
}

/// How the answer tells what became of each record.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// Where the array of results is, in the order of the records: `body`, `body.results`.
    pub items: Option<String>,
    /// The result's field with the target's id.
    pub id: Option<String>,
    /// The result's boolean: made (true) or changed (false).
    pub created: Option<String>,
    /// The status that means made, for one record a call.
    pub created_status: Option<u16>,
    /// CEL over `result`: this record was refused.
    pub failed: Option<String>,
    /// CEL over `result`: this record was refused in a way that is to be left alone.
    pub skipped: Option<String>,
    /// The result's path to the message of a refusal: `errors[0].message`.
    pub message: Option<String>,
    /// Why what is read is there, where the document does not list it.
    pub because: Option<String>,
}

//! What a run tells about itself.

use super::state::{Counts, Run};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The name of the sync.
    pub sync: String,
    /// The name of the connection.
    pub connection: String,
    /// The run's number, from 1.
    pub run: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether all records were read, rather than those that changed.
    pub full: bool,
    /// Whether that is because the source no longer knows what changed since the last run.
    #[serde(default)]
    pub out_of_reach: bool,
    /// Whether it went on with a run that had been stopped.
    pub resumed: bool,
    /// Whether it got to its end.
    pub complete: bool,
    /// The watermark after it.
    pub watermark: Option<Timestamp>,
    /// What happened.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Report {
    pub(super) fn new(id: &super::SyncId, run: &Run, resumed: bool) -> Self {
        Report {
            sync: id.sync.clone(),
            connection: id.connection.clone(),
            run: run.number,
            started_at: run.started_at,
            full: run.mode.since().is_none(),
            out_of_reach: run.out_of_reach,
            resumed,
            complete: false,
            watermark: None,
            counts: run.counts,
        }
    }
}

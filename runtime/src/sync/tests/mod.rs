#![allow(clippy::unwrap_used, clippy::panic)]

mod changes;
mod kills;
mod provider;
mod quarantine;
mod runs;
mod stores;

use super::*;
use provider::{Contacts, TestClock};

/// Runs to the end.
async fn run_once(contacts: &Contacts, store: &SqliteStore) -> Report {
    try_run(contacts, store).await.unwrap()
}

async fn try_run(contacts: &Contacts, store: &SqliteStore) -> Result<Report, Failed> {
    let clock = TestClock::at(contacts.now());
    run(contacts, store, Options { clock: &clock, ..Options::default() }).await
}

/// The state's name for the sync in these tests.
fn id() -> SyncId {
    SyncId { sync: "test".to_owned(), connection: "default".to_owned() }
}

/// `read, created, updated, skipped, unchanged, quarantined`.
fn counts(report: &Report) -> [u64; 6] {
    let counts = &report.counts;
    assert_eq!(
        counts.read + counts.resent,
        counts.taken() + counts.skipped + counts.quarantined,
        "every record ends in one place: {counts:?}"
    );
    [
        counts.read,
        counts.created,
        counts.updated,
        counts.skipped,
        counts.unchanged,
        counts.quarantined,
    ]
}

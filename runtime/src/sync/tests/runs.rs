//! Runs that nothing disturbs.

use super::provider::{Contacts, time};
use super::*;

#[tokio::test]
async fn the_first_run_reads_everything_and_the_second_writes_nothing() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    let first = run_once(&contacts, &store).await;
    assert_eq!(counts(&first), [10, 8, 0, 2, 0, 0]);
    assert!(first.complete && first.full && !first.resumed);
    assert_eq!(first.counts.pages, 3);
    contacts.check_target();
    let writes = contacts.writes();

    contacts.pass(60);
    let second = run_once(&contacts, &store).await;
    assert_eq!(second.counts.created + second.counts.updated, 0);
    assert_eq!(contacts.writes(), writes);
    assert!(!second.full);
    assert_eq!(store.reports(&id(), 10).await.unwrap(), [second, first]);
}

#[tokio::test]
async fn a_full_run_skips_what_did_not_change() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.put(3, "other name", 95);
    let clock = TestClock::at(contacts.now());
    let options = Options { full: true, clock: &clock, ..Options::default() };
    let report = run(&contacts, &store, options).await.unwrap();
    assert_eq!(counts(&report), [10, 0, 1, 9, 7, 0]);
    assert_eq!(contacts.lead("3").unwrap().updated, 1);
    contacts.check_target();
}

#[tokio::test]
async fn another_version_reads_everything_again() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    "threshold 20".clone_into(&mut contacts.version.lock().unwrap());
    assert!(run_once(&contacts, &store).await.full);
    assert!(!run_once(&contacts, &store).await.full);
}

#[tokio::test]
async fn another_target_gets_everything_and_another_version_only_what_is_other() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    "threshold 20".clone_into(&mut contacts.version.lock().unwrap());
    assert_eq!(run_once(&contacts, &store).await.counts.unchanged, 8);

    contacts.leads.lock().unwrap().clear();
    "another server".clone_into(&mut contacts.target.lock().unwrap());
    let report = run_once(&contacts, &store).await;
    assert_eq!(counts(&report), [10, 8, 0, 2, 0, 0]);
    contacts.check_target();
}

#[tokio::test]
async fn what_a_target_does_not_tell_is_counted_as_written() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    contacts.untold.store(true, std::sync::atomic::Ordering::SeqCst);
    let first = run_once(&contacts, &store).await;
    assert_eq!(counts(&first), [10, 0, 0, 2, 0, 0]);
    assert_eq!((first.counts.written, first.counts.taken()), (8, 8));
    // They are in the ledger like others.
    assert_eq!(run_once(&contacts, &store).await.counts.taken(), 0);
}

#[tokio::test]
async fn connections_do_not_share_state() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    let options = Options { connection: "other", ..Options::default() };
    let report = run(&contacts, &store, options).await.unwrap();
    assert!(report.full);
    assert_eq!(report.counts.updated, 8);
}

#[tokio::test]
async fn a_record_that_a_page_gives_twice_is_written_once_as_it_came_last() {
    let (contacts, store) = (Contacts::with(2), SqliteStore::in_memory().unwrap());
    let mut newer = contacts.source.lock().unwrap()[0].clone();
    newer.name = "newer".to_owned();
    contacts.source.lock().unwrap().push(newer);
    let report = run_once(&contacts, &store).await;
    assert_eq!(counts(&report), [3, 2, 0, 1, 0, 0]);
    let lead = contacts.lead("0").unwrap();
    assert!(lead.body.contains("newer") && lead.updated == 0);
}

#[tokio::test]
async fn a_source_without_records_is_read_in_full_again() {
    let (contacts, store) = (Contacts::with(0), SqliteStore::in_memory().unwrap());
    let report = run_once(&contacts, &store).await;
    assert!(report.complete && report.watermark.is_none());
    assert!(run_once(&contacts, &store).await.full);
}

#[tokio::test]
async fn an_observer_sees_each_step() {
    let (contacts, store) = (Contacts::with(6), SqliteStore::in_memory().unwrap());
    let mut seen = Vec::new();
    let mut observer = |event: &Event<'_>| {
        seen.push(match event {
            Event::Started { resumed, read, .. } => format!("started {resumed} {read}"),
            Event::Page { read } => format!("page {read}"),
            Event::Written { read, records } => format!("written {records} of {read}"),
            Event::Committed(counts) => format!("committed {}", counts.read),
            Event::Finished(report) => format!("finished {}", report.counts.created),
        });
    };
    let options = Options { observer: Some(&mut observer), ..Options::default() };
    run(&contacts, &store, options).await.unwrap();
    assert_eq!(
        seen,
        [
            "started false 0",
            "page 4",
            "written 3 of 4",
            "written 1 of 4",
            "committed 4",
            "page 6",
            "written 1 of 6",
            "committed 6",
            "finished 5"
        ]
    );
}

#[tokio::test]
async fn a_report_is_flat_json() {
    let (contacts, store) = (Contacts::with(1), SqliteStore::in_memory().unwrap());
    let report = serde_json::to_value(run_once(&contacts, &store).await).unwrap();
    for field in [
        "read",
        "created",
        "updated",
        "skipped",
        "unchanged",
        "quarantined",
        "rejected",
        "requests",
        "waits",
        "waited_ms",
        "pages",
        "retries",
        "duration_ms",
    ] {
        assert!(report[field].is_u64(), "{field}");
    }
    assert_eq!(report["complete"], true);
    assert_eq!(report["watermark"], time(1_000).to_string());
}

#[test]
fn a_run_may_be_spawned() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let (contacts, store) = (Contacts::with(1), SqliteStore::in_memory().unwrap());
    let mut observer = |_: &Event<'_>| {};
    let options = Options { observer: Some(&mut observer), ..Options::default() };
    drop(is_send(run(&contacts, &store, options)));
}

#[tokio::test]
async fn calls_are_in_bulk_unless_somebody_waits_for_the_run() {
    use crate::Priority;
    for (scope, expect) in
        [(None, Priority::Bulk), (Some(Priority::Interactive), Priority::Interactive)]
    {
        let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
        match scope {
            None => run_once(&contacts, &store).await,
            Some(scope) => scope.scope(run_once(&contacts, &store)).await,
        };
        let priorities = contacts.priorities.lock().unwrap();
        assert!(priorities.len() > 4 && priorities.iter().all(|one| *one == expect));
    }
}

//! What changes: the watermark, the lookback, and the cap of a listing.

use super::kills::run_and_die;
use super::provider::{ASSUMED, Contacts, time};
use super::*;
use crate::PageState;
use std::sync::atomic::Ordering;

#[path = "../../../tests/support/warnings.rs"]
mod warnings;

#[tokio::test]
async fn changes_are_read_from_the_watermark_minus_the_lookback() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    let first = run_once(&contacts, &store).await;
    assert_eq!(first.watermark, Some(time(1_009)), "the last change, as it was before the start");
    contacts.pass(50);
    contacts.put(4, "warm now", 60);
    contacts.put(11, "new", 60);
    contacts.reads();

    let second = run_once(&contacts, &store).await;
    assert_eq!(contacts.reads()[0], (Some(time(1_007)), PageState::Start));
    assert_eq!((second.counts.created, second.counts.updated), (2, 0));
    assert_eq!(second.watermark, Some(time(1_061)));
    contacts.check_target();
}

#[tokio::test]
async fn the_watermark_does_not_pass_the_start_of_the_run() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    let clock = TestClock::at(time(1_003));
    let options = Options { clock: &clock, ..Options::default() };
    let report = run(&contacts, &store, options).await.unwrap();
    assert_eq!(report.watermark, Some(time(1_003)));
}

#[tokio::test]
async fn changes_in_another_order_than_assumed_are_an_error_that_names_the_line() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(50);
    contacts.put(1, "a", 60);
    contacts.put(2, "b", 60);
    contacts.turned.store(true, Ordering::SeqCst);
    let failed = try_run(&contacts, &store).await.unwrap_err();
    let SyncError::Read(error) = &failed.error else { panic!("{failed}") };
    assert_eq!(error.assumption().unwrap().place, "x.yaml:1:1");
    let text = failed.to_string();
    assert!(text.contains("do not come with the oldest change first"), "{text}");
    assert!(text.contains("assumed in x.yaml:1:1: the oldest comes first"), "{text}");
    contacts.turned.store(false, Ordering::SeqCst);
    run_once(&contacts, &store).await;
    contacts.check_target();
}

#[tokio::test]
async fn changes_from_long_before_the_time_that_was_asked_for_are_told() {
    let (contacts, store) = (Contacts::with(3), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(1_000_000);
    contacts.put(1, "a", 60);
    run_once(&contacts, &store).await;
    assert!(!ASSUMED[1].is_broken());
    contacts.pass(1_000_000);
    contacts.put(1, "b", 60);
    contacts.deaf.store(true, Ordering::SeqCst);
    run_once(&contacts, &store).await;
    assert!(ASSUMED[1].is_broken());
    contacts.check_target();
}

#[tokio::test]
async fn the_watermark_does_not_move_back() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.source.lock().unwrap().retain(|contact| contact.id == 8);
    let report = run_once(&contacts, &store).await;
    assert_eq!(report.counts.read, 1);
    assert_eq!(report.watermark, Some(time(1_009)));
}

#[tokio::test]
async fn the_watermark_waits_for_the_end_of_the_run() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    contacts.lose_answer.store(3, std::sync::atomic::Ordering::SeqCst);
    let failed = try_run(&contacts, &store).await.unwrap_err();
    assert!(matches!(failed.error, SyncError::Write(_)), "{failed}");
    assert!(!failed.report.unwrap().complete);
    let state = store.state(&id()).await.unwrap();
    assert_eq!(state.watermark, None);
    assert_eq!(state.run.unwrap().page, PageState::Offset(4));
}

#[tokio::test]
async fn more_changes_than_one_listing_gives_are_read_in_several() {
    let (contacts, store) = (Contacts::with(3), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(100);
    for id in 0..40 {
        contacts.put(id, "changed", 60);
    }
    contacts.reads();
    let report = run_once(&contacts, &store).await;
    assert!(!report.full);
    contacts.check_target();
    let starts = contacts.reads().iter().filter(|read| read.1 == PageState::Start).count();
    assert!(starts > 3, "{starts} listings");
    assert_eq!(report.watermark, Some(time(1_142)));
}

#[tokio::test]
async fn more_changes_in_one_moment_than_a_listing_gives_make_a_full_run() {
    let (contacts, store) = (Contacts::with(3), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    for id in 0..40 {
        contacts.put(id, "changed", 60);
    }
    for contact in contacts.source.lock().unwrap().iter_mut() {
        contact.changed = 2_000;
    }
    contacts.pass(2_000);
    let report = run_once(&contacts, &store).await;
    assert!(report.full);
    contacts.check_target();
}

#[tokio::test]
async fn a_listing_that_ends_at_the_cap_in_silence_is_not_complete() {
    let (contacts, store) = (Contacts::with(3), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    for id in 0..40 {
        contacts.put(id, "changed", 60);
    }
    for contact in contacts.source.lock().unwrap().iter_mut() {
        contact.changed = 2_000;
    }
    contacts.pass(2_000);
    contacts.silent.store(true, Ordering::SeqCst);
    run_once(&contacts, &store).await;
    contacts.check_target();
}

#[tokio::test]
async fn a_record_that_changes_while_it_is_listed_pushes_none_out() {
    let (contacts, store) = (Contacts::with(20), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(100);
    for id in 0..15 {
        contacts.put(id, "changed", 60);
    }
    let clock = TestClock::at(contacts.now());
    // Each time, one that was read already: all behind it move up.
    let mut read = [17, 18, 19].into_iter();
    let mut observer = |event: &Event<'_>| {
        if matches!(event, Event::Committed(_)) {
            read.by_ref().take(1).for_each(|id| contacts.rename(id, "changed again"));
        }
    };
    let options = Options { observer: Some(&mut observer), clock: &clock, ..Options::default() };
    assert!(!run(&contacts, &store, options).await.unwrap().full);
    run_once(&contacts, &store).await;
    contacts.check_target();
}

/// Half of what the source remembers.
const FORTNIGHT: u64 = 15 * 24 * 60 * 60;

#[tokio::test]
async fn a_watermark_that_the_source_has_forgotten_reads_everything_again() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(FORTNIGHT);
    contacts.put(1, "a", 60);
    let near = run_once(&contacts, &store).await;
    assert!(!near.full && !near.out_of_reach);

    contacts.pass(3 * FORTNIGHT);
    contacts.put(2, "b", 60);
    contacts.reads();
    let far = run_once(&contacts, &store).await;
    assert!(far.full && far.out_of_reach, "{far:?}");
    assert_eq!(contacts.reads()[0], (None, PageState::Start));
    contacts.check_target();
    assert!(store.reports(&id(), 1).await.unwrap()[0].out_of_reach, "the report is kept");

    let next = run_once(&contacts, &store).await;
    assert!(!next.full && !next.out_of_reach);
}

#[tokio::test]
async fn a_stopped_run_that_the_source_has_forgotten_reads_everything_again_and_says_so() {
    warnings::listen();
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(77);
    contacts.put(1, "a", 60);
    assert!(run_and_die(&contacts, &store, 2).await.is_none());
    contacts.pass(FORTNIGHT);
    let near = run_once(&contacts, &store).await;
    assert!(near.resumed && !near.full && !near.out_of_reach);
    contacts.put(2, "b", 60);
    assert!(run_and_die(&contacts, &store, 2).await.is_none());
    let stopped = store.state(&id()).await.unwrap().run.unwrap();
    // No other test asks for the changes since then.
    let since = format!("since={}", stopped.mode.since().unwrap());
    let said = || {
        let mine = warnings::said().into_iter().filter(|warning| warning.fields.contains(&since));
        mine.filter(|warning| warning.message.contains("no longer knows what changed")).count()
    };
    assert_eq!(said(), 0);

    // 31 days later.
    contacts.pass(2 * FORTNIGHT + 24 * 60 * 60);
    contacts.reads();
    let far = run_once(&contacts, &store).await;
    assert!(far.full && !far.resumed && far.out_of_reach, "{far:?}");
    assert_eq!(contacts.reads()[0], (None, PageState::Start));
    contacts.check_target();
    assert_eq!(said(), 1);
    assert!(store.reports(&id(), 1).await.unwrap()[0].out_of_reach, "the report is kept");
}

#[tokio::test]
async fn a_stopped_run_of_another_version_is_not_out_of_reach() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(50);
    contacts.put(1, "a", 60);
    assert!(run_and_die(&contacts, &store, 2).await.is_none());
    contacts.pass(3 * FORTNIGHT);
    "2".clone_into(&mut contacts.version.lock().unwrap());
    let report = run_once(&contacts, &store).await;
    assert!(report.full && !report.out_of_reach, "the version alone asks for it: {report:?}");
}

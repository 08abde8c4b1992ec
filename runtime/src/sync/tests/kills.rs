//! Runs that stop anywhere: no record is lost, none is doubled.

use super::provider::Contacts;
use super::*;
use proptest::prelude::*;
use std::future::poll_fn;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::task::Poll;

/// Runs until the event with that number and dies there; `None` when it came to its end first.
pub(super) async fn run_and_die(
    contacts: &Contacts,
    store: &SqliteStore,
    event: usize,
) -> Option<Report> {
    let clock = TestClock::at(contacts.now());
    let mut events = 0;
    let mut observer = |_: &Event<'_>| {
        events += 1;
        if events == event {
            std::panic::resume_unwind(Box::new("killed"));
        }
    };
    let options = Options { observer: Some(&mut observer), clock: &clock, ..Options::default() };
    let mut future = std::pin::pin!(run(contacts, store, options));
    poll_fn(|context| {
        let poll = || future.as_mut().poll(context);
        match catch_unwind(AssertUnwindSafe(poll)) {
            Ok(poll) => poll.map(|outcome| Some(outcome.unwrap())),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}

/// Runs to the end, or to a kill; every later start must lead to the end. After each kill, a contact changes.
async fn survive(contacts: &Contacts, store: &SqliteStore, kills: &[(usize, u32)]) -> Report {
    for (kill, id) in kills {
        if let Some(report) = run_and_die(contacts, store, *kill).await {
            return report;
        }
        contacts.rename(*id, &format!("changed after a kill at {kill}"));
    }
    run_once(contacts, store).await
}

#[tokio::test]
async fn a_kill_after_any_event_loses_and_doubles_nothing() {
    for kill in 1.. {
        let (contacts, store) = (Contacts::with(18), SqliteStore::in_memory().unwrap());
        if run_and_die(&contacts, &store, kill).await.is_some() {
            assert!(kill > 15, "only {kill} events");
            return;
        }
        let report = run_once(&contacts, &store).await;
        contacts.check_target();
        assert_eq!(report.counts.read, if report.full { 18 } else { 3 });
        assert!(report.resumed || !report.full || kill == 1);
        contacts.pass(10);
        contacts.writes.store(0, Ordering::SeqCst);
        run_once(&contacts, &store).await;
        assert_eq!(contacts.writes(), 0, "a run after the kill at {kill} still writes");
    }
}

#[tokio::test]
async fn a_lost_answer_loses_and_doubles_nothing() {
    for lost in 1..=6 {
        let (contacts, store) = (Contacts::with(18), SqliteStore::in_memory().unwrap());
        contacts.lose_answer.store(lost, Ordering::SeqCst);
        try_run(&contacts, &store).await.unwrap_err();
        let report = run_once(&contacts, &store).await;
        assert!(report.resumed);
        contacts.check_target();
        assert_eq!(counts(&report)[0], 18);
    }
}

#[tokio::test]
async fn a_resumed_run_keeps_its_start() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_and_die(&contacts, &store, 5).await;
    let started = store.state(&id()).await.unwrap().run.unwrap().started_at;
    // Changed on a page that was read before: only the next run can see it.
    contacts.put(0, "changed meanwhile", 60);
    contacts.pass(1_000);
    let report = run_once(&contacts, &store).await;
    assert_eq!((report.resumed, report.started_at), (true, started));
    assert!(report.watermark.unwrap() <= started);
    run_once(&contacts, &store).await;
    contacts.check_target();
}

#[tokio::test]
async fn a_run_of_another_version_is_not_resumed() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_and_die(&contacts, &store, 5).await;
    "2".clone_into(&mut contacts.version.lock().unwrap());
    let report = run_once(&contacts, &store).await;
    assert!(!report.resumed);
    assert_eq!(report.counts.read, 10);
    contacts.check_target();
}

#[tokio::test]
async fn a_run_back_to_the_last_complete_version_reads_everything() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    "2".clone_into(&mut contacts.version.lock().unwrap());
    assert!(run_and_die(&contacts, &store, 3).await.is_none());
    contacts.version.lock().unwrap().clear();
    let report = run_once(&contacts, &store).await;
    assert!(report.full && !report.resumed);
    assert_eq!(report.counts.read, 10);
}

#[tokio::test]
async fn a_full_run_takes_the_place_of_one_that_was_stopped() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.pass(10);
    contacts.put(1, "changed", 50);
    assert!(run_and_die(&contacts, &store, 2).await.is_none());
    let clock = TestClock::at(contacts.now());
    let options = Options { full: true, clock: &clock, ..Options::default() };
    let report = run(&contacts, &store, options).await.unwrap();
    assert!(report.full && !report.resumed);
    assert_eq!(report.counts.read, 10);
}

#[tokio::test]
async fn a_listing_whose_page_is_gone_is_begun_again() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    assert!(run_and_die(&contacts, &store, 5).await.is_none());
    contacts.gone.store(1, Ordering::SeqCst);
    let report = run_once(&contacts, &store).await;
    assert!(report.resumed && report.complete);
    contacts.check_target();
    let unchanged = report.counts.unchanged;
    assert!(unchanged > 0, "what was written before is not written again");

    // Once: a source that refuses a page that it has just named is broken.
    let store = SqliteStore::in_memory().unwrap();
    contacts.gone.store(1, Ordering::SeqCst);
    let failed = try_run(&contacts, &store).await.unwrap_err();
    assert!(matches!(failed.error, SyncError::Read(_)), "{failed}");
}

#[tokio::test]
async fn a_record_that_changes_back_after_a_lost_write_is_written_back() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    contacts.rename(0, "other");
    contacts.lose_answer.store(contacts.writes() + 1, Ordering::SeqCst);
    let failed = try_run(&contacts, &store).await.unwrap_err();
    assert!(failed.report.is_some());
    assert_eq!(store.reports(&id(), 1).await.unwrap(), [*failed.report.unwrap()]);
    contacts.rename(0, "name 0");
    run_once(&contacts, &store).await;
    contacts.check_target();
}

#[tokio::test]
async fn a_page_that_leads_to_itself_stops_the_run() {
    struct Stuck(Contacts);
    impl Sync for Stuck {
        type Source = super::provider::Contact;
        type Lookups = ();
        const META: &'static SyncMeta = Contacts::META;
        async fn lookups(&self) -> Result<(), crate::Error> {
            Ok(())
        }
        async fn read(
            &self,
            since: Option<Timestamp>,
            page: &PageState,
        ) -> Result<ReadPage<Self::Source>, crate::Error> {
            let read = self.0.read(since, page).await?;
            Ok(ReadPage { next: PageState::Offset(4), ..read })
        }
        fn key(record: &Self::Source) -> String {
            Contacts::key(record)
        }
        fn changed_at(record: &Self::Source) -> Option<Timestamp> {
            Contacts::changed_at(record)
        }
        fn decide(&self, source: &Self::Source, lookup: &()) -> Result<Decision, cel::Error> {
            self.0.decide(source, lookup)
        }
        async fn write(&self, records: &[Write]) -> Result<Vec<Outcome>, crate::Error> {
            self.0.write(records).await
        }
    }
    let store = SqliteStore::in_memory().unwrap();
    let failed = run(&Stuck(Contacts::with(10)), &store, Options::default()).await.unwrap_err();
    assert!(matches!(failed.error, SyncError::Stuck));
}

#[derive(Clone, Debug)]
enum Move {
    Put { id: u32, score: i32 },
    Rename { ids: Range<u32> },
    Sync { kills: Vec<(usize, u32)> },
    LoseAnswer { after: u64 },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        3 => (0..30_u32, 0..100_i32).prop_map(|(id, score)| Move::Put { id, score }),
        2 => (0..20_u32).prop_map(|first| Move::Rename { ids: first..first + 10 }),
        2 => prop::collection::vec((1..14_usize, 0..30_u32), 0..4).prop_map(|kills| Move::Sync { kills }),
        1 => (1..4_u64).prop_map(|after| Move::LoseAnswer { after }),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_and_kills_in_any_order_end_in_the_same_target(moves in moves(), count in 0..25_u32) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (contacts, store) = (Contacts::with(count), SqliteStore::in_memory().unwrap());
            for (number, step) in moves.iter().enumerate() {
                match step {
                    // A lead stays when its contact is no longer wanted, so scores only rise here.
                    Move::Put { id, score } => {
                        let known = contacts.score(*id).unwrap_or(0);
                        contacts.put(*id, &format!("change {number}"), known.max(*score));
                    }
                    Move::Rename { ids } => {
                        for id in ids.clone() {
                            contacts.rename(id, &format!("change {number}"));
                        }
                    }
                    Move::Sync { kills } => {
                        survive(&contacts, &store, kills).await;
                    }
                    Move::LoseAnswer { after } => {
                        contacts.lose_answer.store(contacts.writes() + after, Ordering::SeqCst);
                        drop(try_run(&contacts, &store).await);
                        contacts.lose_answer.store(0, Ordering::SeqCst);
                    }
                }
            }
            // One run may only end one that had passed the last changes by.
            run_once(&contacts, &store).await;
            run_once(&contacts, &store).await;
            contacts.check_target();
        });
    }
}

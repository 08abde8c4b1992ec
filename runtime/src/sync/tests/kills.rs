//! Runs that stop anywhere: no record is lost, none is doubled.

use super::provider::Contacts;
use super::*;
use proptest::prelude::*;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::task::Poll;

/// Runs until the event with that number and dies there; `None` when it came to its end first.
async fn run_and_die(contacts: &Contacts, store: &SqliteStore, event: usize) -> Option<Report> {
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

/// Runs to the end, or to a kill; every later start must lead to the end.
async fn survive(contacts: &Contacts, store: &SqliteStore, kills: &[usize]) -> Report {
    for kill in kills {
        if let Some(report) = run_and_die(contacts, store, *kill).await {
            return report;
        }
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
    Sync { kills: Vec<usize> },
    LoseAnswer { after: u64 },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        3 => (0..30_u32, 0..100_i32).prop_map(|(id, score)| Move::Put { id, score }),
        2 => prop::collection::vec(1..14_usize, 0..4).prop_map(|kills| Move::Sync { kills }),
        1 => (1..4_u64).prop_map(|after| Move::LoseAnswer { after }),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_and_kills_in_any_order_end_in_the_same_target(moves in moves(), count in 0..25_u32) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (contacts, store) = (Contacts::with(count), SqliteStore::in_memory().unwrap());
            for (number, step) in moves.iter().enumerate() {
                match step {
                    // A lead stays when its contact is no longer wanted, so scores only rise here.
                    Move::Put { id, score } => {
                        let known = contacts.source.lock().unwrap().iter().find(|contact| contact.id == *id).map_or(0, |contact| contact.score);
                        contacts.put(*id, &format!("change {number}"), known.max(*score));
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

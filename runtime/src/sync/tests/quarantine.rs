//! Records that are set aside.

use super::provider::Contacts;
use super::*;

async fn set_aside(store: &SqliteStore) -> Vec<(String, Stage, String)> {
    let rows = store.quarantine(&id(), 100).await.unwrap();
    rows.into_iter().map(|row| (row.key, row.stage, row.reason)).collect()
}

#[tokio::test]
async fn records_that_fail_are_set_aside_and_the_others_go_on() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    contacts.put(1, "undecodable", 50);
    contacts.put(2, "unmappable", 50);
    contacts.put(5, "refused", 50);
    contacts.refused.lock().unwrap().push("refused".to_owned());
    let report = run_once(&contacts, &store).await;
    assert_eq!(counts(&report), [10, 5, 0, 2, 0, 3]);
    assert_eq!(report.counts.rejected, 1);
    assert_eq!(
        set_aside(&store).await,
        [
            ("1".to_owned(), Stage::Decode, "name: expected a name".to_owned()),
            ("2".to_owned(), Stage::Map, "no such key".to_owned()),
            ("5".to_owned(), Stage::Write, "not allowed".to_owned()),
        ]
    );
    let rows = store.quarantine(&id(), 1).await.unwrap();
    assert_eq!(rows[0].record.as_ref().unwrap().get(), r#"{"id":1,"name":"undecodable"}"#);
}

#[tokio::test]
async fn what_succeeds_later_is_no_longer_set_aside() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    contacts.put(1, "undecodable", 50);
    contacts.put(2, "unmappable", 50);
    contacts.put(3, "unmappable", 50);
    run_once(&contacts, &store).await;
    contacts.put(1, "fine", 50);
    contacts.put(2, "fine", 50);
    contacts.put(3, "unwanted", 10);
    run_once(&contacts, &store).await;
    assert_eq!(set_aside(&store).await, []);
    contacts.check_target();
}

#[tokio::test]
async fn a_refused_record_is_sent_again_though_it_did_not_change() {
    let (contacts, store) = (Contacts::with(20), SqliteStore::in_memory().unwrap());
    for id in [0, 1, 2, 3, 5, 6] {
        contacts.put(id, "refused", 50);
    }
    contacts.pass(100);
    contacts.put(19, "late", 50);
    contacts.refused.lock().unwrap().push("refused".to_owned());
    assert_eq!(run_once(&contacts, &store).await.counts.rejected, 6);

    contacts.pass(100);
    contacts.put(19, "later", 50);
    let again = run_once(&contacts, &store).await;
    assert_eq!((again.counts.rejected, again.counts.resent), (6, 6));
    assert_eq!(counts(&again)[5], 6);

    contacts.refused.lock().unwrap().clear();
    let last = run_once(&contacts, &store).await;
    assert_eq!((last.counts.created, last.counts.resent), (6, 6));
    assert_eq!(set_aside(&store).await, []);
    contacts.check_target();
}

#[tokio::test]
async fn what_the_spec_leaves_alone_is_tried_again_only_when_it_changes() {
    let (contacts, store) = (Contacts::with(0), SqliteStore::in_memory().unwrap());
    contacts.put(1, "converted", 50);
    assert_eq!(counts(&run_once(&contacts, &store).await), [1, 0, 0, 1, 0, 0]);
    let writes = contacts.writes();
    assert_eq!(counts(&run_once(&contacts, &store).await), [1, 0, 0, 1, 1, 0]);
    assert_eq!(contacts.writes(), writes);
    contacts.put(1, "converted", 95);
    run_once(&contacts, &store).await;
    assert_eq!(contacts.writes(), writes + 1);
}

#[tokio::test]
async fn a_full_run_forgets_what_the_source_no_longer_has() {
    let (contacts, store) = (Contacts::with(3), SqliteStore::in_memory().unwrap());
    contacts.put(1, "undecodable", 50);
    run_once(&contacts, &store).await;
    contacts.source.lock().unwrap().retain(|contact| contact.id != 1);
    run(&contacts, &store, Options { full: true, ..Options::default() }).await.unwrap();
    assert_eq!(set_aside(&store).await, []);
}

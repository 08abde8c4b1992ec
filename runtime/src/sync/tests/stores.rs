//! State in files.

use super::provider::Contacts;
use super::*;

#[tokio::test]
async fn state_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.sqlite");
    let contacts = Contacts::with(10);
    run_once(&contacts, &SqliteStore::open(&path).unwrap()).await;
    let writes = contacts.writes();
    run_once(&contacts, &SqliteStore::open(&path).unwrap()).await;
    assert_eq!(contacts.writes(), writes);
}

#[tokio::test]
async fn two_runners_of_one_sync_notice_each_other() {
    let (contacts, store) = (Contacts::with(10), SqliteStore::in_memory().unwrap());
    run_once(&contacts, &store).await;
    let state = store.state(&id()).await.unwrap();
    let run = Run {
        number: 2,
        version: String::new(),
        mode: Mode::Full,
        page: PageState::Start,
        started_at: contacts.now(),
        seen: None,
        listed: 0,
        out_of_reach: false,
        counts: Counts::default(),
    };
    let next = State { revision: state.revision + 1, ..state };
    store.commit(&id(), &Commit::of(&next, &run)).await.unwrap();
    let conflict = store.commit(&id(), &Commit::of(&next, &run)).await.unwrap_err();
    assert!(matches!(conflict, StoreError::Conflict));
}

#[test]
fn a_database_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.sqlite");
    let database = rusqlite::Connection::open(&path).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, known: 1 }), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.sqlite");
    std::fs::write(&path, "no database, but long enough to look at".repeat(100)).unwrap();
    assert!(matches!(SqliteStore::open(&path).unwrap_err(), StoreError::Database(_)));
}

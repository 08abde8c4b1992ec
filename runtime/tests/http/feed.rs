//! Changes by ids: each record is read by its own.

use crate::support::{PLAIN, Provider, Reply, Seen, ok, status};
use gusset::http::Method;
use gusset::jiff::Timestamp;
use gusset::serde_json::{Value, json};
use gusset::{
    Change, Client, Error, Feed, FeedTime, Listing, One, Operation, OperationMeta, Preset, Repeat,
    Since, Slot, TimeFormat,
};
use std::time::Duration;

macro_rules! operation {
    ($name:ident, $path:literal) => {
        struct $name;
        impl Operation for $name {
            type Client = Client;
            type Output = Value;
            const META: &'static OperationMeta =
                &OperationMeta::new(&PLAIN, "operation", Method::GET, $path, Repeat::Safe);
            const DECODE: gusset::Decode<Value> = gusset::Response::json;
        }
    };
}

operation!(Changed, "/changed");
operation!(Get, "/records/{id}");

static GET: One = One { key: Slot::Path("id"), preset: Preset::NOTHING };
const SINCE: Listing = Listing {
    preset: Preset::NOTHING,
    since: Some(Since {
        into: Slot::Query("since"),
        format: TimeFormat::Rfc3339,
        template: None,
        lookback: Duration::ZERO,
        cap: None,
    }),
};
static ENTRIES: Feed = Feed {
    listing: SINCE,
    entries: "/entries",
    id: Some("/id"),
    at: FeedTime::Entry("/at"),
    removed: Some(|entry| Ok(entry["gone"] == true)),
};
static IDS: Feed = Feed {
    listing: SINCE,
    entries: "/ids",
    id: None,
    at: FeedTime::Answer("/until"),
    removed: None,
};

async fn read(
    feed: &'static Feed,
    answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
) -> (Provider, Result<Vec<Change<Value>>, Error>) {
    let provider = Provider::start(move |seen, _| answer(seen)).await;
    let since = "2026-11-01T00:00:00Z".parse().unwrap();
    let changes = provider.client().feed::<Changed, Get, _>(feed, &GET, since, Ok);
    let changes = changes.collect().await;
    (provider, changes)
}

fn record(seen: &Seen) -> Reply {
    match seen.path.rsplit('/').next() {
        Some("9") => status(404, json!({"message": "no such record"})),
        key => ok(json!({ "name": key })),
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn what_is_said_last_of_a_record_counts() {
    let (provider, changes) = read(&ENTRIES, |seen| match seen.path.as_str() {
        "/changed" => ok(json!({"entries": [
            {"id": 1, "at": "2026-11-02T00:00:00Z"},
            {"id": "b", "at": "2026-11-03T00:00:00Z"},
            {"id": 9, "at": "2026-11-04T00:00:00Z"},
            {"id": 1, "at": "2026-11-05T00:00:00Z", "gone": true},
        ]})),
        _ => record(seen),
    })
    .await;
    let gone = |key: &str, at| Change { key: key.to_owned(), at: time(at), record: None };
    let expected = vec![
        Change {
            key: "b".to_owned(),
            at: time("2026-11-03T00:00:00Z"),
            record: Some(json!({"name": "b"})),
        },
        gone("9", "2026-11-04T00:00:00Z"),
        gone("1", "2026-11-05T00:00:00Z"),
    ];
    assert_eq!(changes.unwrap(), expected);
    assert_eq!(provider.seen()[0].query, "since=2026-11-01T00%3A00%3A00Z");
    assert_eq!(provider.count(), 3, "what is said to be gone is not read");
}

#[tokio::test]
async fn ids_alone_have_the_time_of_the_answer() {
    let (_, changes) = read(&IDS, |seen| match seen.path.as_str() {
        "/changed" => ok(json!({"ids": ["a", 2], "until": "2026-11-06"})),
        _ => record(seen),
    })
    .await;
    let changes = changes.unwrap();
    let keys: Vec<&str> = changes.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["a", "2"]);
    assert!(changes.iter().all(|change| change.at == time("2026-11-06T00:00:00Z")));
}

#[tokio::test]
async fn answers_that_do_not_say_what_changed_are_errors() {
    for (body, said) in [
        (json!({}), "neither a list nor a map"),
        (json!({"entries": [{"at": "2026-11-02T00:00:00Z"}]}), "no id"),
        (json!({"entries": {"1": {}}}), "when a record changed"),
    ] {
        let (_, changes) = read(&ENTRIES, move |_| ok(body.clone())).await;
        let error = changes.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_ends_it() {
    let provider = Provider::start(|seen, _| match seen.path.as_str() {
        "/changed" => ok(json!({"ids": [1, 400, 3], "until": "2026-11-06"})),
        "/records/400" => status(400, json!({"message": "no"})),
        _ => record(seen),
    })
    .await;
    let since = Timestamp::UNIX_EPOCH;
    let mut changes = provider.client().feed::<Changed, Get, _>(&IDS, &GET, since, Ok);
    assert_eq!(changes.next().await.unwrap().unwrap().key, "1");
    assert!(matches!(changes.next().await, Some(Err(Error::Status(_)))));
    assert!(changes.next().await.is_none());
}

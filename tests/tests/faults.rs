//! What goes wrong, for each kind of operation: how often a call is sent then, what becomes of it, and that nothing is
//! lost or doubled. Over loopback, with waits that are leapt over.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::testing::ManualClock;
use gusset::{Clock, Error, HttpTransport, Options};
use gusset_sandbox::{Credential, Fault, FaultKind, ResetAs, Sandbox};
use indexmap::IndexMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

gusset::integration!("faults/items");

use items::operations::{CreateItem, DeleteItem, ListItems, PutItem};
use items::types::ItemInput;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/faults");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reliability.md");
/// How many records there are, on two pages.
const RECORDS: usize = 4;
const HOURS: Duration = Duration::from_secs(2 * 60 * 60);
/// No call waits for longer in all: half a minute that a provider asks for, and backoffs.
const LONGEST: Duration = Duration::from_secs(40);

/// What goes wrong; then what becomes of a read, of `PUT`, of `DELETE` and of `POST`. The page has the same rows.
#[rustfmt::skip]
const TABLE: &[[&str; 5]] = &[
    ["429, `Retry-After: 30`", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429, `Retry-After` with a date", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429, a reset in seconds", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429, a reset in milliseconds", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429, a reset at a second", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429, a reset at a millisecond", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429 without a word", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["429 again and again", "`Status` 429, sent 5 ×", "`Status` 429, sent 5 ×", "`Status` 429, sent 5 ×", "`Status` 429, sent 5 ×"],
    ["429, `Retry-After: 7200`", "`Status` 429, sent 1 ×", "`Status` 429, sent 1 ×", "`Status` 429, sent 1 ×", "`Status` 429, sent 1 ×"],
    ["400", "`Status` 400, sent 1 ×", "`Status` 400, sent 1 ×", "`Status` 400, sent 1 ×", "`Status` 400, sent 1 ×"],
    ["403", "`Status` 403, sent 1 ×", "`Status` 403, sent 1 ×", "`Status` 403, sent 1 ×", "`Status` 403, sent 1 ×"],
    ["408", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "`Status` 408, sent 1 ×"],
    ["500", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "`Status` 500, sent 1 ×"],
    ["503", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "`Status` 503, sent 1 ×"],
    ["503, `Retry-After: 30`", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "`Status` 503, sent 1 ×"],
    ["503, `Retry-After: 7200`", "`Status` 503, sent 1 ×", "`Status` 503, sent 1 ×", "`Status` 503, sent 1 ×", "`Status` 503, sent 1 ×"],
    ["503 again and again", "`Status` 503, sent 5 ×", "`Status` 503, sent 5 ×", "`Status` 503, sent 5 ×", "`Status` 503, sent 1 ×"],
    ["302 to another host", "`Status` 302, sent 1 ×", "`Status` 302, sent 1 ×", "`Status` 302, sent 1 ×", "`Status` 302, sent 1 ×"],
    ["an access token that ended", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×", "done, sent 2 ×"],
    ["a token that was revoked", "`Status` 401, sent 1 ×", "`Status` 401, sent 1 ×", "`Status` 401, sent 1 ×", "`Status` 401, sent 1 ×"],
    ["access tokens that are never good", "`Status` 401, sent 2 ×", "`Status` 401, sent 2 ×", "`Status` 401, sent 2 ×", "`Status` 401, sent 2 ×"],
    ["a refresh token that was revoked", "`Auth`, sent 1 ×", "`Auth`, sent 1 ×", "`Auth`, sent 1 ×", "`Auth`, sent 1 ×"],
    ["no answer in time", "done, sent 2 ×", "done, sent 2 ×", "`Status` 404, sent 2 ×, carried out", "`Timeout`, sent 1 ×, carried out"],
    ["an answer that stops coming", "done, sent 2 ×", "done, sent 2 ×", "`Status` 404, sent 2 ×, carried out", "`Timeout`, sent 1 ×, carried out"],
    ["a slow answer", "done, sent 1 ×", "done, sent 1 ×", "done, sent 1 ×", "done, sent 1 ×"],
    ["the connection ends before the answer", "done, sent 2 ×", "done, sent 2 ×", "`Status` 404, sent 2 ×, carried out", "`Transport`, sent 1 ×, carried out"],
    ["the connection ends before each answer", "`Transport`, sent 5 ×", "`Transport`, sent 5 ×, carried out", "`Transport`, sent 5 ×, carried out", "`Transport`, sent 1 ×, carried out"],
    ["the connection ends in the answer", "done, sent 2 ×", "done, sent 2 ×", "`Status` 404, sent 2 ×, carried out", "`Transport`, sent 1 ×, carried out"],
    ["half of the JSON", "`Decode`, sent 1 ×", "`Decode`, sent 1 ×, carried out", "`Decode`, sent 1 ×, carried out", "`Decode`, sent 1 ×, carried out"],
    ["a page with a record twice", "done, sent 1 ×, with it twice", "–", "–", "–"],
    ["a page in another order", "done, sent 1 ×, in that order", "–", "–", "–"],
];

fn limited(header: &str, reset: ResetAs, seconds: u64) -> FaultKind {
    FaultKind::Limited { header: header.to_owned(), reset, wait: Duration::from_secs(seconds) }
}

fn status(status: u16, header: Option<(&str, &str)>) -> FaultKind {
    let header = header.map(|(name, value)| (name.to_owned(), value.to_owned()));
    FaultKind::Status { status, headers: IndexMap::from_iter(header) }
}

/// The fault that a row is about, and how many calls it is for.
fn fault(row: &str) -> Fault {
    let (kind, times) = match row {
        "429, `Retry-After: 30`" => (limited("retry-after", ResetAs::Seconds, 30), 1),
        "429, `Retry-After` with a date" => (limited("retry-after", ResetAs::Date, 30), 1),
        "429, a reset in seconds" => (limited("x-free-s", ResetAs::Seconds, 30), 1),
        "429, a reset in milliseconds" => (limited("x-free-ms", ResetAs::Millis, 30), 1),
        "429, a reset at a second" => (limited("x-free-at", ResetAs::EpochSeconds, 30), 1),
        "429, a reset at a millisecond" => (limited("x-free-at-ms", ResetAs::EpochMillis, 30), 1),
        "429 without a word" => (status(429, None), 1),
        "429 again and again" => (status(429, None), 99),
        "429, `Retry-After: 7200`" => (limited("retry-after", ResetAs::Seconds, 7200), 99),
        "400" => (status(400, None), 1),
        "403" => (status(403, None), 1),
        "408" => (status(408, None), 1),
        "500" => (status(500, None), 1),
        "503" => (status(503, None), 1),
        "503, `Retry-After: 30`" => (status(503, Some(("retry-after", "30"))), 1),
        "503, `Retry-After: 7200`" => (status(503, Some(("retry-after", "7200"))), 99),
        "503 again and again" => (status(503, None), 99),
        "302 to another host" => (status(302, Some(("location", "https://else.test/"))), 1),
        "an access token that ended" | "a token that was revoked" => (FaultKind::ExpiredToken, 1),
        "access tokens that are never good" => (FaultKind::ExpiredToken, 99),
        "a refresh token that was revoked" => (FaultKind::RevokedGrant, 1),
        "no answer in time" => (FaultKind::Latency(HOURS), 1),
        "an answer that stops coming" => (FaultKind::Slow(HOURS), 1),
        "a slow answer" => (FaultKind::Slow(Duration::from_millis(1)), 1),
        "the connection ends before the answer" => (FaultKind::Reset, 1),
        "the connection ends before each answer" => (FaultKind::Reset, 99),
        "the connection ends in the answer" => (FaultKind::Truncated, 1),
        "half of the JSON" => (FaultKind::Malformed, 1),
        "a page with a record twice" => (FaultKind::Duplicated, 1),
        "a page in another order" => (FaultKind::Reordered, 1),
        other => panic!("no fault is called `{other}`"),
    };
    Fault::new(kind).times(times)
}

/// How long an attempt may take, in real time. What comes late comes after hours, all else long before.
fn timeout(row: &str) -> Duration {
    Duration::from_secs(if row.contains("in time") || row.contains("stops") { 2 } else { 60 })
}

/// A provider, and a client of it.
struct World {
    sandbox: Sandbox,
    client: items::Client,
    clock: Arc<ManualClock>,
}

impl World {
    async fn new(row: &str, after: u64) -> Self {
        let clock = Arc::new(ManualClock::leaping());
        let now = Arc::clone(&clock);
        let sandbox = Sandbox::from_specs([format!("{FOLDER}/items")]).unwrap();
        let sandbox = sandbox
            .records(RECORDS as u64)
            .clock(gusset_sandbox::Clock::new(move || now.timestamp()))
            .fault(fault(row).after(after))
            .start()
            .await
            .unwrap();
        let way = match row {
            "a token that was revoked" => "token",
            "a refresh token that was revoked" => "user",
            _ => "app",
        };
        let credentials = match sandbox.credentials()[way].clone() {
            Credential::Bearer { token } => items::Credentials::token(token),
            Credential::ClientCredentials { client_id, client_secret } => {
                items::Credentials::app(client_id, client_secret)
            }
            Credential::RefreshToken { client_id, client_secret, refresh_token } => {
                items::Credentials::user(client_id, client_secret, refresh_token)
            }
            other => panic!("{other:?}"),
        };
        // A scheme without a token endpoint never asks one.
        let tokens = sandbox.token_url(way).or_else(|| sandbox.token_url("app")).unwrap();
        let options = Options::default()
            .with_server(sandbox.url())
            .with_token_url(tokens)
            .with_transport(Arc::new(HttpTransport::new(timeout(row), 1 << 20)))
            .with_clock(clock.clone());
        let client = items::Client::new(credentials, &items::Settings::default(), options).unwrap();
        World { sandbox, client, clock }
    }

    /// The ids of all records, in order.
    fn ids(&self) -> Vec<String> {
        let records = self.sandbox.records("items");
        records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Asks for all records; what comes of it, and what is told of the records. The fault is that of the second page.
    async fn read(&self) -> (Result<(), Error>, String) {
        let all = self.ids();
        let (first, second) = all.split_at(2);
        let mut found = Vec::new();
        let mut items = self.client.items(ListItems::default());
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => found.push(item.id.clone()),
                Err(error) => {
                    assert_eq!(found, first, "what came before the error is lost, or doubled");
                    assert!(items.next().await.is_none(), "it goes on behind an error");
                    return (Err(error), String::new());
                }
            }
        }
        let (before, rest) = found.split_at(2);
        assert_eq!(before, first);
        let told = match rest {
            rest if rest == second => "",
            [a, b] if [b, a] == [&second[0], &second[1]] => ", in that order",
            [a, b, c] if [a, b] == [&second[0], &second[1]] && c == a => ", with it twice",
            other => panic!("{other:?} is found instead of {second:?}"),
        };
        (Ok(()), told.to_owned())
    }

    /// What became of a call, how often it was sent, and whether it was carried out where the error leaves that open.
    fn told(&self, name: &str, result: Result<(), Error>, done: bool) -> String {
        let sent = self.sandbox.calls(name);
        let mut told = match &result {
            Ok(()) => "done".to_owned(),
            Err(Error::Status(error)) => format!("`Status` {}", error.status),
            Err(Error::Auth { .. }) => "`Auth`".to_owned(),
            Err(Error::Transport { .. }) => "`Transport`".to_owned(),
            Err(Error::Timeout { .. }) => "`Timeout`".to_owned(),
            Err(Error::Decode { .. }) => "`Decode`".to_owned(),
            Err(other) => panic!("{name}: {other}"),
        };
        // The first page is sent once, and goes well.
        let sent = if name == "list_items" { sent - 1 } else { sent };
        write!(told, ", sent {sent} ×").unwrap();
        match result {
            Ok(()) => assert!(done, "{name}: it is lost"),
            Err(_) if name == "list_items" => {}
            Err(_) if done => told.push_str(", carried out"),
            Err(_) => {}
        }
        let passed = self.clock.passed();
        assert!(passed <= LONGEST, "{name} waits for {passed:?}");
        told
    }
}

/// What becomes of each kind of operation.
async fn row(name: &'static str) -> [String; 5] {
    let world = World::new(name, 1).await;
    let (result, order) = world.read().await;
    let read = world.told("list_items", result, true) + &order;
    if name.contains(": 30`") || name.contains("a date") || name.contains("a reset") {
        let passed = world.clock.passed();
        assert!(passed >= Duration::from_secs(29), "{name}: it comes back after {passed:?}");
    }
    if name.starts_with("a page") {
        return [name.to_owned(), read, "–".to_owned(), "–".to_owned(), "–".to_owned()];
    }

    let world = World::new(name, 0).await;
    let id = world.sandbox.records("items")[1]["id"].as_str().unwrap().to_owned();
    let result = world.client.send(&PutItem::new(&id, ItemInput::new("put"))).await.map(drop);
    let records = world.sandbox.records("items");
    assert_eq!(records.len(), RECORDS);
    let named: Vec<_> = records.iter().filter(|item| item["name"] == "put").collect();
    assert!(named.iter().all(|item| item["id"] == *id), "{name}: another record is changed");
    let put = world.told("put_item", result, named.len() == 1);

    let world = World::new(name, 0).await;
    let result = world.client.send(&DeleteItem::new(&id)).await.map(drop);
    let records = world.sandbox.records("items");
    let gone = records.iter().all(|item| item["id"] != *id);
    assert_eq!(records.len(), RECORDS - usize::from(gone), "{name}: another record is gone");
    let delete = world.told("delete_item", result, gone);

    let world = World::new(name, 0).await;
    let result = world.client.send(&CreateItem::new(ItemInput::new("posted"))).await.map(drop);
    let records = world.sandbox.records("items");
    let made = records.iter().filter(|item| item["name"] == "posted").count();
    assert_eq!(records.len(), RECORDS + made);
    assert!(made <= 1, "{name}: it is made {made} times");
    let post = world.told("create_item", result, made == 1);
    [name.to_owned(), read, put, delete, post]
}

fn line<T: AsRef<str>>(cells: &[T]) -> String {
    cells.iter().fold("|".to_owned(), |line, cell| format!("{line} {} |", cell.as_ref()))
}

#[tokio::test]
async fn every_fault_has_its_outcome() {
    let rows = TABLE.iter().map(|[name, ..]| tokio::spawn(row(name)));
    let rows: Vec<_> = rows.collect();
    let mut found = Vec::new();
    for row in rows {
        found.push(line(&row.await.unwrap()));
    }
    let expected: Vec<String> = TABLE.iter().map(|cells| line(cells)).collect();
    assert_eq!(found, expected, "it is:\n{}", found.join("\n"));
}

#[test]
fn the_page_has_the_same_table() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    let expected: Vec<String> = TABLE.iter().map(|cells| line(cells)).collect();
    assert_eq!(rows, expected);
}

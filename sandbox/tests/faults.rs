//! Faults: what goes wrong, for which calls, and what of them was done.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_compiler::ir::{Next, Slot};
use gusset_sandbox::{Fault, FaultKind, ResetAs, Sandbox};
use kit::{Kit, Time, http, path, required};
use reqwest::Response;
use serde_json::{Value, json};
use std::time::Duration;

/// A shop that lists 12 items, 5 a page, and takes new ones.
fn shop() -> Kit {
    let mut kit = Kit::new();
    let (item, text) = (kit.item(), kit.text());
    let list = kit.list(item);
    let output = kit.object(&[required("data", list), required("next", text)]);
    let next =
        Next::Cursor { from: path("next"), into: Slot::Query("after".to_owned()), more: None };
    let pagination = kit.pagination("data", item, next, Some(("limit", 5)));
    kit.operation("list_items", "GET /items", Some(output)).pagination = Some(pagination);
    let sent = kit.object(&[required("name", text)]);
    kit.operation("create_item", "POST /items", Some(item));
    kit.body("create_item", sent);
    let (listing, create) = (kit.listing("list_items"), kit.create("create_item"));
    let items = kit.resource("items", item);
    (items.list, items.create) = (listing, create);
    kit
}

async fn with(faults: impl IntoIterator<Item = Fault>) -> Sandbox {
    let builder = Sandbox::builder(shop().ir).records(12).clock(Time::default().clock());
    faults.into_iter().fold(builder, |builder, fault| builder.fault(fault)).start().await.unwrap()
}

async fn list(sandbox: &Sandbox) -> reqwest::Result<Response> {
    http().get(format!("{}/items", sandbox.url())).send().await
}

async fn create(sandbox: &Sandbox) -> reqwest::Result<Response> {
    http().post(format!("{}/items", sandbox.url())).json(&json!({"name": "a"})).send().await
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn faults_are_of_calls_by_their_number() {
    let faults = [
        Fault::status(503).of("list_items").after(1).times(2),
        Fault::status(500).of("list_items").after(2),
        Fault::status(404).of("create_item"),
    ];
    let sandbox = with(faults).await;
    let mut found = Vec::new();
    for _ in 0..5 {
        found.push(list(&sandbox).await.unwrap().status().as_u16());
    }
    // The third call has two faults: the first that was given counts, and the other is of the next one.
    assert_eq!(found, [200, 503, 503, 500, 200]);
    assert_eq!(create(&sandbox).await.unwrap().status(), 404);
    assert_eq!(sandbox.count("items"), 12, "what is refused is not done");
    assert_eq!(create(&sandbox).await.unwrap().status(), 201);
}

#[tokio::test]
async fn limits_say_in_every_way_when_calls_are_free_again() {
    let now = Time::default().millis();
    for (name, reset, written) in [
        ("retry-after", ResetAs::Seconds, "30".to_owned()),
        ("retry-after", ResetAs::Date, "Mon, 21 Sep 2026 14:13:50 GMT".to_owned()),
        ("ratelimit-reset", ResetAs::Millis, "30000".to_owned()),
        ("x-ratelimit-reset", ResetAs::EpochSeconds, (now / 1000 + 30).to_string()),
        ("x-rate-limit-reset", ResetAs::EpochMillis, (now + 30_000).to_string()),
    ] {
        let kind =
            FaultKind::Limited { header: name.to_owned(), reset, wait: Duration::from_secs(30) };
        let sandbox = with([Fault::new(kind)]).await;
        let answer = list(&sandbox).await.unwrap();
        assert_eq!((answer.status().as_u16(), header(&answer, name)), (429, written.as_str()));
        let others = answer.headers().keys().filter(|key| key.as_str().contains("retry"));
        assert_eq!(others.count(), usize::from(name == "retry-after"));
        assert_eq!(list(&sandbox).await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn answers_that_get_lost_are_of_calls_that_were_done() {
    let sandbox = with([
        Fault::new(FaultKind::Reset),
        Fault::new(FaultKind::Truncated),
        Fault::new(FaultKind::Malformed),
    ])
    .await;
    let reset = create(&sandbox).await.unwrap_err();
    assert!(reset.is_request(), "there is no answer at all: {reset:?}");
    let truncated = create(&sandbox).await.unwrap();
    assert_eq!(truncated.status(), 201);
    assert!(truncated.bytes().await.is_err());
    let malformed = create(&sandbox).await.unwrap().text().await.unwrap();
    assert!(malformed.starts_with('{'), "{malformed}");
    assert!(serde_json::from_str::<Value>(&malformed).is_err(), "{malformed}");
    assert_eq!(sandbox.count("items"), 15);
    assert_eq!(create(&sandbox).await.unwrap().status(), 201);
}

#[tokio::test]
async fn answers_come_late_or_slowly() {
    // Nobody waits for that long: the client gives up.
    let hours = Duration::from_secs(7200);
    let sandbox = with([
        Fault::new(FaultKind::Latency(hours)),
        Fault::new(FaultKind::Slow(hours)),
        Fault::new(FaultKind::Slow(Duration::from_millis(1))),
    ])
    .await;
    let short = Duration::from_millis(200);
    let url = format!("{}/items", sandbox.url());
    let late = http().get(&url).timeout(short).send().await.unwrap_err();
    assert!(late.is_timeout(), "{late:?}");
    let slow = http().get(&url).timeout(short).send().await.unwrap();
    assert_eq!(slow.status(), 200, "the head comes at once");
    assert!(slow.bytes().await.unwrap_err().is_timeout());
    let page: Value = list(&sandbox).await.unwrap().json().await.unwrap();
    assert_eq!(page["data"].as_array().unwrap()[..], sandbox.records("items")[..5]);
}

#[tokio::test]
async fn pages_repeat_records_and_turn_them_round() {
    let sandbox = with([Fault::new(FaultKind::Duplicated), Fault::new(FaultKind::Reordered)]).await;
    let known = sandbox.records("items");
    let page: Value = list(&sandbox).await.unwrap().json().await.unwrap();
    let expected = [&known[..5], &known[..1]].concat();
    assert_eq!(page["data"], json!(expected));
    let page: Value = list(&sandbox).await.unwrap().json().await.unwrap();
    let expected: Vec<&Value> = known[..5].iter().rev().collect();
    assert_eq!(page["data"], json!(expected));
    // What leads on stays.
    assert_ne!(page["next"], "");
}

#[tokio::test]
async fn tokens_end_and_other_credentials_are_refused_once() {
    let sandbox = with([Fault::new(FaultKind::ExpiredToken).after(1)]).await;
    assert_eq!(list(&sandbox).await.unwrap().status(), 200);
    assert_eq!(list(&sandbox).await.unwrap().status(), 401);
    assert_eq!(list(&sandbox).await.unwrap().status(), 200);
}

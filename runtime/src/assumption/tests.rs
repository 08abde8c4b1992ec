#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::limits::Observe;
use crate::operation::OperationMeta;
use crate::transport::{Answer, Call};
use crate::{Auth, Client, Limit, LimitKind, Operation, Options, Scope, Transport, TransportError};
use futures_core::future::BoxFuture;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::sync::Arc;

const CONTACTS: Places = &[("list", "/results/*"), ("get", "")];
static ASSUMPTIONS: [Assumption; 4] = [
    Assumption::assumed("a.yaml:1:1", "any", "r", value("/properties/*")),
    Assumption::assumed("a.yaml:2:1", "email", "r", value("/properties/email")),
    Assumption::assumed("a.yaml:3:1", "id", "r", value("/id")),
    Assumption::overridden("a.yaml:4:1", "record", "r", value("")),
];
static SHOP: Integration = Integration {
    name: "shop",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &ASSUMPTIONS,
};

/// Who has no part in the limits of apps.
const TOKEN: Caller<'_> = Caller { way: "basic", exempt: &["points"] };

const fn value(path: &'static str) -> Sign {
    Sign::Value(CONTACTS, path)
}

#[track_caller]
fn check(operation: &str, path: &str, message: &str, expected: Option<&str>) {
    let found = SHOP.assumed_value(operation, path, message);
    assert_eq!(found.map(|a| a.fact), expected, "{operation} {path}: {message}");
}

#[test]
fn the_assumption_that_says_most_is_found() {
    let odd = "invalid type: integer `1`, expected a string";
    check("list", "results[3].properties.email", odd, Some("email"));
    check("list", "results[3].properties.phone", odd, Some("any"));
    check("list", "results[3].properties.phone.x[1]", odd, Some("any"));
    check("get", "properties.email", odd, Some("email"));
    check("list", "results[0]", "missing field `id`", Some("id"));
    check("get", ".", "missing field `id`", Some("id"));
    check("get", "name", odd, Some("record"));
    check("list", "id", odd, None);
    check("list", "results", odd, None);
    check("search", "results[3].properties.email", odd, None);
    assert!(ASSUMPTIONS[1].is_broken());
    assert_eq!(ASSUMPTIONS[3].to_string(), "overridden in a.yaml:4:1: record, because r");
}

#[test]
fn what_never_comes_is_told_once() {
    static HEADER: Assumption =
        Assumption::assumed("a.yaml:5:1", "answers have it", "r", Sign::Header("X-Left", &[]));
    assert!((1..PATIENCE).all(|_| !HEADER.missed()));
    assert!(HEADER.missed());
    assert!(!HEADER.missed());
    HEADER.met();
    assert!((0..100).all(|_| !HEADER.missed()));
}

/// Answers everything alike.
#[derive(Debug)]
struct Always(u16, &'static [(&'static str, &'static str)]);

impl Transport for Always {
    fn send(&self, _: Call) -> BoxFuture<'_, Result<Answer, TransportError>> {
        let mut headers = HeaderMap::new();
        for (name, value) in self.1 {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        let status = StatusCode::from_u16(self.0).unwrap();
        Box::pin(std::future::ready(Ok(Answer { status, headers, body: "{}".into() })))
    }
}

static OBSERVED: [Assumption; 4] = [
    Assumption::assumed("a.yaml:1:1", "answers say it", "r", Sign::Header("X-Usage", &[])),
    Assumption::assumed("a.yaml:2:1", "it reads so", "r", Sign::Reads("X-Usage")),
    Assumption::assumed("a.yaml:3:1", "no credentials", "r", Sign::Refused(&[401, 403], &["ping"])),
    Assumption::assumed("a.yaml:4:1", "50 calls", "r", Sign::Refused(&[429], &[])),
];
static PUBLIC: Integration = Integration {
    name: "public",
    limits: &[Limit {
        name: "calls",
        kind: LimitKind::Quota { calls: 50, per: std::time::Duration::from_secs(1) },
        scope: Scope::Connection,
        cost: &[],
        observe: Observe {
            remaining: None,
            reset: None,
            usage: Some(("X-Usage", "used={used}/{limit}")),
        },
    }],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &OBSERVED,
};

macro_rules! operations {
    ($($name:ident of $integration:ident as $called:literal),*) => {$(
        struct $name;
        impl Operation for $name {
            type Client = ();
            type Output = ();
            const META: &'static OperationMeta = &OperationMeta::get(&$integration, $called, "/").limits(&[0]);
            const DECODE: crate::Decode<()> = |_| Ok(());
        }
    )*};
}
operations!(Ping of PUBLIC as "ping", Pull of PUBLIC as "pull");

fn sent<O: Operation>(operation: &O, answer: Always) -> Result<O::Output, crate::Error> {
    let options = Options::default().with_transport(Arc::new(answer));
    let client =
        Client::new(&PUBLIC, "https://a.example.com".to_owned(), Auth::none(), options).unwrap();
    wait(client.send(operation))
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(future)
}

#[test]
fn a_public_operation_that_is_refused_names_what_is_assumed_of_it() {
    for status in [401, 403] {
        let error = sent(&Ping, Always(status, &[])).unwrap_err();
        assert_eq!(error.assumption().map(|a| a.place), Some("a.yaml:3:1"), "{error}");
        assert!(error.to_string().contains("perhaps for what is assumed in a.yaml:3:1"), "{error}");
    }
    // Another operation is refused for reasons of its own, and so is this one with another status.
    assert!(sent(&Pull, Always(403, &[])).unwrap_err().assumption().is_none());
    assert!(sent(&Ping, Always(404, &[])).unwrap_err().assumption().is_none());
}

#[test]
fn a_usage_that_does_not_read_like_its_pattern_is_told() {
    sent(&Pull, Always(200, &[])).unwrap();
    sent(&Pull, Always(200, &[("x-usage", "used=1/50, more=2")])).unwrap();
    assert!(!OBSERVED[1].is_broken());
    sent(&Pull, Always(200, &[("x-usage", "1 of 50")])).unwrap();
    assert!(OBSERVED[1].is_broken());
    assert!(!OBSERVED[0].is_broken(), "the header is there");
}

#[test]
fn a_value_that_is_only_sent_is_suspected_where_its_refusal_names_it() {
    static SENT: [Assumption; 1] = [Assumption::assumed(
        "a.yaml:5:1",
        "`Item.note` is text",
        "r",
        Sign::Given(&[("add", "/items/*")], "/note"),
    )];
    static ADDS: Integration = Integration {
        name: "adds",
        limits: &[],
        errors: &[],
        error_message: None,
        error_code: None,
        assumptions: &SENT,
    };
    let suspected = |operation: &str, status: u16, body: &'static str, said: &str| {
        let call = Call {
            method: http::Method::POST,
            url: "https://a.example.com/items".parse().unwrap(),
            headers: HeaderMap::new(),
            body: body.into(),
        };
        ADDS.suspected(operation, (status, said.as_bytes()), &call, TOKEN).is_some()
    };
    let body = r#"{"items": [{"id": 1}, {"note": 5}]}"#;
    assert!(suspected("add", 422, body, r#"{"error": "items[1].note: expected a list"}"#));
    // It speaks of something else, or of a longer word; or nothing was sent there.
    assert!(!suspected("add", 422, body, r#"{"error": "no such id"}"#));
    assert!(!suspected("add", 422, body, r#"{"error": "notes are off"}"#));
    assert!(!suspected("add", 422, body, r#"{"note_id": "no such id"}"#));
    assert!(!suspected("add", 422, body, r#"{"error": "first_note is missing"}"#));
    assert!(!suspected("add", 422, body, r#"{"error": "X-Note, note-id and foot-note"}"#));
    assert!(suspected("add", 422, body, r#"{"note_id": "", "note": "no text"}"#));
    assert!(!suspected("add", 422, r#"{"items": [{"id": 1}]}"#, "note"));
    assert!(!suspected("add", 404, body, "note"));
    assert!(!suspected("other", 422, body, "note"));
}

static POINTS: [Assumption; 4] = [
    Assumption::assumed("a.yaml:1:1", "points", "r", Sign::Refused(&[429], &[])).under("points"),
    Assumption::assumed("a.yaml:2:1", "told", "r", Sign::Header("X-Left", &[])).under("points"),
    Assumption::assumed("a.yaml:3:1", "none", "r", Sign::Refused(&[429], &[])).under("bursts"),
    Assumption::assumed("a.yaml:4:1", "told", "r", Sign::Header("X-Bursts", &[])).under("bursts"),
];
static WAYS: Integration = Integration {
    name: "ways",
    limits: &[],
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &POINTS,
};
operations!(Count of WAYS as "count");

#[test]
fn what_holds_for_another_way_to_authorise_is_not_looked_for() {
    let client = |exempt, answer| {
        let options = Options::default()
            .with_transport(Arc::new(answer))
            .with_retry(crate::Retry::never())
            .without_limits(exempt);
        Client::new(&WAYS, "https://a.example.com".to_owned(), Auth::none(), options).unwrap()
    };
    let broken = || POINTS.each_ref().map(Assumption::is_broken);
    let token: &[&str] = &["points"];
    let heard = client(token, Always(200, &[("x-bursts", "9")]));
    for _ in 0..2 * PATIENCE {
        wait(heard.send(&Count)).unwrap();
    }
    assert_eq!(broken(), [false; 4], "the app's header never comes here");
    let error = wait(client(token, Always(429, &[])).send(&Count)).unwrap_err();
    assert_eq!(error.assumption().map(|a| a.place), Some("a.yaml:3:1"));
    assert_eq!(broken(), [false, false, true, false]);

    let app: &[&str] = &["bursts"];
    let error = wait(client(app, Always(429, &[])).send(&Count)).unwrap_err();
    assert_eq!(error.assumption().map(|a| a.place), Some("a.yaml:1:1"));
    let unheard = client(app, Always(200, &[]));
    for _ in 0..PATIENCE {
        wait(unheard.send(&Count)).unwrap();
    }
    assert_eq!(broken(), [true, true, true, false]);
}

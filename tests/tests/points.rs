//! The points of an hour, by the emitted client of the catalog. They are shared by all clients of a process, so this test
//! has one of its own.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset::bytes::Bytes;
use gusset::http::{HeaderMap, StatusCode};
use gusset::{Answer, Call, Clock, LimitKind, Options, Transport, TransportError};
use gusset_tests::LeapClock;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Answers every call with one issue.
#[derive(Debug, Default)]
struct Issues(AtomicU32);

impl Transport for Issues {
    fn send(
        &self,
        call: Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + '_>> {
        if call.url.path().ends_with("/token") {
            let body = r#"{"access_token": "t", "token_type": "Bearer", "expires_in": 1000000}"#;
            return answer(body);
        }
        self.0.fetch_add(1, Ordering::SeqCst);
        let body = r#"{"id": "1", "key": "OPS-1", "fields": {"summary": "", "updated": "2026-11-22T10:00:00Z"}}"#;
        answer(body)
    }
}

fn answer(
    body: &'static str,
) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send>> {
    let headers = HeaderMap::from_iter([(
        gusset::http::header::CONTENT_TYPE,
        gusset::http::HeaderValue::from_static("application/json"),
    )]);
    let body = Bytes::from_static(body.as_bytes());
    Box::pin(ready(Ok(Answer { status: StatusCode::OK, headers, body })))
}

#[tokio::test]
async fn points_are_waited_for() {
    let clock = Arc::new(LeapClock::default());
    let issues = Arc::new(Issues::default());
    let hour = Duration::from_secs(3600);
    let options = Options::default()
        .with_clock(clock.clone())
        .with_transport(issues.clone())
        .with_max_wait(2 * hour);
    let settings = jira::Settings::new("acme.atlassian.net");
    // The vendor counts points of apps.
    let credentials = jira::Credentials::app("id", "secret", "refresh");
    let client = jira::Client::new(credentials, &settings, options).unwrap();
    let limits = jira::INTEGRATION.limits;
    let points = limits.iter().find(|limit| limit.name == "points").unwrap();
    let LimitKind::Quota { calls, per } = points.kind else { panic!("{:?}", points.kind) };
    assert_eq!((calls, per), (65_000, hour));
    let start = clock.instant();
    // Each takes one point.
    for _ in 0..calls {
        client.issues().get("OPS-1").await.unwrap();
    }
    let before = clock.instant() - start;
    assert!(before < hour, "all points of the hour are there at once: {before:?}");
    client.issues().get("OPS-1").await.unwrap();
    let after = clock.instant() - start;
    assert!(after >= hour, "the next call waits until the first is an hour old: {after:?}");
    assert_eq!(issues.0.load(Ordering::SeqCst), calls + 1);

    // The app has none left; a token needs none.
    let credentials = jira::Credentials::token("ann@example.com", "token");
    let options = Options::default()
        .with_clock(clock.clone())
        .with_transport(issues.clone())
        .with_max_wait(Duration::ZERO);
    let token = jira::Client::new(credentials, &settings, options).unwrap();
    let start = clock.instant();
    for _ in 0..=calls {
        token.issues().get("OPS-1").await.unwrap();
    }
    assert!(clock.instant() - start < hour, "no call waited for points");
    assert_eq!(issues.0.load(Ordering::SeqCst), 2 * (calls + 1));
}

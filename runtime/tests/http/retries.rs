//! What is sent again, when, and how often.

use crate::support::{LeapingClock, PLAIN, Provider, Reply, copy, meta, pong, status};
use gusset::http::Method;
use gusset::serde_json::json;
use gusset::{
    Action, Auth, Client, Error, ErrorRule, Integration, Options, Repeat, Request, Retry,
};
use std::sync::Arc;
use std::time::Duration;

/// Backoffs of 1, 2, 4.. seconds: the clock's chance is always the longest.
const RETRY: Retry = Retry {
    attempts: 4,
    base: Duration::from_secs(1),
    cap: Duration::from_secs(60),
    longest_wait: Duration::from_secs(600),
    budget: 100,
};

struct Outcome {
    result: Result<u16, Error>,
    requests: usize,
    slept: Vec<u64>,
}

async fn run(
    integration: &'static Integration,
    repeat: Repeat,
    answer: impl Fn(usize) -> Reply + Send + Sync + 'static,
) -> Outcome {
    let provider = Provider::start(move |_, before| answer(before)).await;
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone()).with_retry(RETRY);
    let client = provider.client_with(integration, Auth::none(), options);
    let request = Request::new(meta(integration, Method::POST, repeat, &[]));
    let result = client.execute(request).await.map(|response| response.status());
    let slept = clock.slept().iter().map(Duration::as_secs).collect();
    Outcome { result, requests: provider.count(), slept }
}

fn failing(times: usize, code: u16) -> impl Fn(usize) -> Reply + Send + Sync {
    move |before| {
        if before < times {
            status(code, json!({"message": "not now", "code": "E1"}))
        } else {
            pong()
        }
    }
}

#[tokio::test]
async fn passing_faults_are_repeated_where_that_is_safe() {
    for code in [408, 500, 502, 503, 504] {
        for repeat in [Repeat::Safe, Repeat::Idempotent] {
            let outcome = run(&PLAIN, repeat, failing(2, code)).await;
            assert_eq!(outcome.result.unwrap(), 200);
            assert_eq!((outcome.requests, outcome.slept), (3, vec![1, 2]), "{code}");
        }
        let outcome = run(&PLAIN, Repeat::Never, failing(2, code)).await;
        assert_eq!(outcome.result.unwrap_err().status(), Some(code));
        assert_eq!(outcome.requests, 1);
    }
}

#[tokio::test]
async fn other_refusals_are_final() {
    for code in [300, 400, 401, 403, 404, 409, 422] {
        let outcome = run(&PLAIN, Repeat::Safe, failing(1, code)).await;
        let error = outcome.result.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(code), Some("E1")));
        assert_eq!(error.to_string(), format!("call: the provider answered {code} E1: not now"));
        assert_eq!(outcome.requests, 1);
    }
}

#[tokio::test]
async fn attempts_are_limited() {
    let outcome = run(&PLAIN, Repeat::Safe, failing(9, 500)).await;
    let error = outcome.result.unwrap_err().to_string();
    assert_eq!(error, "call: the provider answered 500 E1: not now (sent 4 times)");
    assert_eq!((outcome.requests, outcome.slept), (4, vec![1, 2, 4]));
}

#[tokio::test]
async fn a_call_that_was_refused_for_a_limit_is_repeated_whatever_it_is() {
    let answer = |before| match before {
        0 => status(429, json!({})).with("retry-after", "7"),
        1 => status(429, json!({})).with("retry-after", "Sun, 22 Nov 2026 10:00:20 GMT"),
        2 => status(429, json!({})),
        _ => pong(),
    };
    let outcome = run(&PLAIN, Repeat::Never, answer).await;
    assert_eq!(outcome.result.unwrap(), 200);
    assert_eq!(outcome.slept, [7, 13, 4]);
}

#[tokio::test]
async fn the_servers_wait_wins_over_the_backoff() {
    let answer = |before| match before {
        0 => status(503, json!({})).with("retry-after", "30"),
        _ => pong(),
    };
    assert_eq!(run(&PLAIN, Repeat::Safe, answer).await.slept, [30]);
}

#[tokio::test]
async fn a_wait_that_is_too_long_fails_at_once() {
    let answer = |_| status(429, json!({})).with("retry-after", "86400");
    let outcome = run(&PLAIN, Repeat::Safe, answer).await;
    assert_eq!(outcome.result.unwrap_err().status(), Some(429));
    assert_eq!((outcome.requests, outcome.slept), (1, vec![]));
}

static RULES: &[ErrorRule] = &[
    ErrorRule {
        place: "integration.yaml:10",
        when: |response| {
            let daily =
                response.json_value()?.pointer("/policy").and_then(|policy| policy.as_str());
            Ok(response.status() == 429 && daily == Some("DAILY"))
        },
        action: Action::Fail,
        wait: None,
    },
    ErrorRule {
        place: "integration.yaml:11",
        when: |response| Ok(response.json_value()?.pointer("/ok") == Some(&json!(false))),
        action: Action::Wait,
        wait: Some(|response| Ok(response.retry_after().unwrap_or(Duration::from_secs(5)))),
    },
    ErrorRule {
        place: "integration.yaml:12",
        when: |response| Ok(response.status() == 404),
        action: Action::Accept,
        wait: None,
    },
    ErrorRule {
        place: "integration.yaml:13",
        when: |response| Ok(response.header("x-fault") == Some("passing")),
        action: Action::Retry,
        wait: None,
    },
];

fn ruled() -> &'static Integration {
    Box::leak(Box::new(Integration { errors: RULES, ..copy(&PLAIN) }))
}

#[tokio::test]
async fn rules_see_status_headers_and_body() {
    let daily = run(ruled(), Repeat::Safe, |_| status(429, json!({"policy": "DAILY"}))).await;
    let error = daily.result.unwrap_err().to_string();
    assert_eq!(
        error,
        r#"call: the provider answered 429 Too Many Requests: {"policy":"DAILY"} (judged by integration.yaml:10)"#
    );
    assert_eq!(daily.requests, 1);

    let answer = |before| status(200, json!({ "ok": before > 0 }));
    let unwell = run(ruled(), Repeat::Never, answer).await;
    assert_eq!((unwell.result.unwrap(), unwell.slept), (200, vec![5]));

    let gone = run(ruled(), Repeat::Safe, |_| status(404, json!({}))).await;
    assert_eq!(gone.result.unwrap(), 404);

    let answer = |before| match before {
        0 => status(400, json!({})).with("x-fault", "passing"),
        _ => pong(),
    };
    assert_eq!(run(ruled(), Repeat::Safe, answer).await.result.unwrap(), 200);
}

#[tokio::test]
async fn a_rule_that_cannot_be_evaluated_does_not_match() {
    let answer = |before| match before {
        0 => Reply { status: 500, headers: vec![], body: "<html>".to_owned() },
        _ => pong(),
    };
    let outcome = run(ruled(), Repeat::Safe, answer).await;
    assert_eq!((outcome.result.unwrap(), outcome.requests), (200, 2));
}

#[tokio::test]
async fn no_connection_is_tried_again_whatever_the_call_is() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let clock = LeapingClock::new();
    let options = Options::default().with_clock(clock.clone()).with_retry(RETRY);
    let auth = Auth::api_key_query("key", "s3cret");
    let client = Client::new(&PLAIN, url.clone(), auth, options).unwrap();
    let mut request = Request::new(meta(&PLAIN, Method::POST, Repeat::Never, &[]));
    request.query("q", "private");
    let error = client.execute(request).await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains(&format!("no connection to {url}: ")), "{text}");
    assert!(text.ends_with("; is it running, and on that port?"), "{text}");
    for private in ["s3cret", "q=", "key"] {
        assert!(!text.contains(private), "{text}");
    }
    assert_eq!(client.stats().requests, 4);
    assert_eq!(client.stats().retries, 3);
}

#[tokio::test]
async fn an_answer_that_got_lost_is_asked_for_again_only_where_that_is_safe() {
    for (repeat, requests) in [(Repeat::Never, 1), (Repeat::Idempotent, 4)] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // Hangs up on everybody.
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut some = [0; 64];
                let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut some).await;
            }
        });
        let clock = LeapingClock::new();
        let options = Options::default().with_clock(clock).with_retry(RETRY);
        let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
        let request = Request::new(meta(&PLAIN, Method::POST, repeat, &[]));
        assert!(matches!(client.execute(request).await, Err(Error::Transport { .. })));
        assert_eq!(client.stats().requests, requests);
    }
}

#[tokio::test]
async fn retries_have_a_budget() {
    let provider = Provider::start(|_, _| status(500, json!({}))).await;
    let retry = Retry { budget: 3, ..RETRY };
    let options = Options::default().with_clock(LeapingClock::new()).with_retry(retry);
    let client = Arc::new(provider.client_with(&PLAIN, Auth::none(), options));
    for _ in 0..5 {
        let request = Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]));
        assert!(client.execute(request).await.is_err());
    }
    assert_eq!(provider.count(), 5 + 3);
}

//! Limits over a real window, announced, and refused as the error rules describe it.
#![allow(clippy::unwrap_used)]

mod kit;

use gusset_compiler::ir::{Action, AuthKind, ErrorText, LimitKind, Observe};
use gusset_sandbox::{Credential, Fault, FaultKind, Sandbox};
use kit::{Kit, http, required};
use reqwest::Response;
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn shop(observe: Observe) -> Kit {
    let mut kit = Kit::new();
    let text = kit.text();
    let output = kit.object(&[required("name", text)]);
    kit.operation("ping", "GET /ping", Some(output));
    kit.limit("burst", LimitKind::Quota { calls: 3, per: Duration::from_secs(10) }, observe);
    kit
}

async fn ping(sandbox: &Sandbox) -> Response {
    http().get(format!("{}/ping", sandbox.url())).send().await.unwrap()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn window_rolls_and_is_announced() {
    let (sandbox, time) =
        shop(Observe { remaining: Some("X-Left".to_owned()), ..Observe::default() }).start(1).await;
    for left in ["2", "1", "0"] {
        let response = ping(&sandbox).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "x-left")),
            (200, left.to_owned())
        );
        time.pass(Duration::from_secs(2));
    }
    let refused = ping(&sandbox).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "retry-after"), "4");
    time.pass(Duration::from_secs(4));
    assert_eq!(ping(&sandbox).await.status(), 200);
    assert_eq!(ping(&sandbox).await.status(), 429);
}

#[tokio::test]
async fn a_call_takes_its_points() {
    let mut kit = shop(Observe { remaining: Some("X-Left".to_owned()), ..Observe::default() });
    kit.shop().limits["burst"].cost = vec![("ping".to_owned(), 2)];
    let (sandbox, time) = kit.start(1).await;
    let response = ping(&sandbox).await;
    assert_eq!((response.status().as_u16(), header(&response, "x-left")), (200, "1".to_owned()));
    assert_eq!(header(&ping(&sandbox).await, "retry-after"), "10", "one point is not enough");
    time.pass(Duration::from_secs(10));
    assert_eq!(ping(&sandbox).await.status(), 200);
}

#[tokio::test]
async fn a_limit_holds_for_its_ways_to_authorise() {
    let mut kit = shop(Observe { remaining: Some("X-Left".to_owned()), ..Observe::default() });
    kit.auth("app", AuthKind::Bearer);
    kit.auth("token", AuthKind::Basic);
    kit.shop().limits["burst"].auth = vec!["app".to_owned()];
    let (sandbox, _) = kit.start(1).await;
    let known = sandbox.credentials();
    let (Credential::Bearer { token }, Credential::Basic { user, password }) =
        (&known["app"], &known["token"])
    else {
        unreachable!()
    };
    let url = format!("{}/ping", sandbox.url());
    let mut last = Vec::new();
    for _ in 0..4 {
        let app = http().get(&url).bearer_auth(token).send().await.unwrap();
        let free = http().get(&url).basic_auth(user, Some(password)).send().await.unwrap();
        assert_eq!((free.status().as_u16(), header(&free, "x-left")), (200, String::new()));
        last.push((app.status().as_u16(), header(&app, "x-left")));
    }
    let left = ["2", "1", "0", "0"].map(str::to_owned);
    assert_eq!(last, [200, 200, 200, 429].into_iter().zip(left).collect::<Vec<_>>());
}

#[tokio::test]
async fn refusal_is_what_the_rule_waits_for() {
    let usage = Some(("Limit-Info".to_owned(), "api-usage={used}/{limit}".to_owned()));
    let mut kit = shop(Observe { usage, ..Observe::default() });
    let text = kit.text();
    let error = kit.object(&[required("message", text), required("errorCode", text)]);
    let errors = kit.list(error);
    kit.shop().operations["ping"].error = Some(errors);
    kit.shop().errors.message = Some(ErrorText::Body("/0/message".to_owned()));
    kit.rule("status == 429", Action::Fail, None);
    kit.rule(
        "status == 403 && body.exists(e, e.errorCode == \"LIMIT\")",
        Action::Wait,
        Some("duration(\"15m\")"),
    );
    let (sandbox, _) = kit.start(1).await;
    for used in 1..=3 {
        assert_eq!(header(&ping(&sandbox).await, "limit-info"), format!("api-usage={used}/3"));
    }
    let refused = ping(&sandbox).await;
    assert_eq!(refused.status(), 403);
    assert_eq!(header(&refused, "retry-after"), "", "the rule looks for no such header");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body[0]["errorCode"], "LIMIT");
    assert!(body[0]["message"].as_str().unwrap().contains("burst"));
}

#[tokio::test]
async fn limits_can_be_off_and_faults_asked_for() {
    let kit = shop(Observe::default());
    let sandbox = Sandbox::builder(kit.ir).without_limits().start().await.unwrap();
    for _ in 0..10 {
        assert_eq!(ping(&sandbox).await.status(), 200);
    }
    let headers = [("retry-after".to_owned(), "1".to_owned())].into_iter().collect();
    sandbox.fault(Fault::new(FaultKind::Status { status: 503, headers }).of("ping").times(2));
    assert_eq!(ping(&sandbox).await.status(), 503);
    assert_eq!(header(&ping(&sandbox).await, "retry-after"), "1");
    assert_eq!(ping(&sandbox).await.status(), 200);
    assert_eq!((sandbox.requests(), sandbox.calls("ping")), (13, 13));
}

#[tokio::test]
async fn a_call_is_under_way_while_its_body_is_sent() {
    let mut kit = Kit::new();
    let text = kit.text();
    let output = kit.object(&[required("name", text)]);
    kit.operation("ping", "GET /ping", Some(output));
    kit.limit("slots", LimitKind::Concurrency(1), Observe::default());
    let (sandbox, _) = kit.start(1).await;
    let url = sandbox.url();
    let (host, base) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut slow = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "GET /{base}/ping HTTP/1.1\r\nhost: {host}\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n"
    );
    slow.write_all(head.as_bytes()).await.unwrap();
    // The sandbox asks for the body when it waits for it.
    let mut asked = [0; 25];
    slow.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(ping(&sandbox).await.status(), 429);
    slow.write_all(b"{}").await.unwrap();
    let mut status = [0; 12];
    slow.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    assert_eq!(ping(&sandbox).await.status(), 200);
}

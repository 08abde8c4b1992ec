//! Answers that no provider should give: each ends in a value or in a clear error, at once, and nothing panics.

use crate::streams::{Export, client, head, raw};
use crate::support::{PLAIN, Ping, Provider, meta, pong, seconds, status, with_limits};
use gusset::http::Method;
use gusset::serde_json::{Value, json};
use gusset::testing::{ManualClock, Script, answer, json as answered, with_header};
use gusset::vault::{Vault, VaultKey};
use gusset::{
    Account, Auth, Client, ClientAuth, Clock, Error, Limit, LimitKind, OAuth, Observe, Options,
    Repeat, Request, Retry, Scope, TokenStore,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn what_is_no_answer_is_a_broken_connection() {
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: 1\r\n".repeat(1000));
    let answers: Vec<&[u8]> = vec![
        b"",
        b"\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"<html><title>no</title></html>",
        b"HTTP/1.1",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 -1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        b"HTTP/1.1 200 OK\r\na b: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\na: \0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n1",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n1",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n12",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n1",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nz\r\n1\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n1",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n1\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n1 2",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        long.as_bytes(),
        many.as_bytes(),
    ];
    for said in answers {
        let shown = String::from_utf8_lossy(&said[..said.len().min(80)]).into_owned();
        let url = raw(vec![vec![said.to_vec()]]).await;
        match client(&url).send(&Ping).await {
            Err(Error::Transport { message, .. }) => {
                assert!(message.contains("broke: "), "{shown:?}: {message}");
            }
            // What says of itself that it is not JSON, or an answer, or less than it is.
            Err(Error::Decode { .. } | Error::Status(_)) => {}
            other => panic!("{shown:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn headers_that_are_no_text_say_nothing() {
    let head = b"HTTP/1.1 429 \xff\r\nconnection: close\r\nretry-after: \xff\xfe\r\nlocation: \xff\r\ncontent-type: \xff\r\nlink: <\xff>; rel=next\r\n\r\n";
    let url = raw(vec![vec![head.to_vec()], vec![crate::streams::head(""), b"1".to_vec()]]).await;
    let clock = Arc::new(ManualClock::leaping());
    let options = Options::default().with_clock(clock.clone());
    let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
    assert_eq!(client.send(&Ping).await.unwrap(), json!(1));
    assert!(clock.passed() <= seconds(20), "{:?}", clock.passed());
}

/// Says a head, then the same again and again, until nobody listens.
async fn endless(head: Vec<u8>, more: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let head = head.clone();
            tokio::spawn(async move {
                let mut asked = Vec::new();
                while !asked.ends_with(b"\r\n\r\n") {
                    asked.push(stream.read_u8().await.unwrap());
                }
                stream.write_all(&head).await.unwrap();
                while !more.is_empty() && stream.write_all(more).await.is_ok() {}
                // Nothing comes any more, and the connection stays.
                let _ = stream.read_u8().await;
            });
        }
    });
    url
}

#[track_caller]
fn is_too_large(error: &Error) {
    let said = error.to_string();
    assert!(said.contains("larger than 65536 bytes"), "{said}");
    assert!(said.contains("`Options::max_body`"), "{said}");
}

#[tokio::test]
async fn a_body_without_end_is_read_up_to_the_limit() {
    const LINE: &[u8; 4096] = &[b'1'; 4096];
    let options = || Options { max_body: 1 << 16, ..Options::default() };
    let chunked = b"1000\r\n".iter().chain(LINE).chain(b"\r\n").copied().collect::<Vec<u8>>();
    let chunked: &'static [u8] = Box::leak(chunked.into_boxed_slice());
    for (more, pieces) in [("", &LINE[..]), ("transfer-encoding: chunked", chunked)] {
        let url = endless(head(more), pieces).await;
        let client = Client::new(&PLAIN, url, Auth::none(), options()).unwrap();
        is_too_large(&client.send(&Ping).await.unwrap_err());
        let body = client.stream(&Export).await.unwrap().with_limit(1 << 16);
        let error = body.bytes().await.unwrap_err().to_string();
        assert!(error.contains("longer than the limit of 65536 bytes"), "{error}");
    }
    let url = endless(head("content-type: text/event-stream"), LINE).await;
    let client = Client::new(&PLAIN, url, Auth::none(), options()).unwrap();
    let error = client.events(&Export).await.unwrap().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("65536"), "{error}");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_read() {
    // Nothing of it ever comes: who reads waits.
    for length in ["2147483648", "9223372036854775807", "65537"] {
        let head = head(&format!("content-length: {length}"));
        let url = endless(head, b"").await;
        let options = Options { max_body: 1 << 16, ..Options::default() };
        let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
        is_too_large(&client.send(&Ping).await.unwrap_err());
    }
    let failed = b"HTTP/1.1 500 No\r\ncontent-length: 2147483648\r\n\r\n".to_vec();
    let options = Options { max_body: 1 << 16, ..Options::default() };
    let client = Client::new(&PLAIN, endless(failed, b"").await, Auth::none(), options).unwrap();
    is_too_large(&client.send(&Ping).await.unwrap_err());
}

/// A client that gets this from the token endpoint, and answers from everything else.
fn with_tokens(body: Vec<u8>, kind: &'static str) -> (Client, Script, Arc<ManualClock>) {
    let script = Script::replying(move |sent| match sent.url.path() {
        "/token" => Ok(answer(200, kind, body.clone())),
        _ => Ok(answered(200, &json!(1))),
    });
    let clock = Arc::new(ManualClock::leaping());
    let options =
        Options::default().with_clock(clock.clone()).with_transport(Arc::new(script.clone()));
    let oauth = OAuth::new("https://x.test/token", &[], ClientAuth::Body);
    let auth = Auth::client_credentials(oauth, "id", "s3cret");
    (Client::new(&PLAIN, "https://x.test".to_owned(), auth, options).unwrap(), script, clock)
}

fn tokens_asked(script: &Script) -> usize {
    script.sent().iter().filter(|sent| sent.url.path() == "/token").count()
}

#[tokio::test]
async fn what_is_no_token_is_a_clear_error() {
    let bodies: &[(&[u8], &str)] = &[
        (b"", "something else than JSON"),
        (b"<html><title>login</title></html>", "something else than JSON"),
        (b"access_token=abc&token_type=bearer", "something else than JSON"),
        (b"{\"access_token\": \"abc\"", "something else than JSON"),
        (b"{\"access_token\": \"\xff\"}", "something else than JSON"),
        (b"null", "without `access_token`"),
        (b"[]", "without `access_token`"),
        (b"\"abc\"", "without `access_token`"),
        (b"{}", "without `access_token`"),
        (b"{\"access_token\": \"\"}", "without `access_token`"),
        (b"{\"access_token\": null}", "without `access_token`"),
        (b"{\"access_token\": 7}", "without `access_token`"),
        (b"{\"access_token\": [\"abc\"]}", "without `access_token`"),
        (b"{\"access_token\": \"a\\nb\"}", "characters that cannot be in a header"),
        (b"{\"access_token\": \"a\\u0000b\"}", "characters that cannot be in a header"),
    ];
    for (body, expected) in bodies {
        let (client, script, clock) = with_tokens(body.to_vec(), "text/html");
        let error = client.send(&Ping).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{}: {error}", String::from_utf8_lossy(body));
        assert_eq!((script.sent().len(), clock.passed()), (1, Duration::ZERO), "{error}");
    }
}

#[tokio::test]
async fn a_token_with_a_strange_end_is_used() {
    // What it says, and how often it is asked for by three calls: what has ended already is good for one.
    let ends: &[(&str, Value, usize)] = &[
        ("expires_in", json!("3600"), 1),
        ("expires_in", json!(" 3600 "), 1),
        ("expires_in", json!(3599.5), 1),
        ("expires_in", json!("an hour"), 1),
        ("expires_in", json!(""), 1),
        ("expires_in", json!("NaN"), 1),
        ("expires_in", json!("inf"), 1),
        ("expires_in", json!("-inf"), 1),
        ("expires_in", json!(null), 1),
        ("expires_in", json!(true), 1),
        ("expires_in", json!([3600]), 1),
        ("expires_in", json!({}), 1),
        ("expires_in", json!(1e300), 1),
        ("expires_in", json!(-1e300), 1),
        ("expires_in", json!(u64::MAX), 1),
        ("expires_in", json!(i64::MIN), 1),
        ("expires_in", json!("99999999999999999999999999"), 1),
        ("expires_in", json!(0), 3),
        ("expires_in", json!(-1), 3),
        ("expires_in", json!("-3600"), 3),
        ("expires_at", json!("never"), 1),
        ("expires_at", json!(1e300), 1),
        ("expires_at", json!(-1e300), 1),
        ("expires_at", json!("2199-01-01T00:00:00Z"), 1),
        ("expires_at", json!("1999-01-01T00:00:00Z"), 3),
        ("expires_at", json!(-1), 3),
        ("nothing", json!(1), 1),
    ];
    for (name, end, expected) in ends {
        let body = json!({"access_token": "abc", *name: end});
        let (client, script, clock) = with_tokens(body.to_string().into(), "application/json");
        for _ in 0..3 {
            assert_eq!(client.send(&Ping).await.unwrap(), json!(1), "{name} {end}");
        }
        assert_eq!(tokens_asked(&script), *expected, "{name} {end}");
        assert_eq!(clock.passed(), Duration::ZERO, "{name} {end}");
    }
}

#[tokio::test]
async fn a_token_outlives_a_clock_that_is_set() {
    let body = json!({"access_token": "abc", "expires_in": 3600}).to_string();
    let (client, script, clock) = with_tokens(body.into(), "application/json");
    client.send(&Ping).await.unwrap();
    for (time, asked) in
        [("2016-01-01T00:00:00Z", 1), ("2026-01-01T00:00:10Z", 1), ("2036-01-01T00:00:00Z", 2)]
    {
        clock.set(time.parse().unwrap());
        client.send(&Ping).await.unwrap();
        assert_eq!(tokens_asked(&script), asked, "{time}");
    }
    // What was got in 2036 is good for longer now, unless it is refused.
    clock.set("2016-01-01T00:00:00Z".parse().unwrap());
    client.send(&Ping).await.unwrap();
    assert_eq!((tokens_asked(&script), clock.passed()), (2, Duration::ZERO));
}

#[tokio::test]
async fn limits_and_waits_do_not_notice_a_clock_that_is_set() {
    static LIMITS: [Limit; 1] = [Limit {
        name: "set",
        kind: LimitKind::Quota { calls: 2, per: seconds(10) },
        scope: Scope::Connection,
        cost: &[],
        observe: Observe::NOTHING,
    }];
    let integration = with_limits("clock_is_set", &LIMITS);
    for time in ["2006-01-01T00:00:00Z", "2046-01-01T00:00:00Z", "-009000-01-01T00:00:00Z"] {
        let date = "Thu, 01 Jan 2026 00:00:30 GMT";
        let provider = Provider::start(move |_, before| match before {
            2 => status(429, json!({})).with("retry-after", date),
            _ => pong(),
        })
        .await;
        let clock = Arc::new(ManualClock::leaping());
        let options = Options::default().with_clock(clock.clone());
        let longest = options.retry.longest_wait;
        let client = provider.client_with(integration, Auth::none(), options);
        let call = || async {
            let meta = meta(integration, Method::GET, Repeat::Safe, &[0]);
            client.execute(Request::new(meta)).await
        };
        call().await.unwrap();
        call().await.unwrap();
        clock.set(time.parse().unwrap());
        // The window of the limit is over; the provider's date is far away, or long ago.
        match call().await {
            Ok(_) => {}
            Err(error) => assert_eq!(error.status(), Some(429), "{time}: {error}"),
        }
        assert!(clock.passed() <= longest + seconds(20), "{time}: {:?}", clock.passed());
        call().await.unwrap();
        assert!(clock.passed() <= longest + seconds(20), "{time}: {:?}", clock.passed());
    }
}

#[tokio::test]
async fn a_claim_from_before_the_clock_was_set_back_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    let vault = Vault::open(path, &VaultKey::random().unwrap()).unwrap();
    let script = Script::replying(|sent| match sent.url.path() {
        "/token" => Ok(answered(200, &json!({"access_token": "abc"}))),
        _ => Ok(answered(200, &json!(1))),
    });
    let clock = Arc::new(ManualClock::leaping());
    let now = clock.timestamp();
    let account = Account { integration: "plain", connection: "acme" };
    let until = now + gusset::jiff::SignedDuration::from_secs(90);
    assert!(vault.claim(account, "killed", now, until).await.unwrap());
    clock.set("2016-01-01T00:00:00Z".parse().unwrap());
    let options = Options::default()
        .with_connection("acme")
        .with_clock(clock.clone())
        .with_transport(Arc::new(script))
        .with_vault(&vault);
    let oauth = OAuth::new("https://x.test/token", &[], ClientAuth::Body);
    let auth = Auth::client_credentials(oauth, "id", "s3cret");
    let client = Client::new(&PLAIN, "https://x.test".to_owned(), auth, options).unwrap();
    client.send(&Ping).await.unwrap();
    assert!(clock.passed() <= seconds(1), "{:?}", clock.passed());
}

#[tokio::test]
async fn a_wait_in_many_words_is_one_wait() {
    for headers in [["5", "7200"], ["-5", "5"], ["5, 5", "5"], ["5;", ""], ["5s", "5"]] {
        let clock = Arc::new(ManualClock::leaping());
        let mut busy = answered(429, &json!({}));
        for value in headers {
            busy = with_header(busy, "Retry-After", value);
        }
        let script = Script::answering([busy, answered(200, &json!(1))]);
        let options = Options::default()
            .with_clock(clock.clone())
            .with_retry(Retry::default())
            .with_transport(Arc::new(script));
        let client = Client::new(&PLAIN, "https://x.test".to_owned(), Auth::none(), options);
        assert_eq!(client.unwrap().send(&Ping).await.unwrap(), json!(1), "{headers:?}");
        assert!(clock.passed() <= seconds(60), "{headers:?} {:?}", clock.passed());
    }
}

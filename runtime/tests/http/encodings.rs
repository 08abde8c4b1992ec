//! Answers that are compressed on the way, and proxies. Features of this crate bring Brotli and Zstandard; its tests have both.

use crate::support::{PLAIN, meta};
use axum::Router;
use axum::body::Body;
use axum::extract::Request as Incoming;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gusset::http::Method;
use gusset::serde_json::Value;
use gusset::{Auth, Client, Error, Options, Repeat, Request, Retry};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

/// `{"pong":true,"text":"pong pong .."}` of 222 bytes, and 100,000 spaces.
const ENCODED: [(&str, &str, &str); 3] = [
    (
        "gzip",
        "H4sIAAAAAAACA6tWKsjPS1eyKikqTdVRKkmtKFGyAgspDANCqRYALIcWWt8AAAA=",
        "H4sIAAAAAAACA+3BMQEAAADCoCrrn9IaHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwYt8HnKoIYBAA==",
    ),
    (
        "br",
        "G94AEBwJdqzFCmYnTmsRkLO9qQPXV25v4JAD1m+3MNMIrF6A0IgxV+MfDcb7XAM=",
        "W5+GgV8CJB4LBLL8AgA=",
    ),
    (
        "zstd",
        "KLUv/SDfBQEAuHsicG9uZyI6dHJ1ZSwidGV4dCI6ICJ9AgBAFBKsnUw=",
        "KLUv/aCghgEATQAACCABAJyGORAC",
    ),
];

/// A provider that answers with these bytes, and the headers that it was asked with.
async fn provider(encoding: &'static str, body: Vec<u8>) -> (String, Arc<Mutex<String>>) {
    let asked = Arc::<Mutex<String>>::default();
    let note = Arc::clone(&asked);
    let app = Router::new().fallback(move |request: Incoming| {
        let accepted = request.headers().get("accept-encoding").map(|v| v.to_str().unwrap().into());
        *note.lock().unwrap() = accepted.unwrap_or_default();
        let answer = axum::response::Response::builder().header("content-encoding", encoding);
        let answer = answer.body(Body::from(body.clone())).unwrap();
        async { answer }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, asked)
}

fn request() -> Request {
    Request::new(meta(&PLAIN, Method::GET, Repeat::Safe, &[]))
}

#[tokio::test]
async fn answers_are_decompressed() {
    for (encoding, plain, _) in ENCODED {
        let (url, asked) = provider(encoding, STANDARD.decode(plain).unwrap()).await;
        let client = Client::new(&PLAIN, url, Auth::none(), Options::default()).unwrap();
        let answer: Value = client.execute(request()).await.unwrap().json().unwrap();
        assert_eq!(answer["pong"], true, "{encoding}");
        assert_eq!(answer["text"].as_str().map(str::len), Some(200), "{encoding}");
        let asked = asked.lock().unwrap();
        assert!(asked.split(',').any(|one| one.trim() == encoding), "{encoding}: {asked}");
    }
}

#[tokio::test]
async fn what_is_large_when_decompressed_is_too_large() {
    for (encoding, _, bomb) in ENCODED {
        let bomb = STANDARD.decode(bomb).unwrap();
        assert!(bomb.len() < 300, "{encoding}");
        let (url, _) = provider(encoding, bomb).await;
        for (max_body, fits) in [(99_999, false), (100_000, true)] {
            let options = Options { max_body, ..Options::default() };
            let client = Client::new(&PLAIN, url.clone(), Auth::none(), options).unwrap();
            match client.execute(request()).await {
                Ok(answer) => assert!(fits && answer.body().len() == 100_000, "{encoding}"),
                Err(error) => {
                    assert!(!fits && error.to_string().contains("max_body"), "{encoding}: {error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_does_not_decompress_is_an_error() {
    for (encoding, plain, _) in ENCODED {
        let mut cut = STANDARD.decode(plain).unwrap();
        cut.truncate(cut.len() / 2);
        let (url, _) = provider(encoding, cut).await;
        let options = Options::default().with_retry(Retry::never());
        let client = Client::new(&PLAIN, url, Auth::none(), options).unwrap();
        let error = client.execute(request()).await.unwrap_err();
        assert!(matches!(error, Error::Transport { .. }), "{encoding}: {error}");
    }
}

/// Says that this process is the one with the proxy in its environment.
const CHILD: &str = "GUSSET_TEST_PROXY";

#[tokio::test]
async fn proxies_of_the_environment_carry_what_is_not_loopback() {
    if std::env::var_os(CHILD).is_some() {
        return child().await;
    }
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    let seen = std::thread::spawn(move || {
        let (mut stream, _) = proxy.accept().unwrap();
        let mut seen = Vec::new();
        for line in BufReader::new(stream.try_clone().unwrap()).lines() {
            match line.unwrap() {
                end if end.is_empty() => break,
                line => seen.push(line),
            }
        }
        stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").unwrap();
        seen
    });
    let name = "encodings::proxies_of_the_environment_carry_what_is_not_loopback";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(CHILD, "1")
        .env("HTTPS_PROXY", &url)
        .env("HTTP_PROXY", &url)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    let seen = seen.join().unwrap().join("\n");
    assert!(seen.starts_with("CONNECT provider.invalid:443 "), "{seen}");
    assert!(!seen.contains("s3cret"), "the proxy sees no credentials: {seen}");
}

async fn child() {
    let (url, _) = provider("identity", b"{}".to_vec()).await;
    let client = Client::new(&PLAIN, url, Auth::none(), Options::default()).unwrap();
    assert_eq!(client.execute(request()).await.unwrap().status(), 200, "without the proxy");
    let options = Options::default().with_retry(Retry::never());
    let remote = "https://provider.invalid".to_owned();
    let client = Client::new(&PLAIN, remote, Auth::bearer("s3cret"), options).unwrap();
    let error = client.execute(request()).await.unwrap_err();
    assert!(error.to_string().contains("no connection to https://provider.invalid"), "{error}");
}

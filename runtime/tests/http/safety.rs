//! Credentials stay with the server that they are for, and out of sight.

use crate::support::{PLAIN, Ping, Provider, ok, pong};
use gusset::{
    Auth, Client, Error, OAuth, Operation, OperationMeta, Options, Part, Redirect, Request, Slot,
};

#[track_caller]
fn refused(server: &str, expected: &str) {
    let error =
        Client::new(&PLAIN, server.to_owned(), Auth::none(), Options::default()).unwrap_err();
    assert!(matches!(error, Error::Config { .. }));
    assert!(error.to_string().contains(expected), "{error}");
}

#[test]
fn servers_that_would_leak_credentials_are_refused() {
    refused("http://api.example.com", "use https");
    refused("ftp://api.example.com", "not a scheme");
    refused("https://user:s3cret@api.example.com", "user name or password");
    refused("https://api.example.com/?key=1", "no query");
    refused("nonsense", "no URL");
    for server in [
        "http://user:s3cret@api.example.com",
        "https://user:s3cret@api.example.com:99999",
        "ftp://api.example.com?key=s3cret",
        "https://api.example.com?key=s3cret",
    ] {
        let error = Client::new(&PLAIN, server.to_owned(), Auth::none(), Options::default());
        let error = error.unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
    }
    for server in
        ["http://127.0.0.1:1/base/", "http://localhost:1", "http://[::1]:1", "https://x.test"]
    {
        assert!(Client::new(&PLAIN, server.to_owned(), Auth::none(), Options::default()).is_ok());
    }
}

#[test]
fn a_token_endpoint_without_tls_is_refused() {
    let oauth = OAuth::new("http://auth.example.com/token", &[], gusset::ClientAuth::Body);
    let auth = Auth::client_credentials(oauth, "id", "s3cret");
    let error =
        Client::new(&PLAIN, "https://x.test".to_owned(), auth, Options::default()).unwrap_err();
    assert!(error.to_string().contains("use https"), "{error}");
}

/// What is asked with secrets in every place, and answered with some.
#[derive(Clone, Debug)]
struct Telling;

impl Operation for Telling {
    type Client = Client;
    type Output = String;
    const META: &'static OperationMeta = &OperationMeta::post(&PLAIN, "tell", "/tell/{who}");
    const DECODE: gusset::Decode<String> = |response| {
        assert_unseen(response, &["tell", "/tell/ada?***", "200", "set-cookie", "body_bytes: 22"]);
        response.json()
    };

    fn write(&self, request: &mut Request) -> Result<(), Error> {
        request.path("who", "ada");
        request.query("api_key", "s3cret-query");
        request.set(&Slot::Header("x-token"), "s3cret-header")?;
        request.set_json("/password", "s3cret-body".into())?;
        let parts = ["tell", "POST", "/tell/{who}", "api_key", "x-token", "body_bytes: 26"];
        assert_unseen(request, &parts);
        Ok(())
    }
}

#[track_caller]
fn assert_unseen(shown: &dyn std::fmt::Debug, parts: &[&str]) {
    let shown = format!("{shown:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    for part in parts {
        assert!(shown.contains(part), "{shown} has no {part}");
    }
}

#[tokio::test]
async fn debug_shows_what_was_asked_and_answered_without_values() {
    let provider = Provider::start(|_, _| crate::support::Reply {
        status: 200,
        headers: vec![("set-cookie", "id=s3cret-cookie".to_owned())],
        body: r#""s3cret in the answer""#.to_owned(),
    })
    .await;
    let client = provider.client_with(&PLAIN, Auth::bearer("s3cret"), Options::default());
    assert_eq!(client.send(&Telling).await.unwrap(), "s3cret in the answer");
    assert_unseen(&client, &[]);
    let answer = gusset::Answer {
        status: gusset::http::StatusCode::OK,
        headers: [(gusset::http::header::SET_COOKIE, "s3cret".parse().unwrap())]
            .into_iter()
            .collect(),
        body: "s3cret".into(),
    };
    assert_unseen(&answer, &["200", "set-cookie", "body_bytes: 6"]);
    let part = Part::new("s3cret").with_file_name("a.pem").with_header("x-key", "s3cret");
    assert_unseen(&part, &["bytes: 6", "a.pem", "x-key"]);
    let redirect = Redirect { status: 303, location: "https://x.test/a?sig=s3cret&page=2".into() };
    assert_unseen(&redirect, &["303", "https://x.test/a?***"]);
}

#[tokio::test]
async fn redirects_are_answers() {
    let other = Provider::start(|_, _| pong()).await;
    let there = other.url.clone();
    let provider = Provider::start(move |_, _| crate::support::Reply {
        status: 302,
        headers: vec![("location", there.clone())],
        body: String::new(),
    })
    .await;
    let client = provider.client_with(&PLAIN, Auth::bearer("s3cret"), Options::default());
    assert_eq!(client.send(&Ping).await.unwrap_err().status(), Some(302));
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn a_path_parameter_stays_in_its_segment() {
    let provider = Provider::start(|_, _| ok(gusset::serde_json::json!({}))).await;
    let client = provider.client();
    let meta =
        Box::leak(Box::new(gusset::OperationMeta::get(&PLAIN, "get", "/users/{id}/file.{kind}")));
    for (id, seen) in [
        ("a/b", "/users/a%2Fb/file.x"),
        ("a?b#c", "/users/a%3Fb%23c/file.x"),
        ("%2e%2e", "/users/%252e%252e/file.x"),
        ("...", "/users/.../file.x"),
        ("ü", "/users/%C3%BC/file.x"),
    ] {
        let mut request = Request::new(meta);
        request.path("id", id);
        request.set(&Slot::Path("kind"), "x").unwrap();
        client.execute(request).await.unwrap();
        assert_eq!(provider.seen().last().unwrap().path, seen);
    }
    let before = provider.count();
    for id in ["", ".", ".."] {
        let mut request = Request::new(meta);
        request.path("id", id);
        request.path("kind", "x");
        let error = client.execute(request).await.unwrap_err();
        assert!(error.to_string().contains("another resource"), "{error}");
    }
    let mut request = Request::new(meta);
    request.path("id", "1");
    let error = client.execute(request).await.unwrap_err();
    assert!(error.to_string().contains("`kind` is missing"), "{error}");
    assert_eq!(provider.count(), before);
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_an_error() {
    let provider = Provider::start(|_, _| ok("x".repeat(10_000).into())).await;
    let options = Options { max_body: 1_000, ..Options::default() };
    let error = provider.client_with(&PLAIN, Auth::none(), options).send(&Ping).await.unwrap_err();
    assert!(error.to_string().contains("larger than 1000 bytes"), "{error}");
}

#[tokio::test]
async fn clients_share_connections_and_nothing_else() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Serves one connection for as long as it lives, and no other; answers with the token that it was asked with.
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let head = String::from_utf8(head).unwrap();
            let token = head.lines().find_map(|line| line.strip_prefix("authorization: Bearer "));
            let token = gusset::serde_json::to_string(token.unwrap()).unwrap();
            let length = token.len();
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{token}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let options = || Options::default().with_retry(gusset::Retry::never());
    let clients: Vec<_> = (0..5)
        .map(|n| Client::new(&PLAIN, url.clone(), Auth::bearer(format!("token {n}")), options()))
        .collect();
    for (n, client) in clients.into_iter().enumerate() {
        let output = client.unwrap().send(&Ping).await.unwrap();
        assert_eq!(output, format!("token {n}"));
    }
}

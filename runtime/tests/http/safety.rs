//! Credentials stay with the server that they are for, and out of sight.

use crate::support::{PLAIN, Ping, Provider, ok, pong};
use gusset::{Auth, Client, Error, OAuth, Options, Request, Slot};

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
    let oauth = OAuth {
        token_url: "http://auth.example.com/token".to_owned(),
        scopes: &[],
        client: gusset::ClientAuth::Body,
    };
    let auth = Auth::client_credentials(oauth, "id", "s3cret");
    let error =
        Client::new(&PLAIN, "https://x.test".to_owned(), auth, Options::default()).unwrap_err();
    assert!(error.to_string().contains("use https"), "{error}");
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

//! Credentials go to the server that they are for, by a way that nobody can read, and a value stays where it is put.

use crate::pagination::{ALL, Link, Url, slice};
use crate::streams::Export;
use crate::support::{PLAIN, Ping, Provider, Reply, ok, pong};
use gusset::serde_json::json;
use gusset::testing::ManualClock;
use gusset::{
    Auth, Authorization, Client, ClientAuth, Error, OAuth, OperationMeta, Options, PageState,
    Paginated, Repeat, Request, Slot, Style,
};
use std::sync::Arc;

/// Links that lead from a server to another one, or to none.
fn elsewhere(url: &str, other: &str) -> Vec<String> {
    let port = url.rsplit(':').next().unwrap();
    [
        other,
        &format!("{other}/items?offset=2"),
        &format!("https://127.0.0.1:{port}/items"),
        &format!("http://localhost:{port}/items"),
        &format!("http://[::1]:{port}/items"),
        &format!("http://127.0.0.1:{port}@evil.test/items"),
        &format!("http://127.0.0.1:{port}.evil.test/items"),
        "http://127.0.0.1/items",
        "https://evil.test/items",
        "//evil.test/items",
        r"\\evil.test\items",
        r"/\evil.test/items",
        "/\t/evil.test/items",
        "  //evil.test/items",
        "ftp://127.0.0.1/items",
        "file:///etc/passwd",
        "data:application/json,{}",
        "javascript:alert(1)",
        "http://",
        "http:///",
    ]
    .map(str::to_owned)
    .into()
}

async fn is_refused<O: Paginated>(client: Client, listing: O, link: &str) {
    let mut items = client.items(listing);
    let error = loop {
        match items.next().await.unwrap_or_else(|| panic!("{link:?} is taken for the end")) {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Pagination { .. }), "{link:?}: {error}");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn no_link_leads_credentials_away() {
    let other = Provider::start(|_, _| slice(0, json!({}))).await;
    let first = Provider::start(|_, _| pong()).await;
    for link in elsewhere(&first.url, &other.url) {
        // The same with the port of the provider that gives the link.
        let place = Arc::new(std::sync::Mutex::new(String::new()));
        let (told, port) = (Arc::clone(&place), first.url.rsplit(':').next().unwrap().to_owned());
        let provider =
            Provider::start(move |_, _| slice(0, json!({ "next": *told.lock().unwrap() }))).await;
        let link = link.replace(&port, provider.url.rsplit(':').next().unwrap());
        *place.lock().unwrap() = link.clone();
        let connect = || provider.client_with(&PLAIN, Auth::bearer("s3cret"), Options::default());
        is_refused(connect(), Url, &link).await;
        assert_eq!(provider.count(), 1, "{link:?}");
        // Where a sync goes on, it may have been written by another version, or another person.
        let state = PageState::Url(link.clone());
        assert!(connect().read_page::<Url>(&ALL, None, &state).await.is_err(), "{link:?}");
        assert!(connect().read_page::<Link>(&ALL, None, &state).await.is_err(), "{link:?}");
        assert_eq!(provider.count(), 1, "{link:?}");
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn no_link_header_leads_credentials_away() {
    let other = Provider::start(|_, _| slice(0, json!({}))).await;
    let links = elsewhere("http://127.0.0.1:1", &other.url);
    // What cannot be in a header, or ends a link, is not there.
    for link in links.into_iter().filter(|link| !link.contains(['\t', '>'])) {
        let there = link.clone();
        let provider = Provider::start(move |_, _| {
            slice(0, json!({})).with("link", format!("<{there}>; rel=\"next\""))
        })
        .await;
        let client = provider.client_with(&PLAIN, Auth::bearer("s3cret"), Options::default());
        is_refused(client, Link, &link).await;
        assert_eq!(provider.count(), 1, "{link:?}");
    }
    assert_eq!(other.count(), 0);
}

fn redirect(status: u16, to: &str) -> Reply {
    Reply { status, headers: vec![("location", to.to_owned())], body: String::new() }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = Provider::start(|_, _| pong()).await;
    for status in [300, 301, 302, 303, 305, 307, 308] {
        for to in elsewhere("http://127.0.0.1:1", &other.url).into_iter().chain(["/ping".into()]) {
            if to.contains('\t') {
                continue;
            }
            let there = to.clone();
            let provider = Provider::start(move |_, _| redirect(status, &there)).await;
            let auth = Auth::all([Auth::bearer("s3cret"), Auth::api_key_query("key", "s3cret")]);
            let client = provider.client_with(&PLAIN, auth, Options::default());
            assert_eq!(client.send(&Ping).await.unwrap_err().status(), Some(status), "{to}");
            let streamed = client.stream(&Export).await.unwrap_err();
            assert_eq!(streamed.status(), Some(status), "{to}");
            assert_eq!(provider.count(), 2, "{status} {to}");
        }
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn no_redirect_of_a_token_endpoint_is_followed() {
    let other = Provider::start(|_, _| ok(json!({"access_token": "theirs"}))).await;
    for status in [301, 302, 303, 307, 308] {
        let there = format!("{}/token", other.url);
        let provider = Provider::start(move |_, _| redirect(status, &there)).await;
        let oauth = OAuth::new(format!("{}/token", provider.url), &[], ClientAuth::Body);
        let auth = Auth::client_credentials(oauth, "id", "s3cret");
        let options = Options::default().with_clock(Arc::new(ManualClock::leaping()));
        let error = provider.client_with(&PLAIN, auth, options).send(&Ping).await.unwrap_err();
        assert!(matches!(error, Error::Auth { .. }), "{error}");
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        assert_eq!(provider.count(), 1);
    }
    assert_eq!(other.count(), 0);
}

/// Names that only look as if they meant this machine.
const IN_THE_CLEAR: &[&str] = &[
    "http://api.example.com",
    "HTTP://API.EXAMPLE.COM",
    "http://127.0.0.1.evil.test",
    "http://localhost.evil.test",
    "http://evil-localhost",
    "http://xlocalhost",
    "http://0.0.0.0",
    "http://10.0.0.1",
    "http://192.168.1.1",
    "http://169.254.169.254",
    "http://[::]",
    "http://[fe80::1]",
    "http://128.0.0.1",
    "ws://127.0.0.1",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "data:text/plain,x",
];

#[test]
fn nothing_goes_in_the_clear_but_to_this_machine() {
    let connect = |server: &str, options: Options| {
        let declared = ["https://files.example.com".to_owned()];
        let server = server.to_owned();
        Client::with_servers(&PLAIN, server, &declared, Auth::bearer("x"), options).map(drop)
    };
    let fine = "https://api.example.com";
    for url in IN_THE_CLEAR {
        let refused = |result: Result<(), Error>| {
            assert!(matches!(result, Err(Error::Config { .. })), "{url} {result:?}");
        };
        refused(connect(url, Options::default()));
        refused(connect(fine, Options::default().with_server(*url)));
        let of_files = Options::default().with_operation_server("https://files.example.com", *url);
        refused(connect(fine, of_files));
        let oauth = || OAuth::new(*url, &[], ClientAuth::Body);
        let auth = Auth::client_credentials(oauth(), "id", "x");
        refused(Client::new(&PLAIN, fine.to_owned(), auth, Options::default()).map(drop));
        let oauth = OAuth::new(format!("{fine}/token"), &[], ClientAuth::Body);
        let auth = Auth::client_credentials(oauth.clone(), "id", "x");
        let options = Options::default().with_token_url(*url);
        refused(Client::new(&PLAIN, fine.to_owned(), auth, options).map(drop));
        refused(Authorization::new("plain", oauth, *url).begin("id", "x").map(drop));
    }
    for url in ["http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]", "http://localhost:1/v1"] {
        connect(url, Options::default()).unwrap();
    }
}

/// What stands in a segment for a text; nothing where it must not be sent.
fn segment(text: &str) -> Option<String> {
    let written: String = text
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    (!matches!(text, "" | "." | "..")).then_some(written)
}

/// A way to put a value into a path.
type Way<'w> = &'w dyn Fn(&mut Request) -> Result<(), Error>;

#[tokio::test]
async fn no_value_leaves_its_segment() {
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let client = provider.client();
    let meta = OperationMeta::new(
        &PLAIN,
        "get",
        gusset::http::Method::GET,
        "/users/{id}/file",
        Repeat::Safe,
    );
    let meta: &'static OperationMeta = Box::leak(Box::new(meta));
    let mut sent = 0;
    for text in [
        "a",
        "",
        ".",
        "..",
        "...",
        "../admin",
        "..\\admin",
        "/",
        "//evil.test",
        "\\",
        "%2F",
        "%2e%2e",
        "..%2Fadmin",
        "%00",
        "\0",
        "a;b=c",
        ";",
        "?",
        "?admin=1",
        "#",
        "&",
        "=",
        "@",
        "http://evil.test",
        ":",
        " ",
        "\t",
        "\r\nHost: evil.test",
        "\u{2024}\u{2024}",
        "\u{ff0e}\u{ff0e}",
        "\u{2215}",
        "\u{ff0f}",
        "ü",
        "日本",
        "\u{202e}x",
        "\u{0}/..",
        "*",
        "+",
        "{id}",
        "{kind}",
    ] {
        let by_slot = |request: &mut Request| request.set(&Slot::Path("id"), text);
        let by_type = |request: &mut Request| {
            request.path("id", text);
            Ok(())
        };
        let by_style = |request: &mut Request| request.path_as("id", text, Style::SIMPLE);
        let ways: [Way<'_>; 3] = [&by_slot, &by_type, &by_style];
        for way in ways {
            let mut request = Request::new(meta);
            way(&mut request).unwrap();
            match (client.execute(request).await, segment(text)) {
                (Ok(_), Some(segment)) => {
                    sent += 1;
                    let seen = provider.seen().pop().unwrap();
                    assert_eq!(seen.path, format!("/users/{segment}/file"), "{text:?}");
                    assert_eq!(seen.query, "", "{text:?}");
                }
                (Err(Error::Request { .. }), None) => {}
                (result, _) => panic!("{text:?}: {result:?}"),
            }
        }
    }
    assert_eq!(provider.count(), sent);
}

/// Styles put something before a value, and `allowReserved` lets through what is encoded, and more.
#[tokio::test]
async fn no_value_in_a_style_leaves_its_segment() {
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let client = provider.client();
    let meta = OperationMeta::get(&PLAIN, "get", "/users/{id}/file");
    let meta: &'static OperationMeta = Box::leak(Box::new(meta));
    let styles = [Style::SIMPLE, Style::LABEL, Style::MATRIX];
    let styles = styles.into_iter().flat_map(|style| [style, style.reserved(), style.explode()]);
    for style in styles {
        for text in [
            "a",
            "",
            ".",
            "..",
            "...",
            "../admin",
            "/",
            "//evil.test",
            "\\",
            "%2F",
            "%2e",
            "%2e%2E",
            ".%2e",
            "%2e%2e%2fadmin",
            "a;b",
            "?",
            "?admin=1",
            "#",
            "@evil.test",
            "\0",
            "%",
            "%zz",
        ] {
            let mut request = Request::new(meta);
            request.path_as("id", text, style).unwrap();
            match client.execute(request).await {
                Err(Error::Request { .. }) => {}
                Err(error) => panic!("{style:?} {text:?}: {error}"),
                Ok(_) => {
                    let seen = provider.seen().pop().unwrap();
                    let segment = seen.path.strip_prefix("/users/");
                    let segment = segment.and_then(|rest| rest.strip_suffix("/file")).unwrap();
                    assert!(!segment.contains('/') && !segment.is_empty(), "{style:?} {text:?}");
                    assert_eq!(seen.query, "", "{style:?} {text:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_value_leaves_its_header() {
    let provider = Provider::start(|_, _| ok(json!({}))).await;
    let client = provider.client();
    let meta = Box::leak(Box::new(OperationMeta::get(&PLAIN, "get", "/users")));
    for text in ["a\r\nx-admin: 1", "a\nb", "a\rb", "a\0b"] {
        let mut request = Request::new(meta);
        let error = request.header("x-name", text).unwrap_err();
        assert!(matches!(error, Error::Request { .. }), "{error}");
        let mut request = Request::new(meta);
        request.cookie("name", text);
        client.execute(request).await.unwrap();
        let seen = provider.seen().pop().unwrap();
        let cookie = seen.header("cookie").unwrap();
        assert_eq!(cookie, format!("name={}", segment(text).unwrap()));
        assert_eq!(seen.header("x-admin"), None);
    }
    let mut request = Request::new(meta);
    request.cookie("name", "1; admin=1");
    client.execute(request).await.unwrap();
    assert_eq!(provider.seen().pop().unwrap().header("cookie"), Some("name=1%3B%20admin%3D1"));
}

//! The request log: every call, nothing secret.

use crate::support::{LeapingClock, PLAIN, Ping, Provider, Reply, pong, status};
use gusset::log::{Content, Filter, Keep, SqliteLog, read};
use gusset::serde_json::json;
use gusset::{Auth, ClientAuth, OAuth, Options};
use std::sync::Arc;

#[tokio::test]
async fn every_time_that_a_call_is_sent_is_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let provider = Provider::start(|_, before| match before {
        0 => status(503, json!({"message": "later"})),
        _ => pong(),
    })
    .await;
    let options = Options::default()
        .with_connection("acme")
        .with_log(log.clone())
        .with_clock(LeapingClock::new());
    let client = provider.client_with(&PLAIN, Auth::api_key_query("api_key", "s3cret"), options);
    client.send(&Ping).await.unwrap();
    log.flush();
    let rows = read(&path, &Filter::default()).unwrap();
    assert_eq!(rows.len(), 2);
    let entry = &rows[0].entry;
    assert_eq!((entry.connection.as_str(), entry.integration.as_str()), ("acme", "plain"));
    assert_eq!((entry.operation.as_str(), entry.method.as_str()), ("ping", "GET"));
    assert_eq!(entry.url, format!("{}/ping?api_key=***", provider.url));
    assert_eq!((entry.status, entry.attempt, entry.response_bytes), (Some(503), 1, 19));
    assert_eq!(entry.error.as_deref(), Some("ping: the provider answered 503: later"));
    let entry = &rows[1].entry;
    assert_eq!((entry.status, entry.attempt, entry.error.as_ref()), (Some(200), 2, None));
    assert!(!format!("{rows:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_error_without_a_message_shows_the_body_and_the_log_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let provider = Provider::start(|seen, before| match before {
        0 => status(404, json!({"detail": format!("nothing for {}", seen.query("k").unwrap())})),
        1 => status(403, json!({"session_id": "abc", "why": "too late"})),
        2 => status(422, json!({"message": " "})),
        _ => Reply { status: 499, headers: vec![], body: String::new() },
    })
    .await;
    let options = Options::default().with_log(log.clone());
    let client = provider.client_with(&PLAIN, Auth::api_key_query("k", "s3cret"), options);
    for told in [
        r#"404 Not Found: {"detail":"nothing for ***"}"#,
        r#"403 Forbidden: {"session_id":"***","why":"too late"}"#,
        r#"422 Unprocessable Entity: {"message":" "}"#,
        "499",
    ] {
        let error = client.send(&Ping).await.unwrap_err();
        assert_eq!(error.to_string(), format!("ping: the provider answered {told}"));
    }
    log.flush();
    let rows = read(&path, &Filter::default()).unwrap();
    let logged: Vec<&str> = rows.iter().filter_map(|row| row.entry.error.as_deref()).collect();
    let of = |told: &str| format!("ping: the provider answered {told}");
    let expected = ["404 Not Found", "403 Forbidden", "422 Unprocessable Entity", "499"];
    assert_eq!(logged, expected.map(of));
}

#[tokio::test]
async fn a_call_without_an_answer_is_a_row_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let options = Options::default().with_log(log.clone()).with_retry(gusset::Retry::never());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = gusset::Client::new(&PLAIN, url, Auth::none(), options).unwrap();
    client.send(&Ping).await.unwrap_err();
    log.flush();
    let rows = read(&path, &Filter { failed: true, ..Filter::default() }).unwrap();
    assert_eq!((rows.len(), rows[0].entry.status), (1, None));
    assert!(rows[0].entry.error.as_ref().unwrap().contains("no connection"));
}

#[tokio::test]
async fn a_call_that_the_caller_gives_up_is_a_row_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    let options = Options::default().with_log(log.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = gusset::Client::new(&PLAIN, url, Auth::none(), options).unwrap();
    let call = tokio::spawn(async move { client.send(&Ping).await });
    let _connection = listener.accept().await.unwrap();
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    log.flush();
    let rows = read(&path, &Filter::default()).unwrap();
    assert!(rows[0].entry.error.as_ref().unwrap().contains("given up"), "{rows:?}");
}

/// Notes the fields of spans.
#[derive(Clone, Default)]
struct Spans(Arc<std::sync::Mutex<std::collections::BTreeMap<String, String>>>);

impl tracing::field::Visit for Spans {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.lock().unwrap().insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("gusset")
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut self.clone());
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn every_call_is_a_span_with_opentelemetrys_names() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let provider = Provider::start(|_, _| status(404, json!({}))).await;
    let client = provider.client_with(
        &PLAIN,
        Auth::api_key_query("api_key", "s3cret"),
        Options::default().with_connection("acme"),
    );
    client.send(&Ping).await.unwrap_err();
    let fields = spans.0.lock().unwrap().clone();
    for (name, value) in [
        ("otel.kind", "\"client\""),
        ("otel.name", "\"ping\""),
        ("otel.status_code", "\"ERROR\""),
        ("http.request.method", "\"GET\""),
        ("http.request.resend_count", "0"),
        ("http.response.status_code", "404"),
        ("server.address", "\"127.0.0.1\""),
        ("error.type", "\"404\""),
        ("gusset.integration", "\"plain\""),
        ("gusset.connection", "\"acme\""),
        ("gusset.operation", "\"ping\""),
    ] {
        assert_eq!(fields.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(fields["url.full"].ends_with("/ping?api_key=***\""), "{}", fields["url.full"]);
}

#[tokio::test]
async fn headers_and_bodies_are_kept_where_that_is_asked_for_and_no_credential_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let keep = Keep { content: Some(500), ..Keep::default() };
    let log = Arc::new(SqliteLog::open_with(&path, keep).unwrap());
    let provider = Provider::start(|seen, _| match seen.path.as_str() {
        "/token" => status(
            200,
            json!({"access_token": "canary-access", "refresh_token": "canary-next", "expires_in": 60,
                "for": "canary-refresh"}),
        ),
        _ => status(400, json!({"message": "no", "you_sent": seen.header("authorization")})),
    })
    .await;
    let oauth = OAuth::new(format!("{}/token", provider.url), &[], ClientAuth::Body);
    let auth = Auth::refresh_token(oauth, "id", "canary-secret", "canary-refresh");
    let options = Options::default().with_log(log.clone());
    let client = provider.client_with(&PLAIN, auth, options);
    client.send(&Ping).await.unwrap_err();
    log.flush();
    let rows = read(&path, &Filter::default()).unwrap();
    let [token, call] = &rows[..] else { panic!("{rows:?}") };
    let body = |content: &Option<Content>| content.as_ref().unwrap().body.clone().unwrap();
    assert!(body(&token.entry.request).contains("refresh_token=***"), "{token:?}");
    assert!(body(&token.entry.response).contains(r#""for":"***""#), "{token:?}");
    assert_eq!(body(&call.entry.response), r#"{"message":"no","you_sent":"***"}"#);
    let sent = &call.entry.request.as_ref().unwrap().headers;
    assert!(sent.contains(&("authorization".to_owned(), "***".to_owned())), "{sent:?}");
    drop((client, log));
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let found = text
            .find("canary")
            .map(|at| text[at.saturating_sub(60)..].chars().take(120).collect::<String>());
        assert_eq!(found, None);
    }
}

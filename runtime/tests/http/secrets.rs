//! Canaries in every place where a secret may be, and calls that go well or wrong in every way: none is seen anywhere.

use crate::support::{PLAIN, Provider, Reply, Seen, ok};
use gusset::log::SqliteLog;
use gusset::serde_json::{Value, json};
use gusset::testing::{ManualClock, Script};
use gusset::vault::{Connection, Vault, VaultKey};
use gusset::{
    Account, Auth, Authorization, Client, ClientAuth, Error, OAuth, OAuth1, Operation,
    OperationMeta, Options, Redirect, Request, Secret, Signing, Slot, TokenStore, Tokens,
};
use std::fmt::{Debug, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// In every secret: letters that no encoding changes.
const MARK: &str = "C4N4RY";
const KEY: &str = include_str!("../../src/auth/testdata/rsa.pem");

/// A secret with letters in it that are written otherwise in URLs, forms and JSON.
fn canary(of: &str) -> String {
    format!("{MARK}-{of}/1+2=\"3")
}

/// Everything that is told, with all fields.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Told {
    fn note(&self, name: &str, record: impl FnOnce(&mut Line<'_>)) {
        let mut told = self.0.lock().unwrap();
        told.push_str(name);
        record(&mut Line(&mut told));
        told.push('\n');
    }
}

impl Subscriber for Told {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(span.metadata().name(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.note("record", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.note(event.metadata().name(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Where things are seen, and what is seen there.
#[derive(Default)]
struct Seenable(Vec<(String, Vec<u8>)>);

impl Seenable {
    fn text(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.0.push((place.into(), text.into().into_bytes()));
    }

    fn error(&mut self, place: &str, error: &Error) {
        self.text(format!("{place}: Display"), error.to_string());
        self.text(format!("{place}: Debug"), format!("{error:?} {:#?}", error.answer()));
        let failed = |error: &Error| -> Result<(), Error> { Err(error.clone()) };
        let panic = catch_unwind(AssertUnwindSafe(|| failed(error).unwrap()));
        let panic = panic.unwrap_err().downcast::<String>().unwrap();
        self.text(format!("{place}: panic"), *panic);
    }

    /// A database with what stands beside it.
    fn file(&mut self, path: &Path) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let path = format!("{}{end}", path.display());
            if let Ok(bytes) = std::fs::read(&path) {
                self.0.push((path, bytes));
            }
        }
    }

    #[track_caller]
    fn has_no(&self, secrets: &[String]) {
        for (place, seen) in &self.0 {
            for secret in secrets {
                let found = seen.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!found, "{secret} is in {place}: {}", String::from_utf8_lossy(seen));
            }
        }
    }
}

/// What must be nowhere: the mark, and what Basic makes of the canaries.
fn never() -> Vec<String> {
    use base64::Engine;
    let basic = |user: &str, password: &str| {
        base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"))
    };
    let form: String = url::form_urlencoded::byte_serialize(canary("secret").as_bytes()).collect();
    vec![MARK.to_owned(), basic("user", &canary("password")), basic("id", &form)]
}

/// Every way to authorise, with a token endpoint.
fn ways(tokens: &str) -> Vec<(&'static str, Auth)> {
    let oauth = |client| OAuth::new(tokens, &["read"], client).with_parameter("extra", "x");
    let signing = Signing::Rs256;
    let key_jwt = ClientAuth::PrivateKeyJwt(signing);
    let (secret, refresh) = (canary("secret"), canary("refresh"));
    let signer = OAuth1 {
        realm: None,
        consumer_key: "consumer".to_owned(),
        consumer_secret: canary("consumer").into(),
        token: canary("token"),
        token_secret: canary("token-secret").into(),
    };
    vec![
        ("key in a header", Auth::api_key_header("X-Thing", "Thing t=", canary("key"))),
        ("key in the query", Auth::api_key_query("thing", canary("key"))),
        ("key in a cookie", Auth::api_key_cookie("thing", canary("key"))),
        ("basic", Auth::basic("user", canary("password"))),
        ("bearer", Auth::bearer(canary("bearer"))),
        ("client, body", Auth::client_credentials(oauth(ClientAuth::Body), "id", &*secret)),
        ("client, basic", Auth::client_credentials(oauth(ClientAuth::Basic), "id", &*secret)),
        ("client, key", Auth::client_credentials(oauth(key_jwt), "id", KEY)),
        ("refresh", Auth::refresh_token(oauth(ClientAuth::Body), "id", &*secret, &*refresh)),
        ("assertion", Auth::jwt_bearer(oauth(ClientAuth::Body), signing, "id", "subject", KEY)),
        ("oauth1", Auth::oauth1(signer)),
        (
            "several",
            Auth::all([
                Auth::api_key_header("X-Thing", "", canary("key")),
                Auth::basic("user", canary("password")),
            ]),
        ),
    ]
}

/// Secrets of the user's in a call.
#[derive(Clone, Debug)]
struct Tell;

impl Operation for Tell {
    type Client = Client;
    type Output = Option<i64>;
    const META: &'static OperationMeta = &OperationMeta::post(&PLAIN, "tell", "/tell");
    const DECODE: gusset::Decode<Option<i64>> = gusset::Response::json;

    fn write(&self, request: &mut Request) -> Result<(), Error> {
        request.query("api_key", &canary("query"));
        request.set(&Slot::Header("x-token"), &canary("header"))?;
        request.set_json("/password", canary("body").into())?;
        assert!(!format!("{request:?}").contains(MARK), "{request:?}");
        Ok(())
    }
}

fn decoded(text: &str) -> String {
    let pairs = url::form_urlencoded::parse(text.as_bytes());
    pairs.map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// All that came, as it came and as it is meant.
fn echo(seen: &Seen) -> String {
    use base64::Engine;
    let mut told = format!("{} {} {}", seen.path, seen.query, decoded(&seen.query));
    for (name, value) in &seen.headers {
        let value = value.to_str().unwrap();
        writeln!(told, "{name}: {value}").unwrap();
        let basic = value.strip_prefix("Basic ");
        let basic =
            basic.and_then(|text| base64::engine::general_purpose::STANDARD.decode(text).ok());
        told.extend(basic.and_then(|bytes| String::from_utf8(bytes).ok()));
    }
    told.push_str(seen.text());
    match gusset::serde_json::from_slice::<Value>(&seen.body) {
        Ok(body) => told + body["password"].as_str().unwrap(),
        Err(_) => told + &decoded(seen.text()),
    }
}

fn reply(status: u16, kind: &str, body: String) -> Reply {
    Reply { status, headers: vec![("content-type", kind.to_owned())], body }
}

/// A way to go wrong: its name, and what is answered.
type Wrong = (&'static str, fn(&str) -> Reply);

const ANSWERS: &[Wrong] = &[
    ("well", |_| ok(json!(null))),
    ("401", |said| {
        reply(401, "application/json", json!({"message": said, "code": said}).to_string())
    }),
    ("500", |said| reply(500, "application/json", json!({"message": said}).to_string())),
    ("429", |said| reply(429, "application/json", json!({"message": said}).to_string())),
    ("400 without a message", |said| {
        reply(400, "application/json", json!({"why": [said], "token": said}).to_string())
    }),
    ("403 as text", |said| reply(403, "text/plain", said.to_owned())),
    ("404 as HTML", |said| reply(404, "text/html", format!("<html><title>{said}</title>"))),
    ("200 as HTML", |said| reply(200, "text/html", format!("<html><title>{said}</title>"))),
    ("200 of another type", |said| ok(said.into())),
    ("redirect", |said| {
        let query: String = url::form_urlencoded::byte_serialize(said.as_bytes()).collect();
        reply(302, "text/plain", said.to_owned())
            .with("location", format!("https://else.test/?{query}"))
    }),
];

const TOKENS: &[Wrong] = &[
    ("400", |said| {
        let body = json!({"error": "invalid_grant", "error_description": said});
        reply(400, "application/json", body.to_string())
    }),
    ("401", |said| reply(401, "application/json", json!({"error": said}).to_string())),
    ("500", |said| reply(500, "text/plain", said.to_owned())),
    ("half", |said| reply(200, "application/json", format!("{{\"access_token\": \"{said}"))),
    ("no token", |said| ok(json!({"refresh_token": said, "message": said}))),
    ("a number", |said| ok(json!({"access_token": 7, "was": said}))),
    ("HTML", |said| reply(200, "text/html", format!("<html><title>{said}</title>"))),
    ("redirect", |_| {
        reply(302, "text/plain", String::new())
            .with("location", format!("https://else.test/?{}", canary("new")))
    }),
    ("a line break", |_| ok(json!({"access_token": format!("{}\n", canary("access"))}))),
];

fn good() -> Reply {
    ok(json!({
        "access_token": format!("{MARK}-access"), "refresh_token": canary("rotated"), "id_token": canary("id"),
        "instance_url": canary("rest"), "expires_in": 3600,
    }))
}

/// Calls, in each way to authorise, of a provider that answers so.
async fn run(told: &Told, token: Option<Wrong>, answer: Wrong) -> Seenable {
    let mut seen = Seenable::default();
    let provider = Provider::start(move |asked, _| match asked.path.as_str() {
        "/token" => token.map_or_else(good, |(_, answer)| answer(&echo(asked))),
        _ => answer.1(&echo(asked)),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let (log_path, vault_path) = (folder.path().join("log.db"), folder.path().join("vault.db"));
    let log = Arc::new(SqliteLog::open(&log_path).unwrap());
    let vault = Vault::open(&vault_path, &VaultKey::random().unwrap()).unwrap();
    for (index, (way, auth)) in ways(&format!("{}/token", provider.url)).into_iter().enumerate() {
        if token.is_some() && !matches!(way, "refresh" | "assertion") && !way.starts_with("client")
        {
            continue;
        }
        let place = format!("{way}, {token:?}, {}", answer.0, token = token.map(|(name, _)| name));
        let connection = Connection::new("plain", format!("c{index}"), "way");
        vault.add(&connection.with_secret("secret", Secret::from(canary("vault")))).unwrap();
        let options = Options::default()
            .with_connection(format!("c{index}"))
            .with_log(log.clone())
            .with_vault(&vault)
            .with_clock(Arc::new(ManualClock::leaping()));
        seen.text(&place, format!("{auth:?} {options:?} {vault:?}"));
        let client = provider.client_with(&PLAIN, auth, options);
        match client.send(&Tell).await {
            Ok(_) => assert_eq!(answer.0, "well", "{place}"),
            Err(error) => seen.error(&place, &error),
        }
        seen.text(&place, format!("{client:?}"));
        log.flush();
    }
    seen.file(&log_path);
    seen.file(&vault_path);
    drop((log, vault));
    seen.file(&log_path);
    seen.file(&vault_path);
    seen.text("tracing", told.0.lock().unwrap().clone());
    seen
}

#[tokio::test]
async fn no_secret_of_a_call_is_seen() {
    let told = Told::default();
    let _guard = tracing::subscriber::set_default(told.clone());
    for answer in ANSWERS {
        run(&told, None, *answer).await.has_no(&never());
    }
    assert!(told.0.lock().unwrap().contains("http.client"), "nothing is told");
}

#[tokio::test]
async fn no_secret_of_a_token_endpoint_is_seen() {
    let told = Told::default();
    let _guard = tracing::subscriber::set_default(told.clone());
    for token in TOKENS {
        run(&told, Some(*token), ANSWERS[0]).await.has_no(&never());
    }
    assert!(told.0.lock().unwrap().contains("oauth_token"), "nothing is told");
}

#[tokio::test]
async fn no_secret_of_a_consent_is_seen() {
    for (name, answer) in TOKENS {
        let provider = Provider::start(|asked, _| answer(&echo(asked))).await;
        let oauth = OAuth::new(format!("{}/token", provider.url), &[], ClientAuth::Body);
        let authorization = Authorization::new("plain", oauth, "https://login.test/authorize");
        let begun = authorization.begin("id", "http://127.0.0.1:1/back").unwrap();
        let code: String =
            url::form_urlencoded::byte_serialize(canary("code").as_bytes()).collect();
        let state = begun.state.expose();
        let verifier = begun.verifier.as_ref().unwrap().expose().to_owned();
        let never = [never(), vec![state.to_owned(), verifier]].concat();
        let mut seen = Seenable::default();
        seen.text("Begun", format!("{begun:?}"));
        let back = format!("http://127.0.0.1:1/back?code={code}&state={state}");
        let clock = Arc::new(ManualClock::leaping());
        let options = || Options::default().with_clock(clock.clone());
        let granted = authorization.finish(&begun, &back, "id", canary("secret"), options()).await;
        match granted {
            // A token that no header takes is an error when it is used.
            Ok(granted) => seen.text("Granted", format!("{granted:?}")),
            Err(error) => seen.error(name, &error),
        }
        let refused = format!("{back}&error=denied&error_description={code}%20{state}");
        let refused = authorization.finish(&begun, &refused, "id", canary("secret"), options());
        seen.error(name, &refused.await.unwrap_err());
        let other = authorization.finish(&begun, "?code=C4N4RY&state=C4N4RY", "id", "x", options());
        seen.error(name, &other.await.unwrap_err());
        seen.has_no(&never);
    }
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let mut seen = Seenable::default();
    let tokens = Tokens {
        access: canary("access").into(),
        refresh: Some(canary("refresh").into()),
        expires: None,
        rest: [("instance".to_owned(), canary("rest"))].into(),
    };
    let connection =
        Connection::new("plain", "acme", "token").with_secret("token", canary("token"));
    let location = format!("https://else.test/?{}", canary("link"));
    seen.text("Debug", format!("{tokens:?} {connection:?} {:?}", VaultKey::random().unwrap()));
    seen.text("Redirect", format!("{:?}", Redirect { status: 303, location }));
    let script = Script::replying(|sent| {
        assert!(!format!("{sent:?}").contains(MARK), "{sent:?}");
        Err(gusset::TransportError::Broken("reset".to_owned()))
    });
    for (_, auth) in ways("https://login.test/token") {
        let options = Options::default()
            .with_transport(Arc::new(script.clone()))
            .with_clock(Arc::new(ManualClock::leaping()));
        let client = Client::new(&PLAIN, "https://x.test".to_owned(), auth, options).unwrap();
        seen.error("no answer", &client.send(&Tell).await.unwrap_err());
    }
    seen.text("Script", format!("{script:?} {:?}", script.sent()));
    seen.has_no(&never());
}

#[tokio::test]
async fn a_vault_is_sealed_also_where_it_was_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    let mut seen = Seenable::default();
    let key = VaultKey::random().unwrap();
    let vault = Vault::open(&path, &key).unwrap();
    let account = Account { integration: "plain", connection: "acme" };
    for round in 0..20 {
        let connection = Connection::new("plain", format!("c{round}"), "token");
        vault.add(&connection.with_secret("token", canary("token"))).unwrap();
        vault.save(account, &Tokens::new(canary("access"))).await.unwrap();
    }
    vault.remove("plain", "c3").unwrap();
    seen.file(&path);
    drop(vault);
    seen.file(&path);
    assert!(seen.0.len() > 2, "there is a log ahead of the file");
    assert!(Vault::open(&path, &VaultKey::random().unwrap()).is_err());
    let never = [never(), vec![key.text().expose().to_owned()]].concat();
    seen.has_no(&never);
}

//! `gusset connect`: a user is sent to the provider's page, comes back, and the tokens are in the vault.

#![allow(clippy::unwrap_used)]

use gusset::vault::{Vault, VaultKey};
use gusset::{Account, TokenStore, Tokens};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Notes, version: '1'}
servers: [{url: 'https://${region}.example.com'}]
paths:
  /me:
    get:
      operationId: me
      responses: {'200': {description: Who, content: {application/json: {schema: {type: object}}}}}
";

/// A provider whose token endpoint answers once; what it was sent.
fn provider(answer: &'static str) -> (u16, JoinHandle<HashMap<String, String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            answer.len()
        );
        (&stream).write_all(format!("{head}{answer}").as_bytes()).unwrap();
        pairs(std::str::from_utf8(&body).unwrap())
    });
    (port, served)
}

fn pairs(query: &str) -> HashMap<String, String> {
    let decoded = |text: &str| text.replace("%3A", ":").replace("%2F", "/").replace('+', " ");
    let pair =
        |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), decoded(value)));
    query.split('&').filter_map(pair).collect()
}

/// What a GET is answered with.
fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A command that waits for its user.
struct Asked {
    child: Child,
    err: BufReader<std::process::ChildStderr>,
    page: String,
}

impl Asked {
    /// What the page is told.
    fn told(&self) -> HashMap<String, String> {
        pairs(self.page.split_once('?').unwrap().1)
    }

    /// The rest of what is said, when it has ended.
    fn end(mut self) -> (bool, String) {
        let mut rest = String::new();
        self.err.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().success(), rest)
    }
}

struct Here {
    folder: tempfile::TempDir,
}

impl Here {
    fn new(port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("openapi.yaml", DOCUMENT);
        write(
            "integration.yaml",
            &format!(
                "gusset: 1\nintegration: notes\ndocument: openapi.yaml\n\
                 server: {{url: 'https://${{settings.region}}.example.com/${{settings.company}}/${{settings.home}}', because: the vendor's page}}\n\
                 settings:\n  region: {{type: string, default: eu}}\n  company: {{type: string}}\n  \
                 home: {{type: string}}\n\
                 auth:\n  app:\n    type: oauth2\n    flow: authorization_code\n    scopes: [read]\n    \
                 authorize_url: https://login.example.com/authorize\n    \
                 token_url: http://127.0.0.1:{port}/token\n    \
                 gives: {{home: body.home, company: query.realmId}}\n    because: the vendor's page\n\
                 limits:\n  all: {{unlimited: true, because: the vendor's page}}\n\
                 operations:\n  me: {{call: GET /me}}\n"
            ),
        );
        write("key", VaultKey::random().unwrap().text().expose());
        Here { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn vault(&self) -> Vault {
        let key = VaultKey::from_file(Path::new(&self.path("key"))).unwrap();
        Vault::open(self.path("vault.db"), &key).unwrap()
    }

    fn connect(&self, secret: Option<&str>) -> Asked {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gusset"));
        command.args(["connect", "acme", "--no-browser", "--from-env", "NOTES"]);
        command.args(["--integration", &self.path("integration.yaml")]);
        command.args(["--vault", &self.path("vault.db"), "--key-file", &self.path("key")]);
        if let Some(secret) = secret {
            command.env("NOTES_CLIENT_ID", "the-client").env("NOTES_CLIENT_SECRET", secret);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let page = loop {
            let mut line = String::new();
            assert!(err.read_line(&mut line).unwrap() > 0, "{said}");
            if line.starts_with("https://login.example.com/authorize?") {
                break line.trim().to_owned();
            }
            said.push_str(&line);
        };
        Asked { child, err, page }
    }

    fn tokens(&self) -> Option<Tokens> {
        let account = Account { integration: "notes", connection: "acme" };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(self.vault().load(account)).unwrap()
    }
}

#[test]
fn a_consent_becomes_a_connection() {
    let (port, served) = provider(
        r#"{"access_token": "access-canary", "refresh_token": "refresh-canary", "expires_in": 600, "home": "h7"}"#,
    );
    let here = Here::new(port);
    let asked = here.connect(Some("secret-canary"));
    let told = asked.told();
    assert_eq!((&*told["client_id"], &*told["scope"]), ("the-client", "read"));
    assert_eq!(told["code_challenge_method"], "S256");
    assert!(told["redirect_uri"].starts_with("http://127.0.0.1:"), "{}", told["redirect_uri"]);
    assert!(!asked.page.contains("canary"));

    let back = &told["redirect_uri"];
    // Strangers end nothing: neither with another state nor at another page.
    assert!(get(&format!("{back}?code=evil&state=other")).starts_with("HTTP/1.1 400"));
    assert!(get(&format!("{back}x?code=evil&state={}", told["state"])).starts_with("HTTP/1.1 404"));
    // A browser begins here, so that the page is no argument of its process.
    let start = get(&back.replace("/callback", "/gusset/start"));
    assert!(start.contains(&format!("location: {}", asked.page)), "{start}");
    let thanks = get(&format!("{back}?code=the-code&realmId=42&state={}", told["state"]));
    assert!(thanks.contains("The terminal says how it went"), "{thanks}");
    let (fine, said) = asked.end();
    assert!(fine && said.contains("acme of notes is connected."), "{said}");
    assert!(!said.contains("canary"), "{said}");

    let sent = served.join().unwrap();
    assert_eq!((&*sent["code"], &*sent["client_secret"]), ("the-code", "secret-canary"));
    assert_eq!(&sent["redirect_uri"], back);
    assert!(sent["code_verifier"].len() >= 43);
    let kept = here.vault().connection("notes", "acme").unwrap();
    assert_eq!(kept.secret("refresh_token").unwrap().expose(), "refresh-canary");
    // What came with the tokens is settings of the connection.
    assert_eq!((kept.setting("home"), kept.setting("company")), (Some("h7"), Some("42")));
    assert_eq!(here.tokens().unwrap().access.expose(), "access-canary");
}

#[test]
fn a_refusal_keeps_nothing() {
    let here = Here::new(9);
    let asked = here.connect(Some("secret-canary"));
    let told = asked.told();
    get(&format!("{}?error=access_denied&state={}", told["redirect_uri"], told["state"]));
    let (fine, said) = asked.end();
    assert!(
        !fine && said.contains("the authorisation was refused: access_denied; nothing was kept"),
        "{said}"
    );
    assert!(here.vault().connections(None).unwrap().is_empty());
}

#[test]
fn who_is_asked_again_keeps_what_is_known() {
    let (port, served) = provider(r#"{"access_token": "access-canary", "home": "h8"}"#);
    let here = Here::new(port);
    let known = gusset::vault::Connection::new("notes", "acme", "app")
        .with_secret("client_id", "known-client")
        .with_secret("client_secret", "known-canary")
        .with_setting("region", "us");
    here.vault().add(&known).unwrap();
    let asked = here.connect(None);
    let told = asked.told();
    assert_eq!(told["client_id"], "known-client");
    get(&format!("{}?code=c&realmId=43&state={}", told["redirect_uri"], told["state"]));
    let (fine, said) = asked.end();
    assert!(fine && said.contains("The provider gave no refresh token"), "{said}");
    assert_eq!(served.join().unwrap()["client_secret"], "known-canary");
    assert_eq!(here.vault().connection("notes", "acme").unwrap().setting("region"), Some("us"));
}

#[test]
fn what_should_come_with_tokens_and_does_not_is_told() {
    let (port, _served) =
        provider(r#"{"access_token": "access-canary", "refresh_token": "canary"}"#);
    let here = Here::new(port);
    let asked = here.connect(Some("secret-canary"));
    let told = asked.told();
    get(&format!("{}?code=c&realmId=43&state={}", told["redirect_uri"], told["state"]));
    let (fine, said) = asked.end();
    let expected = "the provider did not say `home`, which is the setting `home`; nothing was kept";
    assert!(!fine && said.contains(expected), "{said}");
    assert!(here.vault().connections(None).unwrap().is_empty());
}

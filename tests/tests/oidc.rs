//! Two processes and a real OAuth server (oidc-provider, `tests/oidc`): access tokens live five seconds, refresh tokens
//! rotate, and one that is used twice revokes everything. Nothing is revoked.
//!
//! It runs where `npm ci` was run in `tests/oidc`, for ten seconds, or for `GUSSET_OIDC_SECONDS`.

#![allow(clippy::unwrap_used)]

use gusset::http::Method;
use gusset::vault::{Vault, VaultKey};
use gusset::{
    Auth, Client, ClientAuth, Integration, Limit, LimitKind, OAuth, Observe, OperationMeta,
    Options, Repeat, Request, Scope,
};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/oidc");

/// What another process is told, as JSON.
const GIVEN: &str = "GUSSET_OIDC_GIVEN";

/// Keeps the processes from asking as fast as they can.
static LIMITS: [Limit; 1] = [Limit {
    name: "pace",
    kind: LimitKind::Quota { calls: 20, per: Duration::from_millis(500) },
    scope: Scope::App,
    cost: &[],
    observe: Observe::NOTHING,
}];

static API: Integration = Integration {
    name: "oidc",
    limits: &LIMITS,
    errors: &[],
    error_message: None,
    error_code: None,
    assumptions: &[],
};

struct Server {
    process: Child,
    url: String,
    given: Value,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(FOLDER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let given: Value = serde_json::from_str(&line).unwrap();
        Server { process, url: given["url"].as_str().unwrap().to_owned(), given }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn client(given: &Value) -> Client {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let oauth = OAuth::new(format!("{}/token", text(&given["url"])), &[], ClientAuth::Body);
    let (id, secret) = (text(&given["client"]["id"]), text(&given["client"]["secret"]));
    let auth = Auth::refresh_token(oauth, id, secret, text(&given["refresh"]));
    let key = VaultKey::from_text(&text(&given["key"])).unwrap();
    let vault = Vault::open(text(&given["vault"]), &key).unwrap();
    let options = Options::default().with_connection("somebody").with_vault(&vault);
    Client::new(&API, text(&given["url"]), auth, options).unwrap()
}

/// What one of the processes does; the other test starts it.
#[test]
#[ignore = "a process of the other test"]
fn one_process() {
    let given: Value = serde_json::from_str(&std::env::var(GIVEN).unwrap()).unwrap();
    let end = Instant::now() + Duration::from_secs(given["seconds"].as_u64().unwrap());
    static META: OperationMeta =
        OperationMeta::new(&API, "api", Method::GET, "/api", Repeat::Never).limits(&[0]);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let client = client(&given);
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move {
                    while Instant::now() < end {
                        client.execute(Request::new(&META)).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

#[test]
fn two_processes_share_rotating_tokens_and_none_is_used_twice() {
    if !PathBuf::from(FOLDER).join("node_modules").is_dir() {
        assert!(std::env::var_os("GUSSET_REQUIRE_OIDC").is_none(), "`npm ci` was not run");
        eprintln!("skipped: no OAuth server; run `npm ci` in tests/oidc");
        return;
    }
    let seconds = std::env::var("GUSSET_OIDC_SECONDS").map_or(10, |given| given.parse().unwrap());
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let mut given = server.given.clone();
    given["key"] = VaultKey::random().unwrap().text().expose().into();
    given["vault"] = folder.path().join("vault.db").to_str().unwrap().into();
    given["seconds"] = seconds.into();
    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "one_process", "--ignored"])
            .env(GIVEN, given.to_string())
            .spawn()
            .unwrap()
    };
    for mut process in [start(), start()] {
        assert!(process.wait().unwrap().success());
    }
    let counts = counts(&server);
    eprintln!("{seconds} s, two processes: {counts}");
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("revoked"), count("refused")), (0, 0), "{counts}");
    // A token is renewed by one process for both, no earlier than half of its five seconds before its end.
    let (tokens, calls) = (count("tokens"), count("calls"));
    assert!(tokens >= seconds / 5 && tokens <= seconds * 2 / 5 + 2, "{counts}");
    assert!(calls >= seconds, "{counts}");
}

fn counts(server: &Server) -> Value {
    static META: OperationMeta =
        OperationMeta::new(&PLAIN, "counts", Method::GET, "/counts", Repeat::Safe);
    static PLAIN: Integration = Integration {
        name: "counts",
        limits: &[],
        errors: &[],
        error_message: None,
        error_code: None,
        assumptions: &[],
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client =
            Client::new(&PLAIN, server.url.clone(), Auth::none(), Options::default()).unwrap();
        let answer = client.execute(Request::new(&META)).await.unwrap();
        serde_json::from_slice(answer.body()).unwrap()
    })
}

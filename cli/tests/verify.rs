//! `gusset connections verify`: the call is the one that the spec says, made as clients make it, and told in plain words.

#![allow(clippy::unwrap_used)]

use gusset::log::{Filter, read};
use gusset::vault::{Connection, Vault, VaultKey};
use gusset_sandbox::{Credential, Sandbox};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::JoinHandle;

fn spec(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name)
}

struct Here {
    folder: tempfile::TempDir,
    vault: Vault,
}

impl Here {
    fn new(connections: &[Connection]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = VaultKey::random().unwrap();
        std::fs::write(folder.path().join("key"), key.text().expose()).unwrap();
        let vault = Vault::open(folder.path().join("vault.db"), &key).unwrap();
        for one in connections {
            vault.add(one).unwrap();
        }
        Here { folder, vault }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The exit status, stdout and stderr.
    fn verify(&self, name: &str, spec: &Path, more: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gusset"));
        command.args(["connections", "verify", name, "--integration"]).arg(spec).args(more);
        command.arg("--vault").arg(self.path("vault.db")).arg("--key-file").arg(self.path("key"));
        command.arg("--log").arg(self.path("log.db"));
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(!format!("{out}{err}").contains("canary"), "{out}{err}");
        (output.status.code(), out, err)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_or_says_why_not() {
    let sandbox = Sandbox::from_specs([spec("hubspot")]).unwrap().start().await.unwrap();
    let Credential::Bearer { token } = sandbox.credentials()["private_app"].clone() else {
        unreachable!("a token")
    };
    let here = Here::new(&[
        Connection::new("hubspot", "acme", "private_app").with_secret("token", token),
        Connection::new("hubspot", "gone", "private_app").with_secret("token", "canary"),
    ]);
    let url = sandbox.url();
    let (status, _, said) = here.verify("acme", &spec("hubspot"), &["--server", &url]);
    assert_eq!(status, Some(0), "{said}");
    let expected = "acme of hubspot works: list_contacts (GET /crm/v3/objects/contacts) was answered with 200 in ";
    assert!(said.contains(expected), "{said}");
    assert!(here.vault.connection("hubspot", "acme").unwrap().verified.is_some());
    // One record is asked for, and the log has the call.
    let calls = read(here.path("log.db"), &Filter::default()).unwrap();
    assert_eq!(calls.len(), 1);
    assert!(calls[0].entry.url.contains("limit=1"), "{}", calls[0].entry.url);

    let (status, out, said) =
        here.verify("gone", &spec("hubspot"), &["--server", &url, "--format", "json"]);
    assert_eq!(status, Some(1), "{said}");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&told["works"], &told["status"], &told["meaning"]),
        (&false.into(), &401.into(), &"the provider does not accept its credentials".into())
    );
    assert!(here.vault.connection("hubspot", "gone").unwrap().verified.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_got_and_kept() {
    let sandbox = Sandbox::from_specs([spec("salesforce")]).unwrap().start().await.unwrap();
    let Credential::ClientCredentials { client_id, client_secret } =
        sandbox.credentials()["app"].clone()
    else {
        unreachable!("client credentials")
    };
    let one = |id: &str, secret: &str| {
        Connection::new("salesforce", id, "app")
            .with_setting("domain", "acme")
            .with_secret("client_id", &*client_id)
            .with_secret("client_secret", secret)
    };
    let here = Here::new(&[one("acme", &client_secret), one("gone", "canary")]);
    let (url, tokens) = (sandbox.url(), sandbox.token_url("app").unwrap());
    let more = ["--server", &*url, "--token-url", &*tokens];
    let (status, _, said) = here.verify("acme", &spec("salesforce"), &more);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("authorised by `app`"), "{said}");
    let (status, _, said) = here.verify("gone", &spec("salesforce"), &more);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("gone of salesforce does not work: no access token can be had"),
        "{said}"
    );
    assert!(said.contains("invalid_client"), "{said}");
}

const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Chat, version: '1'}
servers: [{url: 'https://api.chat.dev'}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
security: [{token: []}]
paths:
  /test:
    post:
      operationId: test
      parameters: [{name: X-Kind, in: header, required: true, schema: {type: string}}]
      responses:
        '200':
          description: Who
          content: {application/json: {schema: &test {type: object, required: [ok], properties: {ok: {type: boolean}, error: {type: string}}}}}
        default:
          description: Why not
          content: {application/json: {schema: *test}}
";

const SPEC: &str = r#"
gusset: 1
integration: chat
document: openapi.yaml
auth: {token: {type: bearer, scheme: token}}
limits: {all: {unlimited: true, because: the vendor's page}}
errors:
  message: body.error
  rules:
    - {when: 'status == 200 && header["X-Fault"] == "yes"', action: fail}
    - {when: 'status == 200 && !body.ok && body.?error.orValue("") != ""', action: fail}
operations:
  test: {call: POST /test, repeat: safe, because: the vendor says that it only looks}
verify: {operation: test, with: {header.X-Kind: all}}
"#;

/// Answers one call; the head that it was sent.
fn answer(with: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        (&stream).write_all(with.as_bytes()).unwrap();
        head.join("\n")
    });
    (url, served)
}

#[test]
fn rules_of_the_spec_judge_the_answer() {
    let one = Connection::new("chat", "acme", "token").with_secret("token", "canary");
    let here = Here::new(&[one]);
    std::fs::write(here.path("openapi.yaml"), DOCUMENT).unwrap();
    std::fs::write(here.path("integration.yaml"), SPEC).unwrap();
    let check = |body: &'static str, expected: Option<i32>, say: &str| {
        let (url, served) = answer(body);
        let (status, _, said) =
            here.verify("acme", &here.path("integration.yaml"), &["--server", &url]);
        assert_eq!(status, expected, "{said}");
        assert!(said.contains(say), "{said}");
        let head = served.join().unwrap();
        assert!(head.starts_with("POST /test ") && head.contains("x-kind: all"), "{head}");
        assert!(head.contains("authorization: Bearer canary"), "{head}");
    };
    check(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n{\"ok\": true}",
        Some(0),
        "acme of chat works: test (POST /test) was answered with 200",
    );
    check(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n{\"ok\": false, \"error\": \"account_inactive\"}",
        Some(1),
        "account_inactive",
    );
    check(
        "HTTP/1.1 200 OK\r\nconnection: close\r\nx-fault: yes\r\ncontent-type: application/json\r\n\r\n{\"ok\": true}",
        Some(1),
        "the provider answers that it failed",
    );
    // Nobody is there.
    let (url, served) = answer("");
    let closed = here.verify("acme", &here.path("integration.yaml"), &["--server", &url]);
    assert!(closed.2.contains("the provider cannot be reached"), "{}", closed.2);
    served.join().unwrap();
}

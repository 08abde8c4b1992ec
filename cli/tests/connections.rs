//! Connections from the command: what is kept, what is shown, and that no secret is.

#![allow(clippy::unwrap_used)]

use gusset::vault::{Vault, VaultKey};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with a vault and its key.
struct Here {
    folder: tempfile::TempDir,
}

/// What a command said.
struct Said {
    fine: bool,
    out: String,
    err: String,
}

fn spec(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name)
}

impl Here {
    fn new() -> Self {
        let here = Here { folder: tempfile::tempdir().unwrap() };
        let made = here.run(&["connections", "key", "--out", &here.path("key")]);
        assert!(made.fine && made.out.is_empty(), "{}", made.err);
        here
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gusset"));
        command.args(arguments).env("GUSSET_VAULT", self.path("vault.db"));
        command.env_remove("GUSSET_VAULT_KEY");
        if let Ok(key) = std::fs::read_to_string(self.path("key")) {
            command.env("GUSSET_VAULT_KEY", key);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(self.command(arguments), "")
    }

    fn run_with(&self, mut command: Command, stdin: &str) -> Said {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that wants nothing may be gone before.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said {
            fine: output.status.success(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        for said in [&said.out, &said.err] {
            assert!(!said.contains("canary"), "{said}");
        }
        said
    }

    fn add(&self, name: &str, stdin: &str, more: &[&str]) -> Said {
        let spec = spec("salesforce").display().to_string();
        let mut arguments = vec!["connections", "add", name, "--integration", &spec, "--stdin"];
        arguments.extend(more);
        self.run_with(self.command(&arguments), stdin)
    }

    fn vault(&self) -> Vault {
        Vault::open(self.path("vault.db"), &VaultKey::from_file(self.path("key")).unwrap()).unwrap()
    }
}

const TOKEN: &str = r#"{"credentials": {"token": "canary"},
    "settings": {"domain": "acme", "instance_url": "https://acme.my.salesforce.com"}}"#;

#[test]
fn a_connection_is_added_shown_and_removed() {
    let here = Here::new();
    assert!(here.run(&["connections", "list"]).err.contains("there is no vault"));
    let added = here.add("acme", TOKEN, &["--way", "token"]);
    assert!(
        added.fine && added.err.contains("acme of salesforce is in the vault"),
        "{}",
        added.err
    );
    let kept = here.vault().connection("salesforce", "acme").unwrap();
    assert_eq!((kept.way.as_str(), kept.setting("domain")), ("token", Some("acme")));
    assert_eq!(kept.secret("token").unwrap().expose(), "canary");

    let list = here.run(&["connections", "list"]).out;
    let columns: Vec<&str> = list.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(columns[..3], ["salesforce", "acme", "token"], "{list}");
    let json = here.run(&["connections", "show", "acme", "--format", "json"]).out;
    let shown: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(shown["credentials"], serde_json::json!(["token"]));
    assert_eq!(shown["settings"]["domain"], "acme");
    let shown = here.run(&["connections", "show", "salesforce/acme"]).out;
    assert!(
        shown.contains("authorises by `token`, with token\n  domain: acme\n  instance_url: https:"),
        "{shown}"
    );

    let again = here.add("acme", TOKEN, &["--way", "token"]);
    assert!(
        again.err.contains("there is a connection `acme` of salesforce already"),
        "{}",
        again.err
    );
    assert!(here.add("acme", TOKEN, &["--way", "token", "--replace"]).fine);

    assert!(here.run(&["connections", "remove", "acme"]).fine);
    let gone = here.run(&["connections", "show", "acme"]);
    assert!(!gone.fine && gone.err.contains("no connections yet"), "{}", gone.err);
}

#[test]
fn credentials_come_from_the_environment_and_from_files() {
    let here = Here::new();
    std::fs::write(here.path("secret"), "canary-of-a-file\n").unwrap();
    let spec = spec("salesforce").display().to_string();
    let file = format!("client_secret={}", here.path("secret"));
    let arguments = [
        "connections",
        "add",
        "beta",
        "--integration",
        &spec,
        "--way",
        "app",
        "--from-env",
        "BETA",
    ];
    let mut command = here.command(&arguments);
    command.args(["--file", &file, "--set", "domain=beta"]).env("BETA_CLIENT_ID", "an id");
    let said = here.run_with(command, "");
    assert!(said.fine, "{}", said.err);
    let kept = here.vault().connection("salesforce", "beta").unwrap();
    assert_eq!(kept.secret("client_id").unwrap().expose(), "an id");
    assert_eq!(kept.secret("client_secret").unwrap().expose(), "canary-of-a-file");
    assert_eq!(kept.setting("domain"), Some("beta"));

    let missing = here.run_with(here.command(&arguments), "");
    assert!(missing.err.contains("there is a connection `beta`"), "{}", missing.err);
    let mut other = arguments;
    other[2] = "gamma";
    let missing = here.run_with(here.command(&other), "");
    assert!(missing.err.contains("nothing gives the setting `domain`"), "{}", missing.err);
    let mut missing = here.command(&other);
    missing.args(["--set", "domain=gamma"]);
    let missing = here.run_with(missing, "");
    assert!(missing.err.contains("the variable BETA_CLIENT_ID is not set"), "{}", missing.err);
}

#[test]
fn what_is_wrong_is_said_without_what_was_given() {
    let here = Here::new();
    let refused = |stdin: &str, more: &[&str], expected: &str| {
        let said = here.add("acme", stdin, more);
        assert!(!said.fine && said.err.contains(expected), "{}", said.err);
    };
    refused(
        TOKEN,
        &[],
        "salesforce has several ways to authorise: say `--way` with one of token, oauth, app",
    );
    refused(TOKEN, &["--way", "tokne"], "`--way tokne`: salesforce has only token, oauth, app");
    refused(
        TOKEN,
        &["--way", "app"],
        "there is no credential `token` here, only client_id, client_secret",
    );
    refused(
        "\"canary\"",
        &["--way", "token"],
        "stdin, line 1, column 8: this is no JSON of the form",
    );
    refused(r#"{"credentials": {"token": 7}}"#, &["--way", "token"], "stdin, line 1, column");
    refused(
        r#"{"settings": {"domain": "a", "instance_url": "https://a"}}"#,
        &["--way", "token"],
        "stdin has no `token`",
    );
    refused(
        r#"{"credentials": {"token": "canary"}}"#,
        &["--way", "token"],
        "nothing gives the setting `domain`",
    );
    refused(
        r#"{"credentials": {"token": ""}, "settings": {"domain": "a", "instance_url": "https://a"}}"#,
        &["--way", "token"],
        "`token` is empty",
    );
    refused(
        TOKEN,
        &["--way", "token", "--set", "domian=x"],
        "salesforce has no setting `domian`, only domain, instance_url",
    );
    // Without a terminal nobody is asked.
    let spec = spec("salesforce").display().to_string();
    let arguments = [
        "connections",
        "add",
        "acme",
        "--integration",
        &spec,
        "--way",
        "token",
        "--set",
        "domain=a",
        "--set",
        "instance_url=https://a",
    ];
    let said = here.run(&arguments);
    assert!(
        said.err.contains("nothing gives token (The token): there is no terminal"),
        "{}",
        said.err
    );

    let mut keyless = here.command(&["connections", "list"]);
    keyless.env_remove("GUSSET_VAULT_KEY");
    std::fs::write(here.path("vault.db"), "").unwrap();
    let said = here.run_with(keyless, "");
    assert!(said.err.contains("the vault's key is not known"), "{}", said.err);
    let twice = here.run(&["connections", "key", "--out", &here.path("key")]);
    assert!(!twice.fine, "a key was written over");
}

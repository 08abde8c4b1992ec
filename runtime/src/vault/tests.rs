#![allow(clippy::unwrap_used)]

use super::*;
use crate::auth::{Account, TokenStore, Tokens};
use crate::limits::{LimitKind, QuotaStore, Share};
use crate::secret::Secret;

const ACME: Account<'static> = Account { integration: "shop", connection: "acme" };

struct Here {
    folder: tempfile::TempDir,
    key: VaultKey,
}

impl Here {
    fn new() -> Self {
        Here { folder: tempfile::tempdir().unwrap(), key: VaultKey::random().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("vault.db")
    }

    fn open(&self) -> Vault {
        Vault::open(self.path(), &self.key).unwrap()
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

fn tokens(access: &str) -> Tokens {
    Tokens {
        refresh: Some(Secret::from("refresh-canary")),
        expires: Some(at(60)),
        ..Tokens::new(access)
    }
}

#[tokio::test]
async fn what_is_kept_is_there_again_and_nowhere_in_the_clear() {
    let here = Here::new();
    let vault = here.open();
    let connection = Connection::new("shop", "acme", "app")
        .with_secret("client_secret", "secret-canary")
        .with_setting("host", "acme.example.com");
    vault.add(&connection).unwrap();
    vault.save(ACME, &tokens("access-canary")).await.unwrap();
    vault.verified("shop", "acme", at(5)).unwrap();
    drop(vault);

    let vault = here.open();
    let found = vault.connection("shop", "acme").unwrap();
    assert_eq!(
        (&found.way, &found.credentials, &found.settings),
        (&connection.way, &connection.credentials, &connection.settings)
    );
    assert_eq!(found.verified, Some(at(5)));
    assert_eq!(found.secret("client_secret").unwrap().expose(), "secret-canary");
    let loaded = vault.load(ACME).await.unwrap().unwrap();
    assert_eq!(loaded.access.expose(), "access-canary");
    assert_eq!(loaded.expires, Some(at(60)));
    assert_eq!(vault.connections(None).unwrap(), std::slice::from_ref(&found));
    assert!(!format!("{found:?} {vault:?} {loaded:?}").contains("canary"));
    for file in std::fs::read_dir(here.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"canary"));
    }
}

#[tokio::test]
async fn connections_are_those_of_an_integration_and_take_their_tokens_along() {
    let here = Here::new();
    let vault = here.open();
    for integration in ["shop", "desk"] {
        vault.add(&Connection::new(integration, "acme", "token")).unwrap();
    }
    vault.save(ACME, &tokens("a")).await.unwrap();
    let desk = Account { integration: "desk", ..ACME };
    assert!(vault.load(desk).await.unwrap().is_none());
    assert_eq!(vault.connections(Some("desk")).unwrap().len(), 1);
    let missing = vault.connection("desk", "acme2").unwrap_err().to_string();
    assert!(missing.contains("no connection \"acme2\" of desk"), "{missing}");
    let lacks = vault.connection("desk", "acme").unwrap().secret("token").unwrap_err().to_string();
    assert!(lacks.contains("has no `token`"), "{lacks}");
    assert!(vault.remove("shop", "acme").unwrap());
    assert!(!vault.remove("shop", "acme").unwrap());
    assert!(vault.load(ACME).await.unwrap().is_none());
    // Who connects anew is not given what the old connection had.
    vault.save(desk, &tokens("old")).await.unwrap();
    vault.add(&Connection::new("desk", "acme", "token")).unwrap();
    assert!(vault.load(desk).await.unwrap().is_none());
}

#[test]
fn another_key_another_file_and_a_later_version_are_told() {
    let here = Here::new();
    drop(here.open());
    let refused = |path: &Path, key: &VaultKey| Vault::open(path, key).unwrap_err().to_string();
    let other = VaultKey::random().unwrap();
    assert!(refused(&here.path(), &other).contains("sealed with another key"));
    let text = here.folder.path().join("text");
    std::fs::write(
        &text,
        "no database, though it is longer than a header of one would be: ".repeat(20),
    )
    .unwrap();
    assert!(refused(&text, &here.key).contains("not a database"));
    let log = here.folder.path().join("log.db");
    drop(crate::log::SqliteLog::open(&log).unwrap());
    let said = refused(&log, &here.key);
    assert!(said.contains("another database, no vault"), "{said}");
    let database = Database::open(here.path()).unwrap();
    database.pragma_update(None, "user_version", 7).unwrap();
    assert!(refused(&here.path(), &here.key).contains("later version (schema 7"));
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let here = Here::new();
    let vault = here.open();
    vault.save(ACME, &tokens("a")).await.unwrap();
    for file in std::fs::read_dir(here.folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", file.path());
    }
    let nowhere = here.folder.path().join("nowhere").join("vault.db");
    let error = Vault::open(&nowhere, &here.key).unwrap_err().to_string();
    assert!(error.contains("nowhere/vault.db"), "{error}");
}

#[tokio::test]
async fn a_row_that_was_moved_or_changed_is_told() {
    let here = Here::new();
    let vault = here.open();
    vault.add(&Connection::new("shop", "acme", "token").with_secret("token", "a")).unwrap();
    vault.add(&Connection::new("shop", "evil", "token").with_secret("token", "b")).unwrap();
    let swap = "UPDATE connections SET sealed = (SELECT sealed FROM connections WHERE id = 'acme') WHERE id = 'evil'";
    Database::open(here.path()).unwrap().execute(swap, []).unwrap();
    assert!(vault.connection("shop", "acme").is_ok());
    let error = vault.connection("shop", "evil").unwrap_err().to_string();
    assert!(
        error.contains("credentials of \"evil\" of shop cannot be read: it was changed"),
        "{error}"
    );
}

#[tokio::test]
async fn one_renews_at_a_time() {
    let here = Here::new();
    let (one, other) = (here.open(), here.open());
    assert!(one.claim(ACME, "one", at(0), at(90)).await.unwrap());
    assert!(!other.claim(ACME, "other", at(1), at(91)).await.unwrap());
    assert!(one.claim(ACME, "one", at(60), at(150)).await.unwrap(), "its owner extends it");
    assert!(!other.claim(ACME, "other", at(149), at(200)).await.unwrap());
    assert!(other.claim(ACME, "other", at(150), at(240)).await.unwrap(), "it ended");
    assert!(!one.claim(ACME, "one", at(151), at(200)).await.unwrap());
    // What is no longer its own, it cannot end.
    one.release(ACME, "one").await.unwrap();
    assert!(!one.claim(ACME, "one", at(152), at(200)).await.unwrap());
    other.release(ACME, "other").await.unwrap();
    assert!(one.claim(ACME, "one", at(153), at(200)).await.unwrap());
}

fn shares(kind: LimitKind, cost: u32) -> Arc<[Share]> {
    [Share { quota: "shop burst".to_owned(), kind, cost }].into()
}

fn quota(cost: u32) -> Arc<[Share]> {
    shares(LimitKind::Quota { calls: 3, per: Duration::from_secs(10) }, cost)
}

#[tokio::test]
async fn processes_share_a_quota() {
    let here = Here::new();
    let (one, other) = (here.open(), here.open());
    let seconds = |n| Some(Duration::from_secs(n));
    assert_eq!(one.take("a", &quota(1), at(0)).await.unwrap(), None);
    assert_eq!(other.take("b", &quota(2), at(4)).await.unwrap(), None);
    // Until it is answered a call counts for a tenth of the window longer, a second at most.
    assert_eq!(one.take("c", &quota(1), at(5)).await.unwrap(), seconds(6));
    assert_eq!(one.take("c", &quota(2), at(5)).await.unwrap(), seconds(10));
    one.end("a", &quota(1), true, at(0));
    assert_eq!(one.take("c", &quota(1), at(5)).await.unwrap(), seconds(5));
    assert_eq!(other.take("c", &quota(1), at(10)).await.unwrap(), None);
    // What was not sent does not count.
    other.end("c", &quota(1), false, at(10));
    assert_eq!(other.take("d", &quota(1), at(10)).await.unwrap(), None);
    assert_eq!(one.take("e", &quota(1), at(10)).await.unwrap(), seconds(5));
    // What cannot ever go says so every time.
    assert_eq!(one.take("e", &quota(4), at(100)).await.unwrap(), seconds(10));
    one.pause(&quota(1), at(130));
    assert_eq!(one.take("e", &quota(1), at(100)).await.unwrap(), seconds(30));
}

#[tokio::test]
async fn processes_share_places_among_calls_at_a_time() {
    let here = Here::new();
    let (one, other) = (here.open(), here.open());
    let place = shares(LimitKind::Concurrency(1), 1);
    assert_eq!(one.take("a", &place, at(0)).await.unwrap(), None);
    assert!(other.take("b", &place, at(1)).await.unwrap().is_some());
    one.end("a", &place, true, at(2));
    // It is written by a thread of its own, or with the next call of the same process.
    assert!(one.take("c", &place, at(3)).await.unwrap().is_none());
    assert!(other.take("b", &place, at(4)).await.unwrap().is_some());
    // Its process was killed.
    assert_eq!(other.take("b", &place, at(3 + 15 * 60)).await.unwrap(), None);
}

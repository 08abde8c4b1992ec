//! A vault: connections with their credentials, renewed tokens, and what the processes of one machine share of limits, in
//! an SQLite file whose secrets are sealed.
//!
//! ```
//! use gusset::vault::{Connection, Vault, VaultKey};
//! use gusset::{Options, Secret};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let path = folder.path().join("vault.db");
//! let key = VaultKey::random()?; // or VaultKey::from_env("GUSSET_KEY")
//! let vault = Vault::open(path, &key)?;
//! let acme = Connection::new("shop", "acme", "token").with_secret("token", Secret::from("hunter2"));
//! vault.add(&acme)?;
//! let options = Options::default().with_connection("acme").with_vault(&vault);
//! # Ok::<(), gusset::Error>(())
//! ```

mod connection;
mod key;
mod quotas;
mod tokens;

pub use crate::connection::Connection;
pub use key::VaultKey;

use crate::error::Error;
use crate::lock;
use crate::sqlite::write_ahead;
use jiff::Timestamp;
use key::Sealer;
use rusqlite::{
    Connection as Database, OptionalExtension, Transaction, TransactionBehavior, params,
};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The version of `schema.sql`, kept in the database's `user_version`.
const SCHEMA: i64 = 1;

/// What is sealed to tell a wrong key.
const KNOWN: &[u8] = b"gusset";

/// An SQLite file with connections, renewed tokens and shared limits. Credentials and tokens are sealed with a key that is
/// kept elsewhere. Many processes may have it open. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    sealer: Sealer,
    /// What is committed here survives a power cut: a rotated token that is lost locks a connection out.
    secrets: Mutex<Database>,
    /// What counts calls need not.
    quotas: Mutex<Database>,
    ended: quotas::Ended,
}

impl Vault {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// [`Error::State`] when the file cannot be opened, is none of these, is of a later version, or was sealed with another key.
    pub fn open(path: impl AsRef<Path>, key: &VaultKey) -> Result<Self, Error> {
        let path = path.as_ref();
        let sealer = key.sealer()?;
        make_private(path)?;
        let mut secrets = database(path, "FULL")?;
        let wrong = |error: rusqlite::Error| state(path, &error);
        let transaction =
            secrets.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        prepare(&transaction, path, &sealer)?;
        transaction.commit().map_err(wrong)?;
        let quotas = Mutex::new(database(path, "NORMAL")?);
        let (path, secrets) = (path.to_owned(), Mutex::new(secrets));
        let inner = Inner { path, sealer, secrets, quotas, ended: quotas::Ended::default() };
        Ok(Vault { inner: Arc::new(inner) })
    }

    /// Works in the database, on a thread that may wait for the disk where there is one.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = Arc::clone(&self.inner);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                let done = runtime.spawn_blocking(move || work(&inner)).await;
                done.unwrap_or_else(|_| {
                    Err(Error::State { message: "work in the vault was stopped".to_owned() })
                })
            }
            Err(_) => work(&inner),
        }
    }
}

impl Inner {
    fn wrong(&self, error: &rusqlite::Error) -> Error {
        state(&self.path, error)
    }

    /// What was sealed for a place.
    fn open<T: serde::de::DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<T, Error> {
        let text = self.sealer.open(place, sealed);
        let read = text.and_then(|text| serde_json::from_slice(&text).ok());
        // What it holds is not repeated.
        read.ok_or_else(|| Error::State {
            message: format!("{}: {place} cannot be read: it was changed", self.path.display()),
        })
    }

    fn seal<T: serde::Serialize>(&self, place: &str, value: &T) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_vec(value).map(secrecy::zeroize::Zeroizing::new);
        let text = text.map_err(|error| Error::State { message: error.to_string() })?;
        self.sealer.seal(place, &text)
    }

    fn read<T>(&self, read: impl FnOnce(&Database) -> rusqlite::Result<T>) -> Result<T, Error> {
        read(&lock(&self.secrets)).map_err(|error| self.wrong(&error))
    }

    /// One change of what must not be lost.
    fn change<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        self.transaction(&self.secrets, change)
    }

    fn transaction<T>(
        &self,
        database: &Mutex<Database>,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let mut database = lock(database);
        let done = || -> rusqlite::Result<T> {
            let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        done().map_err(|error| self.wrong(&error))
    }
}

/// Makes the file, if there is none, so that only its owner reads and writes it; what SQLite makes beside it is alike.
fn make_private(path: &Path) -> Result<(), Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::State { message: format!("{}: {error}", path.display()) }),
    }
}

fn database(path: &Path, synchronous: &str) -> Result<Database, Error> {
    let wrong = |error: rusqlite::Error| state(path, &error);
    let database = Database::open(path).map_err(wrong)?;
    write_ahead(&database, Duration::from_secs(10)).map_err(wrong)?;
    database.pragma_update(None, "synchronous", synchronous).map_err(wrong)?;
    Ok(database)
}

fn prepare(transaction: &Transaction<'_>, path: &Path, sealer: &Sealer) -> Result<(), Error> {
    let wrong = |error: rusqlite::Error| state(path, &error);
    let version: i64 =
        transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(wrong)?;
    let say = |message: String| Error::State { message: format!("{}: {message}", path.display()) };
    // Versions are those of vaults only where there is a vault.
    let count = "SELECT count(*), count(*) FILTER (WHERE name = 'seal') FROM sqlite_schema";
    let (all, ours): (i64, i64) =
        transaction.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(wrong)?;
    if all > 0 && ours == 0 {
        return Err(say("another database, no vault".to_owned()));
    }
    match version {
        0 => {
            transaction.execute_batch(include_str!("schema.sql")).map_err(wrong)?;
            transaction.pragma_update(None, "user_version", SCHEMA).map_err(wrong)?;
            let sealed = sealer.seal("seal", KNOWN)?;
            transaction
                .execute("INSERT INTO seal (id, sealed) VALUES (1, ?)", params![sealed])
                .map_err(wrong)?;
            Ok(())
        }
        SCHEMA => {
            let sealed: Option<Vec<u8>> = transaction
                .query_row("SELECT sealed FROM seal", [], |row| row.get(0))
                .optional()
                .map_err(wrong)?;
            let opened = sealed.and_then(|sealed| sealer.open("seal", &sealed));
            match opened {
                Some(known) if known.as_slice() == KNOWN => Ok(()),
                _ => Err(say("it was sealed with another key".to_owned())),
            }
        }
        later => {
            Err(say(format!("it was made by a later version (schema {later}, known {SCHEMA})")))
        }
    }
}

fn state(path: &Path, error: &rusqlite::Error) -> Error {
    Error::State { message: format!("{}: {error}", path.display()) }
}

/// A time as the database has it.
fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

#[cfg(test)]
mod tests;

//! Connections in the vault.

use super::{Vault, millis};
use crate::auth::Account;
use crate::connection::{Connection, ConnectionStore};
use crate::error::Error;
use crate::secret::Secret;
use futures_core::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is sealed of a connection.
#[derive(Serialize, Deserialize)]
struct Sealed {
    way: String,
    credentials: BTreeMap<String, Secret>,
}

fn place(integration: &str, id: &str) -> String {
    format!("credentials of {id:?} of {integration}")
}

/// A row before its secrets are opened.
struct Found {
    connection: Connection,
    sealed: Vec<u8>,
    settings: String,
}

const COLUMNS: &str = "integration, id, sealed, settings, added, verified";

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let time = |at: Option<i64>| at.and_then(|at| Timestamp::from_millisecond(at).ok());
    let mut connection = Connection::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?, "");
    connection.added = time(row.get(4)?);
    connection.verified = time(row.get(5)?);
    Ok(Found { connection, sealed: row.get(2)?, settings: row.get(3)? })
}

impl Vault {
    /// Puts a connection in; one of that name is replaced, and its renewed tokens are forgotten.
    ///
    /// # Errors
    /// [`Error::State`] when it cannot be written.
    pub fn add(&self, connection: &Connection) -> Result<(), Error> {
        let vault = &*self.inner;
        let Connection { integration, id, way, credentials, settings, .. } = connection;
        let sealed = Sealed { way: way.clone(), credentials: credentials.clone() };
        let sealed = vault.seal(&place(integration, id), &sealed)?;
        let settings = serde_json::to_string(settings)
            .map_err(|error| Error::State { message: error.to_string() })?;
        let added = millis(connection.added.unwrap_or_else(Timestamp::now));
        vault.change(|change| {
            change.execute(
                "DELETE FROM tokens WHERE integration = ? AND connection = ?",
                params![integration, id],
            )?;
            change.execute(
                "INSERT INTO connections (integration, id, sealed, settings, added, verified) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET sealed = ?3, settings = ?4, added = ?5, \
                 verified = ?6",
                params![integration, id, sealed, settings, added, connection.verified.map(millis)],
            )
        })?;
        Ok(())
    }

    /// A connection by its name.
    ///
    /// # Errors
    /// [`Error::Config`] when there is none; [`Error::State`] when it cannot be read.
    pub fn connection(&self, integration: &str, id: &str) -> Result<Connection, Error> {
        self.find(integration, id)?.ok_or_else(|| {
            let path = self.inner.path.display();
            Error::config(format!("{path}: there is no connection {id:?} of {integration}"))
        })
    }

    fn find(&self, integration: &str, id: &str) -> Result<Option<Connection>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM connections WHERE integration = ? AND id = ?");
        let one = self.inner.read(|database| {
            database.query_row(&sql, params![integration, id], found).optional()
        })?;
        one.map(|one| self.opened(one)).transpose()
    }

    /// All connections, of an integration or of every one, by their names.
    ///
    /// # Errors
    /// [`Error::State`] when they cannot be read.
    pub fn connections(&self, integration: Option<&str>) -> Result<Vec<Connection>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM connections WHERE ?1 IS NULL OR integration = ?1 ORDER BY integration, id"
        );
        let all = self.inner.read(|database| {
            let mut statement = database.prepare(&sql)?;
            statement.query_map(params![integration], found)?.collect::<Result<Vec<_>, _>>()
        })?;
        all.into_iter().map(|one| self.opened(one)).collect()
    }

    /// Notes that a call with a connection succeeded.
    ///
    /// # Errors
    /// [`Error::State`] when it cannot be written.
    pub fn verified(&self, integration: &str, id: &str, at: Timestamp) -> Result<(), Error> {
        self.inner.change(|change| {
            change.execute(
                "UPDATE connections SET verified = ? WHERE integration = ? AND id = ?",
                params![millis(at), integration, id],
            )
        })?;
        Ok(())
    }

    /// Removes a connection and its tokens: `false` if there was none.
    ///
    /// # Errors
    /// [`Error::State`] when it cannot be written.
    pub fn remove(&self, integration: &str, id: &str) -> Result<bool, Error> {
        let removed = self.inner.change(|change| {
            change.execute(
                "DELETE FROM tokens WHERE integration = ? AND connection = ?",
                params![integration, id],
            )?;
            change.execute(
                "DELETE FROM connections WHERE integration = ? AND id = ?",
                params![integration, id],
            )
        })?;
        Ok(removed > 0)
    }

    fn opened(&self, found: Found) -> Result<Connection, Error> {
        let Found { mut connection, sealed, settings } = found;
        let place = self::place(&connection.integration, &connection.id);
        let opened: Sealed = self.inner.open(&place, &sealed)?;
        connection.way = opened.way;
        connection.credentials = opened.credentials;
        connection.settings = serde_json::from_str(&settings).map_err(|error| Error::State {
            message: format!(
                "{}: settings of {:?}: {error}",
                self.inner.path.display(),
                connection.id
            ),
        })?;
        Ok(connection)
    }
}

impl ConnectionStore for Vault {
    fn get<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<Option<Connection>, Error>> {
        let (integration, id) = of.owned();
        let vault = self.clone();
        Box::pin(self.work(move |_| vault.find(&integration, &id)))
    }

    fn list<'a>(
        &'a self,
        integration: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<Connection>, Error>> {
        let integration = integration.map(str::to_owned);
        let vault = self.clone();
        Box::pin(self.work(move |_| vault.connections(integration.as_deref())))
    }

    fn put<'a>(&'a self, connection: &'a Connection) -> BoxFuture<'a, Result<(), Error>> {
        let (vault, connection) = (self.clone(), connection.clone());
        Box::pin(self.work(move |_| vault.add(&connection)))
    }

    fn remove<'a>(&'a self, of: Account<'a>) -> BoxFuture<'a, Result<bool, Error>> {
        let (integration, id) = of.owned();
        let vault = self.clone();
        Box::pin(self.work(move |_| Vault::remove(&vault, &integration, &id)))
    }
}

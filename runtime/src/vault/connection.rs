//! Connections: whose account, and how it is got at.

use super::{Vault, millis};
use crate::error::Error;
use crate::secret::Secret;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A customer's account with a provider: its credentials and settings, as the spec of its integration names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The name of the integration.
    pub integration: String,
    /// Its own name: that of a customer, say. It is unique within the integration.
    pub id: String,
    /// The entry of `auth`, such as `token`.
    pub way: String,
    /// The fields of that way to authorise.
    pub credentials: BTreeMap<String, Secret>,
    /// The values of `settings`, as text.
    pub settings: BTreeMap<String, String>,
    /// When it was put in.
    pub added: Option<Timestamp>,
    /// When a call with it last succeeded that was made to try it.
    pub verified: Option<Timestamp>,
}

/// What is sealed of a connection.
#[derive(Serialize, Deserialize)]
struct Sealed {
    way: String,
    credentials: BTreeMap<String, Secret>,
}

impl Connection {
    /// A connection without credentials.
    #[must_use]
    pub fn new(
        integration: impl Into<String>,
        id: impl Into<String>,
        way: impl Into<String>,
    ) -> Self {
        Connection {
            integration: integration.into(),
            id: id.into(),
            way: way.into(),
            credentials: BTreeMap::new(),
            settings: BTreeMap::new(),
            added: None,
            verified: None,
        }
    }

    /// With a field of its credentials.
    #[must_use]
    pub fn with_secret(mut self, field: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.credentials.insert(field.into(), value.into());
        self
    }

    /// With the value of a setting.
    #[must_use]
    pub fn with_setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.insert(name.into(), value.into());
        self
    }

    /// A field of its credentials.
    ///
    /// # Errors
    /// [`Error::Config`] when it has none of that name.
    pub fn secret(&self, field: &str) -> Result<Secret, Error> {
        self.credentials.get(field).cloned().ok_or_else(|| {
            let Connection { integration, id, way, .. } = self;
            Error::config(format!(
                "the connection {id:?} of {integration} has no `{field}`, which `{way}` needs"
            ))
        })
    }

    /// The text of a setting, if it has one.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    fn place(integration: &str, id: &str) -> String {
        format!("credentials of {id:?} of {integration}")
    }
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
        let sealed = vault.seal(&Connection::place(integration, id), &sealed)?;
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
        let sql = format!("SELECT {COLUMNS} FROM connections WHERE integration = ? AND id = ?");
        let one = self.inner.read(|database| {
            database.query_row(&sql, params![integration, id], found).optional()
        })?;
        let one = one.ok_or_else(|| {
            let path = self.inner.path.display();
            Error::config(format!("{path}: there is no connection {id:?} of {integration}"))
        })?;
        self.opened(one)
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
        let place = Connection::place(&connection.integration, &connection.id);
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

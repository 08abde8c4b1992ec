//! A SQLite file that keeps what differs from the seeds, so that it survives a restart.

use crate::Error;
use crate::table::{Life, Row};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::time::Duration;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS meta (integration TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (integration, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (integration TEXT NOT NULL, resource TEXT NOT NULL, number INTEGER NOT NULL,
  changed INTEGER NOT NULL, life INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (integration, resource, number)) WITHOUT ROWID;";

/// An open file. Several integrations may share one.
#[derive(Debug)]
pub(crate) struct File {
    connection: Connection,
    integration: String,
}

/// A row as the file holds it.
pub(crate) struct Kept {
    pub(crate) resource: String,
    pub(crate) number: u32,
    pub(crate) row: Row,
}

impl File {
    pub(crate) fn open(path: &Path, integration: &str) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.execute_batch(SCHEMA)?;
        Ok(File { connection, integration: integration.to_owned() })
    }

    /// A number that was written down at the first start; writes `first` down if this is it.
    pub(crate) fn meta(&self, name: &str, first: i64) -> Result<i64, Error> {
        self.connection.execute(
            "INSERT OR IGNORE INTO meta VALUES (?1, ?2, ?3)",
            params![self.integration, name, first],
        )?;
        let value = self
            .connection
            .query_row(
                "SELECT value FROM meta WHERE integration = ?1 AND name = ?2",
                params![self.integration, name],
                |r| r.get(0),
            )
            .optional()?;
        Ok(value.unwrap_or(first))
    }

    /// All rows, by resource and number.
    pub(crate) fn rows(&self) -> Result<Vec<Kept>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT resource, number, changed, life, body FROM records WHERE integration = ?1 ORDER BY resource, number",
        )?;
        let rows = statement.query_map(params![self.integration], |r| {
            let text: String = r.get(4)?;
            let row = Row {
                changed: r.get(2)?,
                life: Life::from_number(r.get(3)?),
                text: Some(text.into()),
                written: true,
            };
            Ok(Kept { resource: r.get(0)?, number: r.get(1)?, row })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes rows, all or none.
    pub(crate) fn write<'r>(
        &mut self,
        rows: impl Iterator<Item = (&'r str, u32, &'r Row)>,
    ) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        {
            let mut statement = transaction
                .prepare("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
            for (resource, number, row) in rows {
                let text = row.text.as_deref().unwrap_or("null");
                statement.execute(params![
                    self.integration,
                    resource,
                    number,
                    row.changed,
                    row.life.number(),
                    text
                ])?;
            }
        }
        Ok(transaction.commit()?)
    }
}

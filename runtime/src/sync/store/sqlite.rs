//! State in SQLite.

use super::{Commit, Entry, Quarantined, Stage, Store};
use crate::sqlite::write_ahead;
use crate::sync::error::StoreError;
use crate::sync::report::Report;
use crate::sync::state::{State, SyncId};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The version of `schema.sql`, kept in the database's `user_version`.
const SCHEMA: i64 = 1;

/// State in SQLite. Many syncs and connections may share one database; a sync of a connection has one runner at a time.
///
/// Calls do their work on the spot, as it takes no longer than to hand it to another thread.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the database, or makes it.
    ///
    /// # Errors
    /// When the file is no such database, or one of a later version of Gusset.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let opened = Connection::open(path).map_err(StoreError::from).and_then(Self::prepare);
        opened.map_err(|error| match error {
            StoreError::Database(error) => {
                StoreError::Database(Box::new(At { path: path.to_owned(), error }))
            }
            other => other,
        })
    }

    /// A database that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, StoreError> {
        write_ahead(&connection, Duration::from_secs(2))?;
        // A commit that a power cut takes back is a step that is done again, so not every one has to reach the disk.
        connection.execute_batch("PRAGMA synchronous = normal;")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match found {
            0 => {
                transaction.execute_batch(include_str!("schema.sql"))?;
                transaction.pragma_update(None, "user_version", SCHEMA)?;
            }
            SCHEMA => {}
            _ => return Err(StoreError::Newer { found, known: SCHEMA }),
        }
        transaction.commit()?;
        Ok(SqliteStore { connection: Mutex::new(connection) })
    }

    /// Transactions roll back when a panic unwinds, so the connection is sound even then.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_state(&self, id: &SyncId) -> Result<State, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT revision, runs, watermark, version, run FROM sync WHERE name = ?1 AND connection = ?2",
        )?;
        let found = statement
            .query_row(params![id.sync, id.connection], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, Option<String>>(2)?,
                    row.get(3)?,
                    row.get::<_, Option<String>>(4)?,
                ))
            })
            .optional()?;
        let Some((revision, runs, watermark, version, run)) = found else {
            return Ok(State::default());
        };
        let watermark = watermark.map(|text| text.parse().map_err(corrupt)).transpose()?;
        let run = run.map(|text| serde_json::from_str(&text).map_err(corrupt)).transpose()?;
        Ok(State { revision, runs, watermark, version, run })
    }

    fn read_ledger(
        &self,
        id: &SyncId,
        keys: &[String],
    ) -> Result<HashMap<String, Entry>, StoreError> {
        let connection = self.lock();
        let Some(sync) = row_id(&connection, id)? else { return Ok(HashMap::new()) };
        let mut statement =
            connection.prepare("SELECT target, hash FROM ledger WHERE sync = ?1 AND key = ?2")?;
        let mut entries = HashMap::new();
        for key in keys {
            let found = statement
                .query_row(params![sync, key], |row| {
                    let hash = row.get::<_, Option<_>>(1)?.map(u128::from_be_bytes);
                    Ok(Entry { target: row.get(0)?, hash })
                })
                .optional()?;
            if let Some(entry) = found {
                entries.insert(key.clone(), entry);
            }
        }
        Ok(entries)
    }

    fn read_quarantine(
        &self,
        id: &SyncId,
        condition: &str,
        run: u64,
        limit: usize,
    ) -> Result<Vec<Quarantined>, StoreError> {
        let connection = self.lock();
        let Some(sync) = row_id(&connection, id)? else { return Ok(Vec::new()) };
        let mut statement = connection.prepare(&format!(
            "SELECT key, stage, reason, record, at, run FROM quarantine
             WHERE sync = ?1 AND run < ?2 AND {condition} ORDER BY key LIMIT ?3"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let run = i64::try_from(run).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![sync, run, limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(quarantined(row)?);
        }
        Ok(found)
    }

    fn read_reports(&self, id: &SyncId, limit: usize) -> Result<Vec<Report>, StoreError> {
        let connection = self.lock();
        let Some(sync) = row_id(&connection, id)? else { return Ok(Vec::new()) };
        let mut statement = connection
            .prepare("SELECT report FROM report WHERE sync = ?1 ORDER BY run DESC LIMIT ?2")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![sync, limit])?;
        let mut reports = Vec::new();
        while let Some(row) = rows.next()? {
            reports.push(serde_json::from_str(&row.get::<_, String>(0)?).map_err(corrupt)?);
        }
        Ok(reports)
    }

    fn write(&self, id: &SyncId, step: &Commit<'_>) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sync = write_state(&transaction, id, step.state)?;
        write_ledger(&transaction, sync, step)?;
        write_quarantine(&transaction, sync, step)?;
        if let Some((report, error)) = step.report {
            let text = serde_json::to_string(report).map_err(corrupt)?;
            transaction.execute(
                "INSERT INTO report (sync, run, report, error) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET report = excluded.report, error = excluded.error",
                params![sync, step.run, text, error],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }
}

impl Store for SqliteStore {
    async fn state(&self, id: &SyncId) -> Result<State, StoreError> {
        self.read_state(id)
    }

    async fn ledger(
        &self,
        id: &SyncId,
        keys: &[String],
    ) -> Result<HashMap<String, Entry>, StoreError> {
        self.read_ledger(id, keys)
    }

    async fn refused(
        &self,
        id: &SyncId,
        run: u64,
        limit: usize,
    ) -> Result<Vec<Quarantined>, StoreError> {
        self.read_quarantine(id, "stage = 'write' AND record IS NOT NULL", run, limit)
    }

    async fn commit(&self, id: &SyncId, step: &Commit<'_>) -> Result<(), StoreError> {
        self.write(id, step)
    }

    async fn quarantine(&self, id: &SyncId, limit: usize) -> Result<Vec<Quarantined>, StoreError> {
        self.read_quarantine(id, "true", u64::MAX, limit)
    }

    async fn reports(&self, id: &SyncId, limit: usize) -> Result<Vec<Report>, StoreError> {
        self.read_reports(id, limit)
    }
}

/// Moves the state by one revision and returns the sync's row.
fn write_state(connection: &Connection, id: &SyncId, state: &State) -> Result<i64, StoreError> {
    let run = state.run.as_ref().map(serde_json::to_string).transpose().map_err(corrupt)?;
    let watermark = state.watermark.map(|time| time.to_string());
    let moved = connection
        .prepare(
            "INSERT INTO sync (name, connection, revision, runs, watermark, version, run)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (name, connection) DO UPDATE SET
                 revision = excluded.revision, runs = excluded.runs,
                 watermark = excluded.watermark, version = excluded.version, run = excluded.run
             WHERE revision = excluded.revision - 1
             RETURNING id",
        )?
        .query_row(
            params![
                id.sync,
                id.connection,
                state.revision,
                state.runs,
                watermark,
                state.version,
                run
            ],
            |row| row.get(0),
        )
        .optional()?;
    moved.ok_or(StoreError::Conflict)
}

fn write_ledger(connection: &Connection, sync: i64, step: &Commit<'_>) -> Result<(), StoreError> {
    let mut insert = connection.prepare(
        "INSERT INTO ledger (sync, key, target, hash, seen_run) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET
             target = coalesce(excluded.target, target), hash = excluded.hash,
             seen_run = excluded.seen_run",
    )?;
    for (key, entry) in step.ledger {
        let hash = entry.hash.map(u128::to_be_bytes);
        insert.execute(params![sync, key, entry.target, hash, step.run])?;
    }
    let mut forget =
        connection.prepare("UPDATE ledger SET hash = NULL WHERE sync = ?1 AND key = ?2")?;
    for key in step.unsure {
        forget.execute(params![sync, key])?;
    }
    let mut touch =
        connection.prepare("UPDATE ledger SET seen_run = ?3 WHERE sync = ?1 AND key = ?2")?;
    for key in step.seen {
        touch.execute(params![sync, key, step.run])?;
    }
    Ok(())
}

fn write_quarantine(
    connection: &Connection,
    sync: i64,
    step: &Commit<'_>,
) -> Result<(), StoreError> {
    let mut clear = connection.prepare("DELETE FROM quarantine WHERE sync = ?1 AND key = ?2")?;
    for key in step.cleared {
        clear.execute(params![sync, key])?;
    }
    let mut insert = connection.prepare(
        "INSERT OR REPLACE INTO quarantine (sync, key, stage, reason, record, at, run)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for row in step.quarantined {
        let record = row.record.as_ref().map(|record| record.get());
        insert.execute(params![
            sync,
            row.key,
            row.stage.as_str(),
            row.reason,
            record,
            row.at.to_string(),
            row.run
        ])?;
    }
    if step.clear_older {
        connection.execute(
            "DELETE FROM quarantine WHERE sync = ?1 AND run < ?2",
            params![sync, step.run],
        )?;
    }
    Ok(())
}

fn row_id(connection: &Connection, id: &SyncId) -> Result<Option<i64>, StoreError> {
    let mut statement =
        connection.prepare("SELECT id FROM sync WHERE name = ?1 AND connection = ?2")?;
    Ok(statement.query_row(params![id.sync, id.connection], |row| row.get(0)).optional()?)
}

fn quarantined(row: &Row<'_>) -> Result<Quarantined, StoreError> {
    let stage: String = row.get(1)?;
    let record: Option<String> = row.get(3)?;
    let at: String = row.get(4)?;
    Ok(Quarantined {
        key: row.get(0)?,
        stage: match stage.as_str() {
            "decode" => Stage::Decode,
            "map" => Stage::Map,
            "write" => Stage::Write,
            other => return Err(StoreError::Corrupt(format!("quarantine stage {other:?}"))),
        },
        reason: row.get(2)?,
        record: record.map(|text| serde_json::from_str(&text).map_err(corrupt)).transpose()?,
        at: at.parse().map_err(corrupt)?,
        run: row.get(5)?,
    })
}

fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Database(Box::new(error))
    }
}

/// Why a file cannot be used, with its name.
#[derive(Debug)]
struct At {
    path: PathBuf,
    error: Box<dyn StdError + Send + Sync>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl StdError for At {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

//! The request log in SQLite, written on a thread of its own.

use super::{Content, Entry, Keep, Log};
use crate::error::Error;
use crate::lock;
use crate::sqlite::write_ahead;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// Entries that may wait to be written; more are dropped and counted.
const QUEUE: usize = 8192;
/// Entries in one transaction.
const BATCH: usize = 512;
/// Entries after which is looked whether the log is too large; also after the first ones.
const TIDY: usize = 4096;
/// The schema that this version writes and reads.
const VERSION: i64 = 2;

/// The request log in an SQLite file. Writing never holds a call up: what the disk cannot keep up with is dropped and
/// counted.
#[derive(Debug)]
pub struct SqliteLog {
    sender: Option<SyncSender<Message>>,
    content: Option<usize>,
    counts: Arc<Counts>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Counts {
    dropped: AtomicU64,
}

enum Message {
    Entry(Box<Entry>),
    Flush(Sender<()>),
}

impl SqliteLog {
    /// Opens or makes the file. It keeps what [`Keep::default`] says: 30 days, and 1 GiB at most.
    ///
    /// # Errors
    /// [`Error::State`] when the file cannot be opened, or was made by a later version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        SqliteLog::open_with(path, Keep::default())
    }

    /// The same, keeping calls for another time or up to another size.
    ///
    /// # Errors
    /// Like [`SqliteLog::open`].
    pub fn open_with(path: impl AsRef<Path>, keep: Keep) -> Result<Self, Error> {
        let path = path.as_ref();
        let wrong = |error: rusqlite::Error| state(path, &error);
        let connection = Connection::open(path).map_err(wrong)?;
        // Only heard before the first table is made.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL").map_err(wrong)?;
        write_ahead(&connection, Duration::from_secs(10)).map_err(wrong)?;
        let version = known_version(&connection, path)?;
        if version == 1 {
            // Two that open it at a time both see the first version; one of them comes too late.
            let added = connection.execute_batch("ALTER TABLE requests ADD COLUMN content TEXT");
            if let Err(error) = added
                && !error.to_string().contains("duplicate column")
            {
                return Err(wrong(error));
            }
        }
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(wrong)?;
        connection.execute_batch(include_str!("schema.sql")).map_err(wrong)?;

        let (sender, receiver) = sync_channel(QUEUE);
        let counts = Arc::<Counts>::default();
        let of_writer = Arc::clone(&counts);
        let writer = std::thread::Builder::new()
            .name("gusset-log".to_owned())
            .spawn(move || write(connection, &receiver, &of_writer, keep))
            .map_err(|error| Error::State { message: format!("the log's thread: {error}") })?;
        Ok(SqliteLog {
            sender: Some(sender),
            content: keep.content,
            counts,
            writer: Mutex::new(Some(writer)),
        })
    }

    /// How many entries were lost because the disk did not keep up or refused them.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.counts.dropped.load(Ordering::Relaxed)
    }

    /// Waits until everything noted so far is written.
    pub fn flush(&self) {
        let Some(sender) = &self.sender else { return };
        let (done, wait) = channel();
        if sender.send(Message::Flush(done)).is_ok() {
            // An error means that the writer has ended, and with it everything was written.
            let _ = wait.recv();
        }
    }
}

impl Log for SqliteLog {
    fn content(&self) -> Option<usize> {
        self.content
    }

    fn record(&self, entry: Entry) {
        let Some(sender) = &self.sender else { return };
        match sender.try_send(Message::Entry(Box::new(entry))) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.counts.dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

impl Drop for SqliteLog {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(writer) = lock(&self.writer).take() {
            // The writer does not panic; if it did, there is nothing left to write.
            let _ = writer.join();
        }
    }
}

fn write(mut connection: Connection, receiver: &Receiver<Message>, counts: &Counts, keep: Keep) {
    let tidy = |connection: &Connection| {
        if let Err(error) = keep.tidy(connection) {
            tracing::warn!(%error, "the request log could not be made smaller");
        }
    };
    let mut since = TIDY;
    while let Ok(first) = receiver.recv() {
        let mut entries = Vec::new();
        let mut flushed = Vec::new();
        let more = std::iter::from_fn(|| receiver.try_recv().ok());
        for message in std::iter::once(first).chain(more).take(BATCH) {
            match message {
                Message::Entry(entry) => entries.push(entry),
                Message::Flush(done) => flushed.push(done),
            }
        }
        if let Err(error) = insert(&mut connection, &entries) {
            counts.dropped.fetch_add(entries.len() as u64, Ordering::Relaxed);
            tracing::warn!(%error, entries = entries.len(), "the request log could not be written");
        }
        since += entries.len();
        if since >= TIDY {
            tidy(&connection);
            since = 0;
        }
        for done in flushed {
            // Who asked may have gone.
            let _ = done.send(());
        }
    }
}

fn insert(connection: &mut Connection, entries: &[Box<Entry>]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare(
            "INSERT INTO requests (at, connection, integration, operation, method, url, status, attempt, duration_ms, \
             waited_ms, request_bytes, response_bytes, error, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for entry in entries {
            statement.execute(params![
                entry.at.as_microsecond(),
                entry.connection,
                entry.integration,
                entry.operation,
                entry.method,
                entry.url,
                entry.status,
                entry.attempt,
                whole(entry.duration_ms),
                whole(entry.waited_ms),
                whole(entry.request_bytes),
                whole(entry.response_bytes),
                entry.error,
                content(entry),
            ])?;
        }
    }
    transaction.commit()
}

/// What was sent and answered, as JSON.
fn content(entry: &Entry) -> Option<String> {
    if entry.request.is_none() && entry.response.is_none() {
        return None;
    }
    serde_json::to_string(&(&entry.request, &entry.response)).ok()
}

/// SQLite's integers have a sign.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Which entries to read; `None` for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this connection.
    pub connection: Option<String>,
    /// Of this integration.
    pub integration: Option<String>,
    /// Of this operation.
    pub operation: Option<String>,
    /// Answered with this status.
    pub status: Option<u16>,
    /// Only failed ones.
    pub failed: bool,
    /// Sent at this time or later.
    pub since: Option<Timestamp>,
    /// Noted behind this row: to follow a log.
    pub after: Option<i64>,
    /// The last so many.
    pub last: Option<u32>,
}

/// An entry with its number in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The number, ascending.
    pub id: i64,
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
}

/// Reads a request log, oldest first, also while it is written.
///
/// # Errors
/// [`Error::State`] when there is no such file, or it is no request log.
pub fn read(path: impl AsRef<Path>, filter: &Filter) -> Result<Vec<Row>, Error> {
    let path = path.as_ref();
    let wrong = |error: rusqlite::Error| state(path, &error);
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(wrong)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(wrong)?;
    if known_version(&connection, path)? == 0 {
        return Err(Error::State { message: format!("{} is no request log", path.display()) });
    }
    let (sql, values) = query(filter);
    let mut statement = connection.prepare(&sql).map_err(wrong)?;
    let rows = statement.query_map(params_from_iter(values), row).map_err(wrong)?;
    let mut rows = rows.collect::<Result<Vec<Row>, _>>().map_err(wrong)?;
    rows.reverse();
    Ok(rows)
}

/// The statement that gives the newest first, so that a limit means the last ones.
fn query(filter: &Filter) -> (String, Vec<Value>) {
    let mut conditions = vec!["1".to_owned()];
    let mut values = Vec::new();
    let mut is = |condition: &str, value: Option<Value>| {
        if let Some(value) = value {
            conditions.push(condition.to_owned());
            values.push(value);
        }
    };
    is("connection = ?", filter.connection.clone().map(Value::from));
    is("integration = ?", filter.integration.clone().map(Value::from));
    is("operation = ?", filter.operation.clone().map(Value::from));
    is("status = ?", filter.status.map(|status| Value::from(i64::from(status))));
    is("at >= ?", filter.since.map(|since| Value::from(since.as_microsecond())));
    is("id > ?", filter.after.map(Value::from));
    if filter.failed {
        conditions.push("error IS NOT NULL".to_owned());
    }
    let limit = filter.last.map_or(-1, i64::from);
    let conditions = conditions.join(" AND ");
    (format!("SELECT * FROM requests WHERE {conditions} ORDER BY id DESC LIMIT {limit}"), values)
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let at: i64 = row.get("at")?;
    let whole = |name: &str| {
        Ok::<u64, rusqlite::Error>(u64::try_from(row.get::<_, i64>(name)?).unwrap_or(0))
    };
    // The first version had none.
    let content: Option<String> = row.get("content").unwrap_or_default();
    let content = content.and_then(|text| serde_json::from_str(&text).ok());
    let (request, response): (Option<Content>, Option<Content>) = content.unwrap_or_default();
    let entry = Entry {
        at: Timestamp::from_microsecond(at).unwrap_or_default(),
        connection: row.get("connection")?,
        integration: row.get("integration")?,
        operation: row.get("operation")?,
        method: row.get("method")?,
        url: row.get("url")?,
        status: row.get("status")?,
        attempt: row.get("attempt")?,
        duration_ms: whole("duration_ms")?,
        waited_ms: whole("waited_ms")?,
        request_bytes: whole("request_bytes")?,
        response_bytes: whole("response_bytes")?,
        error: row.get("error")?,
        request,
        response,
    };
    Ok(Row { id: row.get("id")?, entry })
}

fn known_version(connection: &Connection, path: &Path) -> Result<i64, Error> {
    let version: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| state(path, &error))?;
    if version > VERSION {
        let message = format!(
            "{} was made by a later version (schema {version}, known {VERSION})",
            path.display()
        );
        return Err(Error::State { message });
    }
    Ok(version)
}

fn state(path: &Path, error: &rusqlite::Error) -> Error {
    Error::State { message: format!("{}: {error}", path.display()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entry(operation: &str, status: Option<u16>) -> Entry {
        Entry {
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            connection: "default".to_owned(),
            integration: "hubspot".to_owned(),
            operation: operation.to_owned(),
            method: "GET".to_owned(),
            url: "https://x.test/a".to_owned(),
            status,
            attempt: 1,
            duration_ms: 12,
            waited_ms: 0,
            request_bytes: 0,
            response_bytes: 34,
            error: status.is_none().then(|| "no connection".to_owned()),
            request: None,
            response: status.map(|_| Content { headers: Vec::new(), body: Some("{}".to_owned()) }),
        }
    }

    #[test]
    fn what_is_noted_can_be_read_while_the_log_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let log = SqliteLog::open(&path).unwrap();
        for status in [Some(200), Some(404), None] {
            log.record(entry("list", status));
        }
        log.record(entry("get", Some(404)));
        log.flush();
        let ids = |filter: Filter| {
            read(&path, &filter).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Filter::default()), [1, 2, 3, 4]);
        assert_eq!(ids(Filter { status: Some(404), ..Filter::default() }), [2, 4]);
        assert_eq!(ids(Filter { operation: Some("list".into()), ..Filter::default() }), [1, 2, 3]);
        assert_eq!(ids(Filter { failed: true, ..Filter::default() }), [3]);
        assert_eq!(ids(Filter { last: Some(2), ..Filter::default() }), [3, 4]);
        assert_eq!(ids(Filter { after: Some(2), last: Some(9), ..Filter::default() }), [3, 4]);
        let later = "2026-11-22T10:00:01Z".parse().unwrap();
        assert_eq!(ids(Filter { since: Some(later), ..Filter::default() }), [0i64; 0]);
        let rows = read(&path, &Filter { after: Some(3), ..Filter::default() }).unwrap();
        assert_eq!(rows[0].entry, entry("get", Some(404)));
        assert_eq!(log.dropped(), 0);
    }

    #[test]
    fn closing_writes_what_is_left_and_opening_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        for _ in 0..2 {
            let log = SqliteLog::open(&path).unwrap();
            (0..600).for_each(|_| log.record(entry("list", Some(200))));
        }
        assert_eq!(read(&path, &Filter::default()).unwrap().len(), 1200);
    }

    #[test]
    fn the_oldest_calls_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let hour = Keep { age: Duration::from_secs(3600), ..Keep::default() };
        let log = SqliteLog::open_with(&path, hour).unwrap();
        let at = |minutes: i64| {
            let mut entry = entry("list", Some(200));
            entry.at += jiff::SignedDuration::from_mins(minutes);
            entry
        };
        log.record(at(0));
        log.flush();
        (0..TIDY).for_each(|_| {
            log.record(at(61));
        });
        log.flush();
        drop(log);
        let kept = read(&path, &Filter::default()).unwrap();
        assert!(!kept.iter().any(|row| row.id == 1), "{}", kept.len());

        let small = Keep { bytes: 256 * 1024, ..Keep::default() };
        let before = std::fs::metadata(&path).unwrap().len();
        let log = SqliteLog::open_with(&path, small).unwrap();
        log.record(at(62));
        drop(log);
        let kept = read(&path, &Filter::default()).unwrap();
        let newest = kept.last().unwrap();
        assert_eq!(newest.entry.at, at(62).at);
        assert!(kept.len() > 100 && kept.len() < TIDY, "{}", kept.len());
        let after = std::fs::metadata(&path).unwrap().len();
        assert!(after < before && after <= 300 * 1024, "{before} to {after} bytes");
    }

    #[test]
    fn a_log_of_the_first_version_is_read_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let first = include_str!("schema.sql")
            .replace(",\n    content        TEXT", "")
            .replace("user_version = 2", "user_version = 1");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(&first).unwrap();
        let old = "INSERT INTO requests VALUES (1, 0, 'c', 'i', 'list', 'GET', 'u', 200, 1, 1, 0, 0, 0, NULL)";
        connection.execute(old, []).unwrap();
        drop(connection);
        assert_eq!(read(&path, &Filter::default()).unwrap()[0].entry.request, None);
        let log = SqliteLog::open(&path).unwrap();
        let new = Entry { at: Timestamp::UNIX_EPOCH, ..entry("get", Some(200)) };
        log.record(new.clone());
        drop(log);
        let rows = read(&path, &Filter::default()).unwrap();
        assert_eq!((rows.len(), &rows[1].entry), (2, &new));
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path().join("missing.db"), &Filter::default()).is_err());
        let text = folder.path().join("text");
        std::fs::write(
            &text,
            "this is no database, but it is long enough to be looked at".repeat(20),
        )
        .unwrap();
        assert!(SqliteLog::open(&text).is_err());
        let later = folder.path().join("later.db");
        Connection::open(&later).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = SqliteLog::open(&later).unwrap_err();
        assert!(error.to_string().contains("later version"), "{error}");
    }
}

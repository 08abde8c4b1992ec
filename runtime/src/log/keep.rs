//! How long a request log is kept, and how large it may grow.

use rusqlite::{Connection, params};
use std::time::Duration;

/// How long a request log is kept, and how large it may grow. The oldest calls go first.
///
/// ```
/// # use gusset::log::{Keep, SqliteLog};
/// # use std::time::Duration;
/// # let folder = tempfile::tempdir().unwrap();
/// let week = Keep { age: Duration::from_secs(7 * 24 * 60 * 60), ..Keep::default() };
/// let log = SqliteLog::open_with(folder.path().join("requests.sqlite"), week)?;
/// # Ok::<(), gusset::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// How much older than the newest call a call may be. 30 days by default.
    pub age: Duration,
    /// How many bytes the calls may take in the file. 1 GiB by default.
    pub bytes: u64,
    /// How many bytes of each body are kept, with the headers; by default neither headers nor bodies are. Credentials are
    /// hidden, records of people are not: keep them only where that is allowed.
    pub content: Option<usize>,
}

impl Default for Keep {
    fn default() -> Self {
        Keep { age: Duration::from_secs(30 * 24 * 60 * 60), bytes: 1 << 30, content: None }
    }
}

impl Keep {
    /// Takes out what is too old, or too much.
    pub(super) fn tidy(&self, connection: &Connection) -> rusqlite::Result<()> {
        let age = i64::try_from(self.age.as_micros()).unwrap_or(i64::MAX);
        let newest: Option<i64> =
            connection.query_row("SELECT max(at) FROM requests", [], |row| row.get(0))?;
        let Some(newest) = newest else { return Ok(()) };
        connection
            .execute("DELETE FROM requests WHERE at < ?", params![newest.saturating_sub(age)])?;
        while self.too_large(connection)? {
            // A tenth at a time: the size of single rows is not known.
            let tenth = "DELETE FROM requests WHERE id <= (SELECT min(id) + (max(id) - min(id)) / 10 FROM requests)";
            if connection.execute(tenth, [])? == 0 {
                break;
            }
        }
        // Gives the file's free pages back, where it was made so.
        connection.pragma_query(None, "incremental_vacuum", |_| Ok(()))
    }

    fn too_large(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let number =
            |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, u64>(0));
        let used = number("page_count")?.saturating_sub(number("freelist_count")?);
        Ok(used.saturating_mul(number("page_size")?) > self.bytes)
    }
}

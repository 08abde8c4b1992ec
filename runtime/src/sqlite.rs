//! What all our SQLite files have in common.

use rusqlite::{Connection, ErrorCode};
use std::time::{Duration, Instant};

/// How soon is looked again whether a file is free.
const AGAIN: Duration = Duration::from_millis(5);

/// Opens up a file to a writer and readers of several processes: with a write-ahead log, and waiting so long for others.
///
/// Of two that turn the log of a new file on at a time, SQLite refuses one at once, whatever its timeout; so that waits
/// here.
pub(crate) fn write_ahead(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(patience)?;
    let end = Instant::now() + patience;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < end =>
            {
                std::thread::sleep(AGAIN);
            }
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn several_open_a_new_file_at_a_time() {
        const OPENERS: usize = 8;
        let folder = tempfile::tempdir().unwrap();
        for file in 0..20 {
            let path = folder.path().join(format!("{file}.db"));
            let together = Barrier::new(OPENERS);
            std::thread::scope(|scope| {
                for _ in 0..OPENERS {
                    scope.spawn(|| {
                        together.wait();
                        let connection = Connection::open(&path).unwrap();
                        write_ahead(&connection, Duration::from_secs(10)).unwrap();
                        connection
                            .execute_batch("CREATE TABLE IF NOT EXISTS t (a ANY) STRICT")
                            .unwrap();
                    });
                }
            });
        }
    }
}

CREATE TABLE sync (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    connection TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    runs       INTEGER NOT NULL,
    watermark  TEXT,
    version    TEXT NOT NULL,
    run        TEXT,               -- the run in progress, JSON
    UNIQUE (name, connection)
) STRICT;

CREATE TABLE ledger (
    sync     INTEGER NOT NULL REFERENCES sync,
    key      TEXT NOT NULL,        -- the source's
    target   TEXT,                 -- the target's id
    hash     BLOB,                 -- of what was written; null while a write is on its way
    seen_run INTEGER NOT NULL,     -- the last run that read it
    PRIMARY KEY (sync, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    sync   INTEGER NOT NULL REFERENCES sync,
    key    TEXT NOT NULL,
    stage  TEXT NOT NULL,          -- decode, map or write
    reason TEXT NOT NULL,
    record TEXT,                   -- JSON
    at     TEXT NOT NULL,
    run    INTEGER NOT NULL,
    PRIMARY KEY (sync, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    sync   INTEGER NOT NULL REFERENCES sync,
    run    INTEGER NOT NULL,
    report TEXT NOT NULL,          -- JSON
    error  TEXT,
    PRIMARY KEY (sync, run)
) STRICT, WITHOUT ROWID;

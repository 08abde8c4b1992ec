CREATE TABLE IF NOT EXISTS requests (
    id             INTEGER PRIMARY KEY,
    at             INTEGER NOT NULL, -- microseconds since 1970
    connection     TEXT    NOT NULL,
    integration    TEXT    NOT NULL,
    operation      TEXT    NOT NULL,
    method         TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    status         INTEGER,
    attempt        INTEGER NOT NULL,
    duration_ms    INTEGER NOT NULL,
    waited_ms      INTEGER NOT NULL,
    request_bytes  INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    error          TEXT,
    content        TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS requests_at ON requests (at);
CREATE INDEX IF NOT EXISTS requests_status ON requests (status, id);
CREATE INDEX IF NOT EXISTS requests_operation ON requests (operation, id);
PRAGMA user_version = 2;

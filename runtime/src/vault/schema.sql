CREATE TABLE seal (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL -- a known text, so that a wrong key is told at once
) STRICT;
CREATE TABLE connections (
    integration TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    sealed      BLOB    NOT NULL, -- credentials, JSON
    settings    TEXT    NOT NULL, -- JSON
    added       INTEGER NOT NULL, -- milliseconds since 1970, like all times here
    verified    INTEGER,
    PRIMARY KEY (integration, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
    integration TEXT NOT NULL,
    connection  TEXT NOT NULL,
    sealed      BLOB NOT NULL, -- JSON
    PRIMARY KEY (integration, connection)
) STRICT, WITHOUT ROWID;
CREATE TABLE renewals (
    integration TEXT    NOT NULL,
    connection  TEXT    NOT NULL,
    owner       TEXT    NOT NULL,
    until       INTEGER NOT NULL,
    PRIMARY KEY (integration, connection)
) STRICT, WITHOUT ROWID;
CREATE TABLE calls (
    quota TEXT    NOT NULL, -- the limit and who shares it
    until INTEGER NOT NULL, -- when it stops counting
    id    TEXT    NOT NULL,
    cost  INTEGER NOT NULL,
    PRIMARY KEY (quota, until, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE quotas (
    quota  TEXT    PRIMARY KEY,
    used   INTEGER NOT NULL DEFAULT 0, -- the sum of what its calls cost
    paused INTEGER NOT NULL DEFAULT 0  -- until then
) STRICT, WITHOUT ROWID;

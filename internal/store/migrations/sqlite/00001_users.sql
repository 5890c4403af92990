-- +goose Up
CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    handle        TEXT    NOT NULL,
    handle_key    TEXT    NOT NULL UNIQUE, -- the handle in lower case
    email         TEXT    NOT NULL,
    email_key     TEXT             UNIQUE, -- the e-mail address in lower case; NULL when there is none
    password_hash TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    plan          TEXT    NOT NULL,
    disabled      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE users;

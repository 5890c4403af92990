-- +goose Up
CREATE TABLE tokens (
    id           TEXT    NOT NULL PRIMARY KEY,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash         TEXT    NOT NULL UNIQUE, -- SHA-256 of the secret, in hexadecimal
    name         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL, -- 0: never
    last_used_at INTEGER NOT NULL  -- 0: not yet
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_user ON tokens (user_id, created_at);

-- +goose Down
DROP TABLE tokens;

-- +goose Up
CREATE TABLE sources (
    submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submissions (id) ON DELETE CASCADE,
    files         BLOB NOT NULL -- JSON
) STRICT;

-- +goose Down
DROP TABLE sources;

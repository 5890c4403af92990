-- +goose Up
CREATE TABLE submissions (
    id              TEXT    NOT NULL PRIMARY KEY, -- UUIDv7: in the order of acceptance
    user_id         TEXT    NOT NULL,
    handle          TEXT    NOT NULL, -- of the user
    problem         TEXT    NOT NULL,
    problem_version INTEGER NOT NULL,
    language        TEXT    NOT NULL,
    lane            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    verdict         TEXT    NOT NULL, -- empty until it is done
    score           REAL,
    max_score       REAL,
    time_ms         INTEGER NOT NULL,
    memory_bytes    INTEGER NOT NULL,
    attempt         INTEGER NOT NULL, -- claims so far: the number of the present one while judging
    failures        INTEGER NOT NULL, -- attempts that failed and count towards the maximum
    executor        TEXT    NOT NULL, -- of the present or last attempt
    lease_until     INTEGER NOT NULL, -- of the present attempt
    created_at      INTEGER NOT NULL,
    started_at      INTEGER NOT NULL, -- of the present or last attempt
    judged_at       INTEGER NOT NULL,
    message         TEXT    NOT NULL, -- why the last attempt failed
    tests_done      INTEGER NOT NULL,
    tests_total     INTEGER NOT NULL,
    idempotency_key TEXT,             -- SHA-256 of the client's key; NULL when there is none
    body_hash       TEXT    NOT NULL, -- SHA-256 of what was handed in
    UNIQUE (user_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_handle ON submissions (handle, id);
CREATE INDEX submissions_handle_problem ON submissions (handle, problem, id);
CREATE INDEX submissions_problem ON submissions (problem, id);
CREATE INDEX submissions_verdict ON submissions (verdict, id);
CREATE INDEX submissions_queue ON submissions (state, lane, id);

-- +goose Down
DROP TABLE submissions;

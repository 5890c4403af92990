-- +goose Up
CREATE TABLE submissions (
    id              VARCHAR(36)  NOT NULL,
    user_id         VARCHAR(36)  NOT NULL,
    handle          VARCHAR(64)  NOT NULL,
    problem         VARCHAR(255) NOT NULL,
    problem_version INT          NOT NULL,
    language        VARCHAR(64)  NOT NULL,
    lane            VARCHAR(16)  NOT NULL,
    state           VARCHAR(16)  NOT NULL,
    verdict         VARCHAR(8)   NOT NULL,
    score           DOUBLE           NULL,
    max_score       DOUBLE           NULL,
    time_ms         BIGINT       NOT NULL,
    memory_bytes    BIGINT       NOT NULL,
    attempt         INT          NOT NULL,
    failures        INT          NOT NULL,
    executor        VARCHAR(255) NOT NULL,
    lease_until     BIGINT       NOT NULL,
    created_at      BIGINT       NOT NULL,
    started_at      BIGINT       NOT NULL,
    judged_at       BIGINT       NOT NULL,
    message         TEXT         NOT NULL,
    tests_done      INT          NOT NULL,
    tests_total     INT          NOT NULL,
    idempotency_key CHAR(64)         NULL,
    body_hash       CHAR(64)     NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY idempotency_key (user_id, idempotency_key),
    KEY submissions_handle (handle, id),
    KEY submissions_handle_problem (handle, problem, id),
    KEY submissions_problem (problem, id),
    KEY submissions_verdict (verdict, id),
    KEY submissions_queue (state, lane, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- +goose Down
DROP TABLE submissions;

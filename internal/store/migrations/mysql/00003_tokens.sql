-- +goose Up
CREATE TABLE tokens (
    id           VARCHAR(36)  NOT NULL,
    user_id      VARCHAR(36)  NOT NULL,
    hash         CHAR(64)     NOT NULL,
    name         VARCHAR(255) NOT NULL,
    created_at   BIGINT       NOT NULL,
    expires_at   BIGINT       NOT NULL,
    last_used_at BIGINT       NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY hash (hash),
    KEY tokens_user (user_id, created_at),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- +goose Down
DROP TABLE tokens;

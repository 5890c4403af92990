-- +goose Up
CREATE TABLE sessions (
    hash       CHAR(64)     NOT NULL,
    user_id    VARCHAR(36)  NOT NULL,
    created_at BIGINT       NOT NULL,
    expires_at BIGINT       NOT NULL,
    user_agent VARCHAR(256) NOT NULL,
    address    VARCHAR(64)  NOT NULL,
    PRIMARY KEY (hash),
    KEY sessions_expiry (expires_at),
    FOREIGN KEY sessions_user (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- +goose Down
DROP TABLE sessions;

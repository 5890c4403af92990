-- +goose Up
-- What is looked up byte for byte is VARBINARY: the collations that MySQL and MariaDB
-- share take no notice of spaces at the end.
CREATE TABLE users (
    id            VARCHAR(36)  NOT NULL,
    handle        VARCHAR(64)  NOT NULL,
    handle_key    VARBINARY(256) NOT NULL,
    email         VARCHAR(320) NOT NULL,
    email_key     VARBINARY(320)     NULL,
    password_hash VARCHAR(255) NOT NULL,
    role          VARCHAR(16)  NOT NULL,
    plan          VARCHAR(16)  NOT NULL,
    disabled      BOOLEAN      NOT NULL,
    created_at    BIGINT       NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY handle_key (handle_key),
    UNIQUE KEY email_key (email_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- +goose Down
DROP TABLE users;

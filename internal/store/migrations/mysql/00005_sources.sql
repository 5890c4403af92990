-- +goose Up
CREATE TABLE sources (
    submission_id VARCHAR(36) NOT NULL,
    files         MEDIUMBLOB  NOT NULL,
    PRIMARY KEY (submission_id),
    FOREIGN KEY (submission_id) REFERENCES submissions (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- +goose Down
DROP TABLE sources;

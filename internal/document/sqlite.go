package document

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// schema is one table for all collections. Ids compare by bytes, which is the order of Find.
const schema = `CREATE TABLE IF NOT EXISTS documents (
	collection TEXT NOT NULL,
	id         TEXT NOT NULL,
	revision   INTEGER NOT NULL,
	json       TEXT NOT NULL,
	PRIMARY KEY (collection, id)
)`

type sqliteStore struct{ db *sql.DB }

// OpenSQLite opens the store in a SQLite file and creates what is missing. What has been
// written survives a power cut (WAL with a sync on every commit).
func OpenSQLite(ctx context.Context, file string) (Store, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	settings := url.Values{
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
		"_txlock": {"immediate"},
	}
	name := url.URL{Scheme: "file", Path: file, OmitHost: true, RawQuery: settings.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("document: open %s: %w", file, err)
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("document: open %s: %w", file, err), db.Close())
	}
	return &sqliteStore{db}, nil
}

func (s *sqliteStore) Close() error { return s.db.Close() }

func (s *sqliteStore) Insert(ctx context.Context, in Collection, id string, doc any) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("document: insert %s %q: %w", in, id, err)
	}
	result, err := s.db.ExecContext(ctx,
		`INSERT INTO documents (collection, id, revision, json) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING`,
		in, id, string(body))
	return written("insert", in, id, result, err)
}

func (s *sqliteStore) Replace(ctx context.Context, in Collection, id string, revision int64, doc any) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("document: replace %s %q: %w", in, id, err)
	}
	result, err := s.db.ExecContext(ctx,
		`UPDATE documents SET revision = revision + 1, json = ? WHERE collection = ? AND id = ? AND revision = ?`,
		string(body), in, id, revision)
	return written("replace", in, id, result, err)
}

// written makes the error of a statement that should have changed one row.
func written(what string, in Collection, id string, result sql.Result, err error) error {
	if err == nil {
		var rows int64
		if rows, err = result.RowsAffected(); err == nil && rows == 0 {
			err = ErrConflict
		}
	}
	if err != nil {
		return fmt.Errorf("document: %s %s %q: %w", what, in, id, err)
	}
	return nil
}

func (s *sqliteStore) Get(ctx context.Context, in Collection, id string, doc any) (int64, error) {
	var revision int64
	var body []byte
	err := s.db.QueryRowContext(ctx,
		`SELECT revision, json FROM documents WHERE collection = ? AND id = ?`, in, id).Scan(&revision, &body)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal(body, doc)
	}
	if err != nil {
		return 0, fmt.Errorf("document: get %s %q: %w", in, id, err)
	}
	return revision, nil
}

func (s *sqliteStore) Find(ctx context.Context, in Collection, q Query) ([]Document, error) {
	query := `SELECT id, revision, json, coalesce(json_extract(json, '$.title'), '')
		FROM documents WHERE collection = ? AND id > ?`
	args := []any{in, q.After}
	for field, value := range q.Equal {
		// json_each yields a text as one row and a list as a row for each element.
		query += ` AND EXISTS (SELECT 1 FROM json_each(documents.json, ?) AS e WHERE e.type = 'text' AND e.value = ?)`
		args = append(args, `$."`+field+`"`, value)
	}
	query += ` ORDER BY id`
	if q.Limit > 0 && q.Text == "" {
		query += ` LIMIT ?`
		args = append(args, q.Limit)
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("document: find %s: %w", in, err)
	}
	defer rows.Close()
	var found []Document
	for rows.Next() && (q.Limit <= 0 || len(found) < q.Limit) {
		var d Document
		var title string
		if err := rows.Scan(&d.ID, &d.Revision, &d.JSON, &title); err != nil {
			return nil, fmt.Errorf("document: find %s: %w", in, err)
		}
		// SQLite folds the case of ASCII only, so text is looked for here.
		if contains(d.ID, q.Text) || contains(title, q.Text) {
			found = append(found, d)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("document: find %s: %w", in, err)
	}
	return found, nil
}

// contains reports whether text is somewhere in s, whatever its case.
func contains(s, text string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(text))
}

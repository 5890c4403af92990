// Package store keeps the rows that must never be lost: accounts, sessions and tokens,
// submissions with their sources and verdicts. SQLite on one machine, MySQL or MariaDB
// when there are many; the same statements run on both. It is the only package with SQL.
//
// What the statements rely on:
//
//   - Every method is one statement or one transaction. What was read before is checked
//     again by the statement that writes (compare-and-set), never trusted.
//   - Instants are whole microseconds since 1970 UTC in integers, 0 for "not set": equal
//     on both engines, whatever their time zones and formats.
//   - Values travel as parameters and are never written into a statement.
//   - What is compared without regard to case is kept twice, as written and folded.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/deemster-oj/deemster"
)

// Store is a connection to the database. It is safe for use by many goroutines, and a
// database may be used by many processes.
type Store struct {
	write *sql.DB // on SQLite a single connection: writers queue here, not in busy retries
	read  *sql.DB // on MySQL the same as write
	log   *slog.Logger

	// duplicate tells which unique column an insert ran into, and false when err is
	// anything else.
	duplicate func(err error) (column string, ok bool)
	// passing tells whether the same transaction may well succeed when tried again.
	passing func(err error) bool
}

// Open connects to the database that spec names and brings its tables up to date:
// "sqlite:FILE" makes the file if need be; "mysql:DSN" takes a DSN of go-sql-driver,
// such as "mysql:user:password@tcp(db:3306)/deemster".
func Open(ctx context.Context, spec string, log *slog.Logger) (*Store, error) {
	engine, address, _ := strings.Cut(spec, ":")
	s := &Store{log: log}
	var err error
	switch {
	case engine == "sqlite" && address != "":
		err = s.openSQLite(ctx, address)
	case engine == "mysql" && address != "":
		err = s.openMySQL(ctx, address)
	default:
		// The spec may hold a password: only its first word is repeated.
		return nil, fmt.Errorf("store: database %q: want sqlite:FILE or mysql:DSN", engine)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", engine, err), s.Close())
	}
	return s, nil
}

// Close ends all connections. Statements under way are finished first.
func (s *Store) Close() error {
	var errs []error
	if s.read != nil && s.read != s.write {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// Healthy says why the database cannot be used now, or nil.
func (s *Store) Healthy(ctx context.Context) error {
	for _, db := range []*sql.DB{s.read, s.write} {
		if err := db.PingContext(ctx); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	return nil
}

// transactionTries bounds how often a transaction is tried that meets deadlocks.
const transactionTries = 5

// inTransaction runs f in a transaction, and again when the engine chose it as the
// victim of a deadlock. f must have no effect outside its transaction.
func (s *Store) inTransaction(ctx context.Context, f func(*sql.Tx) error) error {
	for try := 1; ; try++ {
		err := s.tryTransaction(ctx, f)
		if err == nil || try == transactionTries || !s.passing(err) {
			return err
		}
	}
}

func (s *Store) tryTransaction(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // what it could say, err says better
		return err
	}
	return tx.Commit()
}

// change runs one statement and tells how many rows it matched.
func (s *Store) change(ctx context.Context, statement string, args ...any) (int, error) {
	result, err := s.write.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// collect reads all rows of a query, each into the fields of a T. No rows are an empty
// list.
func collect[T any](ctx context.Context, s *Store, fields func(*T) []any, query string, args ...any) ([]T, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		var one T
		if err := rows.Scan(fields(&one)...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// absent turns "no rows" into the error that people see.
func absent(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return &deemster.Error{Kind: deemster.NotFound, Title: "no such " + what, Cause: err}
	}
	return err
}

// cut shortens text of strangers to what its column takes, at a rune's end.
func cut(s string, atMost int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= atMost {
		return s
	}
	return strings.ToValidUTF8(s[:atMost], "")
}

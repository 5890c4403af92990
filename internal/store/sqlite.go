package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"golang.org/x/sys/unix"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteReaders bounds the connections that read a SQLite file at one time.
const sqliteReaders = 8

// openSQLite opens the file twice: one connection that writes and a pool that reads. In
// WAL mode readers see the last commit and wait for nobody.
func (s *Store) openSQLite(ctx context.Context, file string) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	if err := createPrivate(file); err != nil {
		return err
	}
	s.duplicate, s.passing = sqliteDuplicate, sqlitePassing
	if s.write, err = sql.Open("sqlite", sqliteAddress(file)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := migrateSQLite(ctx, s.write, filepath.Dir(file)); err != nil {
		return err
	}
	if s.read, err = sql.Open("sqlite", sqliteAddress(file, "query_only(1)")); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(sqliteReaders)
	s.read.SetMaxIdleConns(sqliteReaders)
	return errors.Join(checkPragmas(ctx, s.write), checkPragmas(ctx, s.read))
}

// createPrivate makes the file, if it is not there, readable by us alone; SQLite gives
// its side files the same mode. One that is there is not opened: closing it again would
// end the locks that another connection of this process has on it.
func createPrivate(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteAddress is the URI of the file with the settings that durability rests on.
// Transactions take the write lock when they begin: one that upgrades from reading
// fails at once when another has written meanwhile, and no waiting helps it.
func sqliteAddress(file string, pragmas ...string) string {
	pragmas = append([]string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
	}, pragmas...)
	query := url.Values{"_txlock": {"immediate"}, "_pragma": pragmas}
	address := url.URL{Scheme: "file", Path: file, RawQuery: query.Encode()}
	return address.String()
}

// checkPragmas asks the engine what it made of our settings: it ignores those that it
// does not know or cannot follow (WAL on a network file system).
func checkPragmas(ctx context.Context, db *sql.DB) error {
	for _, want := range []struct{ pragma, value string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"busy_timeout", "10000"},
	} {
		var got string
		if err := db.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&got); err != nil {
			return err
		}
		if got != want.value {
			return fmt.Errorf("PRAGMA %s is %q, want %q: without it a crash may lose rows; is the file on a local disk?", want.pragma, got, want.value)
		}
	}
	return nil
}

// migrateSQLite lets one process at a time migrate. The lock is on the directory: one
// on the file itself would fall with the first descriptor that SQLite closes.
func migrateSQLite(ctx context.Context, db *sql.DB, dir string) (err error) {
	lock, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if err := flock(int(lock.Fd())); err != nil {
		return fmt.Errorf("lock %s: %w", dir, err)
	}
	return migrate(ctx, goose.DialectSQLite3, db)
}

// flock waits for the lock, whatever signals interrupt it.
func flock(descriptor int) error {
	for {
		if err := unix.Flock(descriptor, unix.LOCK_EX); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

func sqliteDuplicate(err error) (string, bool) {
	var e *sqlite.Error
	if !errors.As(err, &e) || e.Code() != sqlite3.SQLITE_CONSTRAINT_UNIQUE && e.Code() != sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
		return "", false
	}
	// "constraint failed: UNIQUE constraint failed: users.email_key (2067)"; of several
	// columns the last.
	text := strings.TrimSuffix(e.Error(), fmt.Sprintf(" (%d)", e.Code()))
	return text[strings.LastIndexByte(text, '.')+1:], true
}

func sqlitePassing(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

package store

import (
	"database/sql"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Settings that durability rests on are asked for, and a database without them is refused.
func TestPragmas(t *testing.T) {
	for _, test := range []struct{ ours, other string }{
		{"journal_mode(WAL)", "journal_mode(DELETE)"}, {"synchronous(FULL)", "synchronous(NORMAL)"},
		{"foreign_keys(1)", "foreign_keys(0)"}, {"busy_timeout(10000)", "busy_timeout(1)"},
	} {
		address := sqliteAddress(filepath.Join(t.TempDir(), "rows.db"))
		db, err := sql.Open("sqlite", strings.Replace(address, url.QueryEscape(test.ours), url.QueryEscape(test.other), 1))
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(test.ours, "(")
		if err := checkPragmas(t.Context(), db); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("with %s: %v", test.other, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The file and those beside it hold password hashes.
func TestFileIsPrivate(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(dir, "rows.db"), slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s has mode %o", f.Name(), mode)
		}
	}
}

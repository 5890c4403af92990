package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// The migrations of both engines have the same numbers and meaning. Each of MySQL's
// holds one statement that changes tables, because MySQL commits after every such
// statement and could leave half of two.
//
//go:embed migrations
var migrations embed.FS

// migrate brings the tables up to date. The caller sees to it that only one process
// does so at a time. A database from a newer version of this program is refused.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB) error {
	dir := "migrations/sqlite"
	if dialect == goose.DialectMySQL {
		dir = "migrations/mysql"
	}
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	is, ours, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if is > ours {
		return errors.New("the database was made by a newer version of deemster: update this one")
	}
	return nil
}

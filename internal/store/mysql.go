package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
)

// Connections to one MySQL server from one process.
const (
	mysqlConnections = 32
	mysqlIdle        = 8
	mysqlLifetime    = 5 * time.Minute // below the server's and most proxies' own
)

// openMySQL opens a pool on a server that speaks MySQL's protocol. Settings that the
// statements rely on are ours, whatever the DSN says.
func (s *Store) openMySQL(ctx context.Context, dsn string) error {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return errors.New("the DSN cannot be read: want USER:PASSWORD@tcp(HOST:PORT)/DATABASE")
	}
	if config.DBName == "" {
		return errors.New("the DSN names no database: want USER:PASSWORD@tcp(HOST:PORT)/DATABASE")
	}
	config.ParseTime = true
	config.Loc = time.UTC
	config.ClientFoundRows = true   // a compare-and-set that matched and changed nothing has won
	config.InterpolateParams = true // escaped by the driver, in one round trip instead of two
	config.MultiStatements = false
	if config.Timeout == 0 {
		config.Timeout = 10 * time.Second
	}
	if err := config.Apply(mysql.Charset("utf8mb4", "utf8mb4_bin")); err != nil {
		return err
	}
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params["time_zone"] = "'+00:00'"
	config.Params["sql_mode"] = "'TRADITIONAL'" // what does not fit is an error, not cut

	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	s.duplicate, s.passing = mysqlDuplicate, mysqlPassing
	s.write = sql.OpenDB(connector)
	s.read = s.write
	s.write.SetMaxOpenConns(mysqlConnections)
	s.write.SetMaxIdleConns(mysqlIdle)
	s.write.SetConnMaxLifetime(mysqlLifetime)
	return migrateMySQL(ctx, s.write)
}

// migrationLockWait is how long a process waits for another's migrations, in seconds.
const migrationLockWait = 300

// migrateMySQL lets one process at a time migrate a database. The lock belongs to a
// connection, so it falls when its holder dies. It is taken here and not by goose, which
// makes its table of versions before it takes a lock.
func migrateMySQL(ctx context.Context, db *sql.DB) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	// Names are of the whole server and at most 64 characters.
	const name = "CONCAT('deemster.', MD5(DATABASE()))"
	var answer sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK("+name+", ?)", migrationLockWait).Scan(&answer); err != nil {
		return fmt.Errorf("lock for migrations: %w", err)
	}
	if answer.Int64 != 1 {
		return fmt.Errorf("another process has been migrating this database for %d s", migrationLockWait)
	}
	defer func() {
		release := conn.QueryRowContext(context.WithoutCancel(ctx), "SELECT RELEASE_LOCK("+name+")")
		err = errors.Join(err, release.Scan(&answer))
	}()
	return migrate(ctx, goose.DialectMySQL, db)
}

// Error numbers of MySQL and MariaDB.
const (
	mysqlDuplicateEntry  = 1062
	mysqlLockWaitTimeout = 1205
	mysqlDeadlock        = 1213
)

// mysqlDuplicate relies on unique keys being named like the column they end with. The
// key's name ends the message; what comes before may be a stranger's text.
func mysqlDuplicate(err error) (string, bool) {
	var e *mysql.MySQLError
	if !errors.As(err, &e) || e.Number != mysqlDuplicateEntry {
		return "", false
	}
	key := strings.TrimSuffix(e.Message, "'")
	key = key[strings.LastIndexByte(key, '\'')+1:]
	return key[strings.LastIndexByte(key, '.')+1:], true
}

func mysqlPassing(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && (e.Number == mysqlDeadlock || e.Number == mysqlLockWaitTimeout)
}

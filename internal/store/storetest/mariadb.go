// Package storetest starts a MariaDB server for tests, so that what runs on SQLite is
// shown to run on the other engine too.
package storetest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql" // the driver that asks whether the server is up
)

// startTimeout is how long a server may take to make its files and listen.
const startTimeout = time.Minute

// MariaDB makes an empty database, dropped when the test ends, and returns its spec:
// "mysql:…". The server is one for the test process: it listens on a socket in a
// directory of its own and ends with the process, however that ends. A machine
// without MariaDB fails the test.
func MariaDB(t testing.TB) (spec string) {
	t.Helper()
	socket, err := server()
	if err != nil {
		t.Fatalf("storetest: MariaDB: %v", err)
	}
	databases.Lock()
	databases.made++
	name := fmt.Sprintf("deemster_%d", databases.made)
	databases.Unlock()
	run := func(statement string) {
		db, err := sql.Open("mysql", "root@unix("+socket+")/")
		if err == nil {
			_, err = db.Exec(statement)
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Fatalf("storetest: %s: %v", statement, err)
		}
	}
	run("CREATE DATABASE " + name)
	t.Cleanup(func() { run("DROP DATABASE " + name) })
	return "mysql:root@unix(" + socket + ")/" + name
}

var databases struct {
	sync.Mutex
	made int
}

var server = sync.OnceValues(start)

// start runs a server on an empty directory. It makes the files it needs; tables of
// accounts it does without, since only we can reach the socket.
func start() (socket string, err error) {
	const program = "/usr/sbin/mariadbd"
	if _, err := os.Stat(program); err != nil {
		return "", fmt.Errorf("%w: apt-get install mariadb-server-core", err)
	}
	me, err := user.Current()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "mariadb-") // short: a socket's path is at most 107 bytes
	if err != nil {
		return "", err
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return "", err
	}
	socket = filepath.Join(dir, "socket")
	err = keepRunning(dir, program, "--no-defaults", "--user="+me.Username, "--datadir="+data,
		"--socket="+socket, "--pid-file="+filepath.Join(dir, "pid"), "--skip-networking", "--skip-grant-tables",
		"--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M")
	if err != nil {
		return "", err
	}
	return socket, waitFor(socket, filepath.Join(dir, "log"))
}

// keepRunning runs command until this process ends, and then removes dir. A shell
// watches over it, reading from a pipe that ends with us even when we are killed.
func keepRunning(dir string, command ...string) error {
	const watch = `dir=$1; shift
"$@" >"$dir/log" 2>&1 </dev/null & server=$!
cat >/dev/null
kill -9 $server; wait $server 2>/dev/null; rm -rf "$dir"`
	shell := exec.Command("sh", append([]string{"-c", watch, "sh", dir}, command...)...)
	alive, err := shell.StdinPipe()
	if err != nil {
		return err
	}
	if err := shell.Start(); err != nil {
		return err
	}
	held = alive
	return nil
}

// held is never closed: the kernel does when this process ends.
var held io.WriteCloser

// waitFor returns when the server answers.
func waitFor(socket, log string) error {
	db, err := sql.Open("mysql", "root@unix("+socket+")/")
	if err != nil {
		return err
	}
	defer db.Close()
	for deadline := time.Now().Add(startTimeout); ; time.Sleep(20 * time.Millisecond) {
		if err = db.Ping(); err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(log)
			return fmt.Errorf("no answer within %s: %w\n%s", startTimeout, err, said)
		}
	}
}

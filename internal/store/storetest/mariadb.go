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
	s, err := running()
	if err != nil {
		t.Fatalf("storetest: MariaDB: %v", err)
	}
	databases.Lock()
	databases.made++
	name := fmt.Sprintf("deemster_%d", databases.made)
	databases.Unlock()
	run := func(statement string) {
		db, err := sql.Open("mysql", "root@unix("+s.socket+")/")
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
	return "mysql:root@unix(" + s.socket + ")/" + name
}

var databases struct {
	sync.Mutex
	made int
}

// server is the running server. Its pipe is never closed: the kernel does that when this
// process ends, and the server ends with it.
type server struct {
	socket string
	alive  io.WriteCloser
}

var running = sync.OnceValues(start)

// start runs a server on an empty directory. It makes the files it needs; tables of
// accounts it does without, since only we can reach the socket.
func start() (*server, error) {
	const program = "/usr/sbin/mariadbd"
	if _, err := os.Stat(program); err != nil {
		return nil, fmt.Errorf("%w: apt-get install mariadb-server-core", err)
	}
	me, err := user.Current()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mariadb-") // short: a socket's path is at most 107 bytes
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return nil, err
	}
	socket := filepath.Join(dir, "socket")
	alive, err := keepRunning(dir, program, "--no-defaults", "--user="+me.Username, "--datadir="+data,
		"--socket="+socket, "--pid-file="+filepath.Join(dir, "pid"), "--skip-networking", "--skip-grant-tables",
		"--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M")
	if err != nil {
		return nil, err
	}
	return &server{socket, alive}, waitFor(socket, filepath.Join(dir, "log"))
}

// keepRunning runs command until the pipe that it returns is closed, and then removes dir.
// A shell watches over it, reading from that pipe, which ends with us even when we are
// killed.
func keepRunning(dir string, command ...string) (alive io.WriteCloser, err error) {
	const watch = `dir=$1; shift
"$@" >"$dir/log" 2>&1 </dev/null & server=$!
cat >/dev/null
kill -9 $server; wait $server 2>/dev/null; rm -rf "$dir"`
	shell := exec.Command("sh", append([]string{"-c", watch, "sh", dir}, command...)...)
	if alive, err = shell.StdinPipe(); err != nil {
		return nil, err
	}
	return alive, shell.Start()
}

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

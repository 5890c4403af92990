package native_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

func TestSmoke(t *testing.T) {
	e, err := native.New(native.Config{Pool: 2, Log: slog.Default()})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	t.Log(e.Name())
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.WriteFile("main.c", []byte("#include <stdio.h>\nint main(){printf(\"hi\\n\");}\n")); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) {
		var out bytes.Buffer
		s := time.Now()
		o, err := b.Run(t.Context(), sandbox.Command{Args: args, Stdout: &out, MergeOutput: true, Limits: deemster.CompileLimits})
		t.Logf("%v: %+v %v %s %q", args, o, err, time.Since(s), out.String())
	}
	run("/usr/bin/gcc", "-O2", "-o", "main", "main.c")
	run("/bin/sh", "-c", "id; ls -la / /code /scratch /proc /dev; cat /proc/self/status | grep -i -E 'cap|seccomp|nonew|uid'; hostname; ls -l /proc/self/fd; ps aux; cat /proc/self/mountinfo")
	b.Seal()
	run("/code/main")
	run("/code/main")
	run("/bin/sh", "-c", "touch /code/x; touch a /tmp/b /dev/shm/c; ls /scratch; sleep 3 & sleep 3 &")
	run("/bin/sh", "-c", "ls -la /scratch; python3 -c 'import os; print(os.getpid())'")
	run("/code/none")
}

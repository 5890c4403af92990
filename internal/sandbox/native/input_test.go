package native_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
)

// A prisoner reads his input from where the file was open, and cannot change the file:
// also when he is the user it belongs to, who may open it anew through /proc.
func TestInputCannotBeChanged(t *testing.T) {
	e := open(t, 0)
	path := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, []byte("first\nsecond\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	input, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	if _, err := input.Seek(int64(len("first\n")), 0); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	o := boxtest.Run(t, boxtest.Box(t, e), sandbox.Command{
		Args:  []string{"/bin/sh", "-c", "read line; echo $line; echo changed >/proc/self/fd/0; echo changed >>/dev/stdin; chmod 777 /proc/self/fd/0"},
		Stdin: input, Stdout: &out, KeepStderr: 4096, Limits: deemster.DefaultLimits,
	})
	if o.Ending != sandbox.Exited || out.String() != "second\n" {
		t.Errorf("%s, %q, %q", boxtest.Ending(o), out.String(), o.Stderr)
	}
	content, err := os.ReadFile(path)
	if err != nil || string(content) != "first\nsecond\n" {
		t.Errorf("the file is now %q, %v", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o644 {
		t.Errorf("its mode is now %v, %v", info.Mode(), err)
	}
}

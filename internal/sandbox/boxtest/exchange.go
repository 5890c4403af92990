package boxtest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// exchange is the contract of what is given to runs and taken from them.
func exchange(t *testing.T, e sandbox.Engine) {
	t.Run("given-and-taken", func(t *testing.T) { givenAndTaken(t, e) })
	t.Run("given-is-a-copy", func(t *testing.T) { givenIsACopy(t, e) })
	t.Run("given-takes-no-room", func(t *testing.T) { givenTakesNoRoom(t, e) })
	t.Run("hostile-files-are-not-taken", func(t *testing.T) { hostileTaken(t, e) })
	t.Run("only-plain-names", func(t *testing.T) { plainNames(t, e) })
}

// script is a command of the shell, with lenient limits.
func script(text string) sandbox.Command {
	limits := deemster.DefaultLimits
	limits.CPU, limits.Wall = 20*deemster.DefaultLimits.CPU, 20*deemster.DefaultLimits.Wall
	return sandbox.Command{Args: []string{"/bin/sh", "-c", text}, KeepStderr: 4096, Limits: limits}
}

// fileOf makes a file of the host that nothing in a box can see.
func fileOf(t testing.TB, content string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func givenAndTaken(t *testing.T, e sandbox.Engine) {
	input, answer := fileOf(t, "1 2\n"), fileOf(t, "3\n")
	if _, err := answer.Seek(1, 0); err != nil { // where it stands does not matter
		t.Fatal(err)
	}
	for _, sealed := range []bool{false, true, true} {
		b := Box(t, e)
		if !sealed {
			var err error
			if b, err = e.NewBox(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer b.Close()
		}
		for range 2 { // nothing of the first is in the second
			var score, all, cut, none bytes.Buffer
			c := script("cd /scratch && ls . * && cat input sub/answer > feedback/all && cp feedback/all feedback/cut && printf 0.5 > score.txt")
			c.Give = []sandbox.Given{{Name: "input", File: input}, {Name: "sub/answer", File: answer}, {Name: "feedback/old", File: answer}}
			c.Take = []sandbox.Taken{
				{Name: "score.txt", Limit: 100, To: &score}, {Name: "feedback/all", Limit: 100, To: &all},
				{Name: "feedback/cut", Limit: 5, To: &cut}, {Name: "other/none", Limit: 100, To: &none},
			}
			var out bytes.Buffer
			c.Stdout = &out
			o := Run(t, b, c)
			const list = "input\n\n.:\nfeedback\ninput\nother\nsub\n\nfeedback:\nold\n\nother:\n\nsub:\nanswer\n"
			if Ending(o) != "exit 0" || out.String() != list {
				t.Fatalf("%s, %q, %q", Ending(o), out.String(), o.Stderr)
			}
			if got := []string{score.String(), all.String(), cut.String(), none.String()}; strings.Join(got, "|") != "0.5|1 2\n3\n|1 2\n3|" {
				t.Errorf("taken: %q", got)
			}
		}
		o := Run(t, b, script("test -z \"$(ls -A /scratch)\""))
		if Ending(o) != "exit 0" {
			t.Errorf("something is left: %s, %q", Ending(o), o.Stderr)
		}
	}
	if position, err := answer.Seek(0, 1); err != nil || position != 1 {
		t.Errorf("the given file stands at %d now, %v", position, err)
	}
}

// givenIsACopy has a prisoner do to what he was given whatever he can.
func givenIsACopy(t *testing.T, e sandbox.Engine) {
	b := Box(t, e)
	given := fileOf(t, "original\n")
	for range 2 {
		var taken bytes.Buffer
		c := script("cd /scratch; test \"$(cat input)\" = original || exit 9; (echo more >> input) 2>/dev/null && exit 8; rm input; mkdir input; rm -r dir; echo changed > dir; ln -s dir late; exit 0")
		c.Give = []sandbox.Given{{Name: "input", File: given}, {Name: "dir/input", File: given}}
		c.Take = []sandbox.Taken{{Name: "dir/input", Limit: 100, To: &taken}}
		// A box whose prisoner is the judge's own user cannot keep him from writing to his copy.
		if o := Run(t, b, c); Ending(o) != "exit 0" && (Ending(o) != "exit 8" || !strings.Contains(e.Name(), "one id")) {
			t.Fatalf("%s, %q", Ending(o), o.Stderr)
		}
		if taken.Len() > 0 {
			t.Errorf("taken: %q", taken.String())
		}
	}
	if content, err := os.ReadFile(given.Name()); err != nil || string(content) != "original\n" {
		t.Errorf("the file is now %q, %v", content, err)
	}
}

// givenTakesNoRoom gives a file larger than all that the run may have.
func givenTakesNoRoom(t *testing.T, e sandbox.Engine) {
	b := Box(t, e)
	const size = 100 * deemster.MiB
	given := fileOf(t, "")
	if err := os.Truncate(given.Name(), int64(size)); err != nil { // zeros; a copy takes memory all the same
		t.Fatal(err)
	}
	c := script(fmt.Sprintf("cd /scratch; test $(wc -c < big/given) = %d && head -c 4000000 big/given > big/own && test $(wc -c < big/own) = 4000000", size))
	c.Limits.Memory = 32 * deemster.MiB
	c.Give = []sandbox.Given{{Name: "big/given", File: given}}
	o := Run(t, b, c)
	if Ending(o) != "exit 0" || o.Memory > 32*deemster.MiB {
		t.Errorf("%s, %v, %q", Ending(o), o.Memory, o.Stderr)
	}
	// What the prisoner himself may have stays what it is.
	c = script(fmt.Sprintf("cd /scratch; head -c %d /dev/zero > a && ! head -c %[1]d /dev/zero > b", deemster.MaxScratch-2*deemster.MiB))
	c.Give = []sandbox.Given{{Name: "given", File: given}}
	if o := Run(t, b, c); Ending(o) != "exit 0" {
		t.Errorf("more room than allowed, or less: %s, %q", Ending(o), o.Stderr)
	}
}

// hostileTaken has a prisoner put everything but a file in the place of what is taken.
func hostileTaken(t *testing.T, e sandbox.Engine) {
	b := Box(t, e)
	for _, text := range []string{
		"ln -s /etc/passwd out/x",
		"ln -s ../secret out/x; echo secret > secret",
		"rmdir out; ln -s /etc out; ln -s passwd x",
		"rmdir out; echo file > out",
		"rmdir out",
		"mkfifo out/x 2>/dev/null; true", // engines refuse it, and if not
		"mkdir out/x",
		"mknod out/x c 1 5 2>/dev/null; true",
		"rmdir out; mkdir -m 0 out; ln -s /proc/self/environ x",
	} {
		var taken bytes.Buffer
		c := script("cd /scratch; " + text)
		c.Take = []sandbox.Taken{{Name: "out/x", Limit: 1000, To: &taken}}
		if o := Run(t, b, c); Ending(o) != "exit 0" {
			t.Errorf("%s: %s, %q", text, Ending(o), o.Stderr)
		}
		if taken.Len() > 0 {
			t.Errorf("%s: taken %.100q", text, taken.String())
		}
	}
	// Files that cost: the beginning is taken, and no more.
	for _, text := range []string{
		"dd if=/dev/zero of=out/x bs=1 count=1 seek=60M 2>/dev/null",
		"head -c 50000000 /dev/zero > out/x",
		"head -c 2000 /dev/zero > out/x; chmod 0 out/x out .",
	} {
		var taken bytes.Buffer
		c := script("cd /scratch; " + text)
		c.Take = []sandbox.Taken{{Name: "out/x", Limit: 1000, To: &taken}}
		if o := Run(t, b, c); Ending(o) != "exit 0" || taken.Len() != 1000 {
			t.Errorf("%s: %s, %q, %d bytes taken", text, Ending(o), o.Stderr, taken.Len())
		}
	}
}

func plainNames(t *testing.T, e sandbox.Engine) {
	b := Box(t, e)
	file := fileOf(t, "x")
	names := []string{"", ".", "..", "/", "/x", "x/", "../x", "a/..", "./x", "a/b/c", "a//b", "a\x00b"}
	for _, name := range names {
		give, take := script("true"), script("true")
		give.Give = []sandbox.Given{{Name: name, File: file}}
		take.Take = []sandbox.Taken{{Name: name, Limit: 1, To: &bytes.Buffer{}}}
		for _, c := range []sandbox.Command{give, take} {
			if _, err := b.Run(t.Context(), c); err == nil {
				t.Errorf("%q was allowed", name)
			}
		}
	}
	c := script("true")
	c.Give = []sandbox.Given{{Name: "a", File: file}, {Name: "a", File: file}}
	if _, err := b.Run(t.Context(), c); err == nil {
		t.Error("one name was given twice")
	}
	if o := Run(t, b, script("true")); Ending(o) != "exit 0" {
		t.Errorf("the box is of no use any more: %s", Ending(o))
	}
}

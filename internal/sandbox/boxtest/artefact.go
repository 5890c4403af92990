package boxtest

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
)

// artefacts is the contract of what is carried from one box's /code to another's.
func artefacts(t *testing.T, e sandbox.Engine) {
	t.Run("carried", func(t *testing.T) { carried(t, e) })
	t.Run("hostile-code-is-not-carried", func(t *testing.T) { notCarried(t, e) })
	t.Run("only-between-sealed-and-fresh", func(t *testing.T) { sealedAndFresh(t, e) })
}

// built makes a box with what a script leaves in /code, sealed, and opens that.
func built(t *testing.T, e sandbox.Engine, text string) (b sandbox.Box, write func() ([]byte, error)) {
	t.Helper()
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	if err := b.WriteFile("source", []byte("source\n")); err != nil {
		t.Fatal(err)
	}
	if o := Run(t, b, script(text)); Ending(o) != "exit 0" {
		t.Fatalf("%s: %s, %q", text, Ending(o), o.Stderr)
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	code, err := b.Code()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = code.Close() })
	return b, func() ([]byte, error) {
		var archive bytes.Buffer
		err := artefact.Write(code, &archive)
		return archive.Bytes(), err
	}
}

// loaded makes a sealed box with a carried artefact.
func loaded(t *testing.T, e sandbox.Engine, archive []byte) sandbox.Box {
	t.Helper()
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	if err := errors.Join(b.Load(bytes.NewReader(archive)), b.Seal()); err != nil {
		t.Fatal(err)
	}
	return b
}

func carried(t *testing.T, e sandbox.Engine) {
	first, write := built(t, e, `set -e
		mkdir -p "sub/strange
name" private; printf '#!/bin/sh\necho ran\n' > sub/program; chmod 755 sub/program; : > 'sub/strange
name/ -rf * é'; echo hidden > private/file; chmod 700 private; chmod 600 private/file
		cp sub/program suid; chmod 6755 suid; echo old > old; touch -t 200109090146 old`)
	// The times of directories are nobody's business, and what has set-user-id loses it.
	const look = "cd /code; find . -type d -exec stat -c '%n %a' {} + | sort; find . -type f -exec stat -c '%n %a %s %y' {} + | sort; cat private/file; sub/program"
	list := func(b sandbox.Box) string {
		var out bytes.Buffer
		c := script(look)
		c.Stdout = &out
		if o := Run(t, b, c); Ending(o) != "exit 0" {
			t.Fatalf("%s, %q", Ending(o), o.Stderr)
		}
		return out.String()
	}
	before := list(first)
	archive, err := write()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := write() // of a box that is no more
	if err != nil || !bytes.Equal(archive, again) {
		t.Errorf("after Close it is another: %v", err)
	}
	for range 2 {
		b := loaded(t, e, archive)
		after := list(b)
		if after != strings.Replace(before, " 6755 ", " 755 ", 1) || !strings.Contains(after, "2001-09-09 01:46:00") {
			t.Errorf("it was\n%s\nand is\n%s", before, after)
		}
		if o := Run(t, b, script("echo changed > /code/old || rm /code/old || touch /code/new")); Ending(o) == "exit 0" {
			t.Error("what was carried can be changed")
		}
	}
}

// notCarried has compilers leave what must not be read, or not be copied.
func notCarried(t *testing.T, e sandbox.Engine) {
	for _, text := range []string{
		"ln -s /etc/passwd program",
		"ln -s source program",
		"mkdir d; ln -s .. d/up",
		"mkfifo fifo 2>/dev/null || ln -s fifo fifo",
		"i=0; while [ $i -lt 2100 ]; do : > f$i; i=$((i+1)); done",
		"i=0; while [ $i -lt 20 ]; do mkdir d; cd d; i=$((i+1)); done",
		"dd if=/dev/zero of=sparse bs=1 count=1 seek=200M 2>/dev/null",
		`: > "$(printf 'a\377')"`,
	} {
		_, write := built(t, e, text)
		if archive, err := write(); !errors.Is(err, artefact.ErrUnfit) {
			t.Errorf("%s: carried %d bytes, %v", text, len(archive), err)
		}
	}
}

func sealedAndFresh(t *testing.T, e sandbox.Engine) {
	_, write := built(t, e, "true")
	archive, err := write()
	if err != nil {
		t.Fatal(err)
	}
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if code, err := b.Code(); err == nil {
		_ = code.Close()
		t.Error("/code was opened before it was sealed")
	}
	if err := b.Load(bytes.NewReader(archive[:len(archive)/2])); err == nil {
		t.Error("half an artefact was loaded")
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := b.Load(bytes.NewReader(archive)); err == nil {
		t.Error("loaded after the seal")
	}
}

package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"deemster": main})
}

// The scripts in testdata are command lines and what they must print.
func TestScripts(t *testing.T) {
	cache, err := lang.DefaultCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("DEEMSTER_LANGUAGE_CACHE", cache)
			return nil
		},
		Condition: func(name string) (bool, error) {
			return name == "root" && os.Geteuid() == 0, nil
		},
	})
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain\n\ttext":       "plain\n\ttext",
		"ümlaut €":            "ümlaut €",
		"\x1b[31m\a\x00\r":    `\x1b[31m\x07\x00\x0d`,
		"a\xffb":              `a\xffb`,
		"\u202egnp.exe\u009b": `\u202egnp.exe\u009b`,
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %s, want %s", in, got, want)
		}
	}
	if got := indented("a\nb\n\n", "  "); got != "  a\n  b\n" {
		t.Errorf("indented = %q", got)
	}
}

func TestLimitFlags(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"2": 2 * time.Second, "0.25": 250 * time.Millisecond, "1.5s": 1500 * time.Millisecond, "900ms": 900 * time.Millisecond,
		"": 0, "0": 0, "-1": 0, "NaN": 0, "1e9": 0, "Inf": 0, "2 s": 0, "3h": 0,
	} {
		var s seconds
		err := s.UnmarshalText([]byte(in))
		if (err == nil) != (want > 0) || time.Duration(s) != want {
			t.Errorf("time limit %q = %v, %v; want %v", in, time.Duration(s), err, want)
		}
	}
	for in, want := range map[string]deemster.Bytes{
		"256MiB": 256 * deemster.MiB, "1 GiB": deemster.GiB, "64": 0, "-1": 0, "lots": 0,
	} {
		var m memory
		if err := m.UnmarshalText([]byte(in)); (err == nil) != (want > 0) || err == nil && deemster.Bytes(m) != want {
			t.Errorf("memory limit %q = %v, %v; want %v", in, deemster.Bytes(m), err, want)
		}
	}
}

func TestReadSourcesRefuses(t *testing.T) {
	big := t.TempDir() + "/big.py"
	if err := os.WriteFile(big, []byte(strings.Repeat("#", int(deemster.MaxSource))), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readSources([]string{big}); err != nil {
		t.Errorf("a source of %v: %v", deemster.MaxSource, err)
	}
	for name, paths := range map[string][]string{
		"in all": {big, os.Args[0]}, "files": make([]string, deemster.MaxFiles+1),
	} {
		if _, err := readSources(paths); deemster.KindOf(err) != deemster.TooLarge {
			t.Errorf("%s: err = %v, want TooLarge", name, err)
		}
	}
}

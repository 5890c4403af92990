package native

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

func TestIdentitiesInAUserNamespace(t *testing.T) {
	for name, c := range map[string]struct {
		uids, gids string
		want       identities
	}{
		"the machine's":             {"0 0 4294967295\n", "0 0 4294967295\n", identities{first: rootFirstID, boxes: rootBoxes}},
		"one id":                    {"0 1000 1\n", "0 1000 1\n", identities{}},
		"lent ids":                  {"0 1000 1\n1 100000 65536\n", "0 1000 1\n1 100000 65536\n", identities{first: 32769, boxes: 2048}},
		"a container's":             {"0 100000 65536\n", "0 100000 65536\n", identities{first: 32768, boxes: 2048}},
		"fewer groups":              {"0 1000 1\n1 100000 65536\n", "0 1000 1\n1 100000 64\n", identities{first: 33, boxes: 2}},
		"no groups":                 {"0 1000 1\n1 100000 65536\n", "0 1000 1\n", identities{}},
		"too few":                   {"0 1000 1\n1 100000 31\n", "0 1000 1\n1 100000 31\n", identities{}},
		"more than there are boxes": {"1 1 1000000000\n", "1 1 1000000000\n", identities{first: 500000001, boxes: rootBoxes}},
	} {
		if got := identitiesIn(c.uids, c.gids); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestLentIdentities(t *testing.T) {
	me := strconv.Itoa(os.Geteuid())
	for name, c := range map[string]struct{ text, first, count string }{
		"nothing":      {"", "", ""},
		"another's":    {"somebody:100000:65536\n", "", ""},
		"mine":         {"somebody:100000:65536\n" + me + ":165536:65536\n", "165536", "65536"},
		"the larger":   {me + ":100000:10\n" + me + ":200000:65536\n", "200000", "65536"},
		"broken lines": {me + ":100000\n" + me + ":1:x\n\n" + me + ":7:100\n", "7", "100"},
		"no newline":   {me + ":100000:65536", "100000", "65536"},
	} {
		file := filepath.Join(t.TempDir(), "subuid")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		first, count, err := lent(file)
		if first != c.first || count != c.count || (err == nil) != (c.first != "") {
			t.Errorf("%s: %q, %q, %v", name, first, count, err)
		}
	}
}

package deemster_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/deemster-oj/deemster"

// rule forbids edges between packages. A name is that of a package, without the module's
// path when it is ours; with "…" at its end it stands for all that is named so far.
type rule struct {
	who    []string // who must not import
	except []string // of those, who may
	what   []string // what must not be imported
	unless []string // of that, what may
	why    string
}

// stdlib stands for every package of the standard library.
const stdlib = "std"

// everything stands for every package.
const everything = "*"

var rules = []rule{
	{
		who: []string{"."}, what: []string{everything}, unless: []string{stdlib},
		why: "everybody imports the nouns, so the nouns import nobody",
	},
	{
		who:  []string{"internal/gateway…", "internal/catalog…", "internal/submission…", "internal/executor…"},
		what: []string{"internal/gateway…", "internal/catalog…", "internal/submission…", "internal/executor…"},
		why:  "roles meet on the bus and nowhere else; then any of them can run on another machine",
	},
	{
		who: []string{everything}, except: []string{"cmd/…", "internal/sitetest"}, what: []string{"internal/app"},
		why: "the wiring knows everybody, and nobody knows the wiring",
	},
	{
		who: []string{everything}, except: []string{"internal/bus…"}, what: []string{"github.com/nats-io/…"},
		why: "only the bus names a subject or knows what carries it",
	},
	{
		who: []string{everything}, except: []string{"internal/store…", "internal/document…"},
		what: []string{"database/sql…", "github.com/uptrace/bun…", "github.com/pressly/goose/…", "github.com/go-sql-driver/…", "modernc.org/sqlite…"},
		why:  "SQL is written in two places: the rows, and the documents that live in a SQLite file",
	},
	{
		who: []string{"internal/executor…", "internal/judge…", "internal/build…", "internal/sandbox…"}, what: []string{"internal/store…", "internal/document…"},
		why: "who runs strangers' programs holds no database password",
	},
	{
		who: []string{"internal/gateway…", "internal/catalog…", "internal/submission…"}, what: []string{"internal/sandbox…", "internal/judge…", "internal/build…"},
		why: "only an executor runs anything",
	},
	{
		who: []string{"internal/judge…", "internal/build…"}, what: []string{"internal/bus…", "internal/blob…"},
		why: "judging is the same from the command line, without a server",
	},
	{
		who: []string{"internal/sandbox…"}, what: []string{"internal/…"}, unless: []string{"internal/sandbox…"},
		why: "the box knows commands and limits, and nothing of what is judged in it",
	},
	{
		who:  []string{"internal/checker…", "internal/lang…", "internal/pack…", "internal/scoring…", "internal/signature…"},
		what: []string{"internal/…"},
		unless: []string{
			"internal/checker…", "internal/lang…", "internal/pack…", "internal/scoring…", "internal/signature…",
			"internal/sandbox…", // a language's self-test and version are asked in a box
		},
		why: "what is pure can be read and fuzzed alone",
	},
	{
		who: []string{"internal/store…", "internal/document…", "internal/blob…", "internal/bus…"}, what: []string{"internal/…"},
		unless: []string{"internal/store…", "internal/document…", "internal/blob…", "internal/bus…"},
		why:    "a backend serves the roles and knows none of them",
	},
	{
		who: []string{"internal/catalog…", "internal/submission…", "internal/executor…", "internal/judge…"}, what: []string{"net/http"},
		why: "only the gateway speaks HTTP to people",
	},
}

// TestImports holds every import of every package, tests left out, against the rules.
func TestImports(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages: the rules were hardly tried", len(packages))
	}
	for _, p := range packages {
		for _, imported := range p.Imports {
			for _, r := range rules {
				if r.forbids(local(p.ImportPath), local(imported)) {
					t.Errorf("%s imports %s: %s", local(p.ImportPath), imported, r.why)
				}
			}
		}
	}
}

// TestRulesBite shows that each kind of rule can fail.
func TestRulesBite(t *testing.T) {
	for _, edge := range []struct {
		who, what string
		forbidden bool
	}{
		{".", "time", false},
		{".", "github.com/google/uuid", true},
		{"internal/gateway", "internal/submission", true},
		{"internal/gateway", "internal/bus", false},
		{"internal/executor", "internal/store/storetest", true},
		{"internal/gateway", "github.com/nats-io/nats.go/jetstream", true},
		{"internal/bus", "github.com/nats-io/nats.go", false},
		{"internal/catalog", "database/sql", true},
		{"internal/sandbox/native", "internal/sandbox", false},
		{"internal/sandbox/native", "internal/lang", true},
		{"internal/lang", "internal/sandbox", false},
		{"cmd/deemster", "internal/app", false},
	} {
		forbidden := slices.ContainsFunc(rules, func(r rule) bool { return r.forbids(edge.who, edge.what) })
		if forbidden != edge.forbidden {
			t.Errorf("%s imports %s: forbidden is %v, want %v", edge.who, edge.what, forbidden, edge.forbidden)
		}
	}
}

func (r rule) forbids(who, what string) bool {
	return !sameRole(who, what) && matches(r.who, who) && !matches(r.except, who) && matches(r.what, what) && !matches(r.unless, what)
}

// sameRole tells whether two packages lie under the same folder of internal: those may
// import one another.
func sameRole(a, b string) bool {
	role := func(p string) string {
		rest, ok := strings.CutPrefix(p, "internal/")
		if !ok {
			return ""
		}
		name, _, _ := strings.Cut(rest, "/")
		return name
	}
	return role(a) != "" && role(a) == role(b)
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		switch prefix, below := strings.CutSuffix(pattern, "…"); {
		case pattern == everything:
			return true
		case pattern == stdlib:
			first, _, _ := strings.Cut(name, "/")
			return !strings.Contains(first, ".") && !ours(name)
		case below:
			return strings.HasPrefix(name, prefix)
		default:
			return name == pattern
		}
	})
}

// ours tells whether a name as local gives it is of this module.
func ours(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return slices.Contains([]string{".", "internal", "cmd", "e2e", "web", "problems"}, first)
}

// local is a package's path without the module's.
func local(importPath string) string {
	if importPath == module {
		return "."
	}
	return strings.TrimPrefix(importPath, module+"/")
}

type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	output, err := command.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages = append(packages, p)
	}
}

package attack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

// row is one program's result.
type row struct {
	program Program
	got     []deemster.Verdict
}

var tableHead = []string{"row", "program", "language", "what it tries", "wanted"}

// writeTable writes the results of an engine into a file. What the file has of other
// engines stays, in columns of their own.
func writeTable(path, engine string, rows []row) error {
	old, err := readTable(path)
	if err != nil {
		return err
	}
	engines := append([]string{}, old.engines...)
	if !slices.Contains(engines, engine) {
		engines = append(engines, engine)
	}
	var text strings.Builder
	line := func(cells ...string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(cells, " | ")) }
	line(append(slices.Clone(tableHead), engines...)...)
	line(strings.Split(strings.Repeat("--- ", len(tableHead)+len(engines)-1)+"---", " ")...)
	for _, r := range rows {
		p := r.program
		cells := []string{
			p.Row(), p.Title(), p.Extension(), strings.ReplaceAll(p.Try, "|", "\\|"), join(p.Want, " or "),
		}
		for _, e := range engines {
			got := old.got[p.Row()+p.Title()+p.Extension()+e]
			if e == engine {
				got = join(slices.Compact(slices.Clone(r.got)), ", ")
			}
			cells = append(cells, got)
		}
		line(cells...)
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}

func join(verdicts []deemster.Verdict, between string) string {
	var all []string
	for _, v := range verdicts {
		all = append(all, string(v))
	}
	return strings.Join(all, between)
}

// table is what was read of a file: the verdicts by row, title, language and engine.
type table struct {
	engines []string
	got     map[string]string
}

func readTable(path string) (table, error) {
	t := table{got: map[string]string{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) < len(tableHead) {
			continue
		}
		engines := cells[len(tableHead):]
		if i == 0 {
			t.engines = engines
			continue
		}
		for i, got := range engines[:min(len(engines), len(t.engines))] {
			t.got[cells[0]+cells[1]+cells[2]+t.engines[i]] = got
		}
	}
	return t, nil
}

package pack_test

import (
	"bytes"
	"testing"

	"github.com/deemster-oj/deemster/internal/pack"
)

// FuzzFiles puts a stranger's bytes into each of the files that are read as more than text.
// Whatever they are, there is a package or a finding, and what can be published can be
// written and read again.
func FuzzFiles(f *testing.F) {
	names := []string{
		"problem.yaml", "data/secret/test_group.yaml", "data/secret/1.yaml", "submissions/submissions.yaml", "signature.yaml", "deemster.yaml",
		"domjudge-problem.ini", ".timelimit", "statement/problem.en.tex", "submissions/accepted/sum.py", "problem.xml", "statements/english/problem-properties.json",
	}
	seeds := []files{small, polygon}
	for _, c := range findings {
		seeds = append(seeds, c.change)
	}
	for _, c := range kinds {
		seeds = append(seeds, c.change)
	}
	for _, c := range formats {
		seeds = append(seeds, c.files)
	}
	for _, seed := range seeds {
		for which, name := range names {
			if content, ok := seed[name]; ok && content != gone && len(content) < 4000 {
				f.Add(uint8(which), []byte(content))
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, content []byte) {
		name := names[int(which)%len(names)]
		in := small
		switch name {
		case "problem.xml", "statements/english/problem-properties.json":
			in = polygon
		case "statement/problem.en.tex":
			in = small.with(files{"statement/problem.en.md": gone})
		case "data/secret/test_group.yaml":
			in = small.with(problemYAML("2025-09", "type: scoring\n"))
		}
		p, err := pack.OpenFS(in.with(files{name: string(content)}).fs(), "sum")
		if err != nil {
			t.Fatal(err)
		}
		if p.Err() != nil {
			return
		}
		var first, second bytes.Buffer
		if err := pack.Write(&first, p); err != nil {
			return // points by the rules of legacy packages
		}
		again, err := openZip(first.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Err(); err != nil {
			t.Fatalf("what was written is not read: %v\n%s", err, contents(t, first.Bytes()))
		}
		if err := pack.Write(&second, again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("written again, the package has other bytes:\n%q\n%q", contents(t, first.Bytes()), contents(t, second.Bytes()))
		}
	})
}

package problems_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/problems"
)

// What the samples may add to every clone and every binary.
const (
	maxFile  = deemster.MiB
	maxTotal = 12 * deemster.MiB
)

// TestPackages reads every sample problem as the catalog does and finds nothing to say
// against it.
func TestPackages(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs(t) {
		t.Run(slug, func(t *testing.T) {
			files, err := fs.Sub(problems.Files(), slug)
			if err != nil {
				t.Fatal(err)
			}
			p, err := pack.OpenFS(files, slug)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			for _, finding := range p.Findings {
				t.Errorf("%s: %s", finding.Level, finding)
			}
			if p.Slug != slug {
				t.Errorf("the folder's name makes slug %q", p.Slug)
			}
			if p.Difficulty == "" || p.Limits.CPU == 0 || p.Limits.Memory == 0 {
				t.Errorf("difficulty %q, limits %+v: all must be said", p.Difficulty, p.Limits)
			}
			if row := "| `" + slug + "` | " + p.Title + " | " + p.Difficulty + " |"; !strings.Contains(string(readme), row) {
				t.Errorf("README.md has no row %q", row)
			}
			checkPictures(t, p)
			checkSubmissions(t, p)
		})
	}
}

// slugs names the folders, of which there must be ten or more.
func slugs(t *testing.T) []string {
	entries, err := fs.ReadDir(problems.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, entry := range entries {
		slugs = append(slugs, entry.Name())
	}
	if len(slugs) < 10 || !slices.Contains(slugs, "aplusb") {
		t.Fatalf("embedded are only %q", slugs)
	}
	return slugs
}

// checkPictures wants every picture in a package shown by its statement.
func checkPictures(t *testing.T, p *pack.Package) {
	for _, picture := range p.Pictures {
		if !strings.Contains(p.Statements[0].Markdown, "]("+picture.Name+")") {
			t.Errorf("the statement does not show %s", picture.Name)
		}
	}
}

// checkSubmissions wants two solutions and a wrong answer in every package.
func checkSubmissions(t *testing.T, p *pack.Package) {
	count := make(map[deemster.Verdict]int)
	for _, s := range p.Submissions {
		count[s.Expected[0]]++
	}
	if count[deemster.Accepted] < 2 || count[deemster.WrongAnswer] < 1 {
		t.Errorf("submissions by verdict: %v; want two AC and a WA at least", count)
	}
}

func TestSize(t *testing.T) {
	var total deemster.Bytes
	err := fs.WalkDir(problems.Files(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		size := deemster.Bytes(info.Size())
		total += size
		if size > maxFile {
			t.Errorf("%s has %s; a file may have %s", path, size, maxFile)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > maxTotal {
		t.Errorf("all together have %s; they may have %s", total, maxTotal)
	}
}

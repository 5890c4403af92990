package catalog_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/catalog"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/pack"
)

// site is a catalog that serves on a bus, and what it works with.
type site struct {
	catalog.Config
	catalog *catalog.Catalog
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func newSite(t *testing.T) *site {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s := &site{Config: catalog.Config{Log: log, Clock: func() time.Time { return noon }}}
	var err error
	if s.Documents, err = document.Open(t.Context(), "sqlite:"+t.TempDir()+"/docs.db"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Documents.Close() })
	if s.Blobs, err = blob.Open(t.Context(), "dir:"+t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if s.Bus, err = bus.Open(t.Context(), "embedded:"+t.TempDir(), log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Bus.Close)
	s.catalog = catalog.New(s.Config)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.catalog.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	// What is served last tells that all is served. Until then nobody is there to answer.
	for ready := false; !ready; {
		_, err := bus.Call(t.Context(), s.Bus, bus.ImportPackage, bus.PackageImport{})
		ready = deemster.KindOf(err) == deemster.NotFound
	}
	return s
}

// packageFiles is a good package about n, with more files.
func packageFiles(n int, more map[string]string) map[string]string {
	files := map[string]string{
		"problem.yaml":                fmt.Sprintf("name: Sum %d\nlimits: {time_limit: 1}\nkeywords: [easy, math]\nauthor: Ann\n", n),
		"statement/problem.en.md":     "Add $a<b$.\n\n![two](two.svg)\n",
		"statement/two.svg":           `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"data/sample/1.in":            "1 2\n",
		"data/sample/1.ans":           "3\n",
		"data/secret/1.in":            fmt.Sprint(n, " 4\n"),
		"data/secret/1.ans":           fmt.Sprint(n+4, "\n"),
		"submissions/accepted/sum.py": "print(sum(map(int, input().split())))\n",
	}
	maps.Copy(files, more)
	return files
}

func mapFS(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, content := range files {
		m[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

func open(t *testing.T, files map[string]string) *pack.Package {
	t.Helper()
	p, err := pack.OpenFS(mapFS(files), "sum")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// upload puts files as a zip into the blob store, as the gateway does.
func (s *site) upload(t *testing.T, files map[string]string) deemster.Hash {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entry, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(entry, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return s.put(t, out.Bytes())
}

func (s *site) put(t *testing.T, content []byte) deemster.Hash {
	t.Helper()
	h, _, err := s.Blobs.Put(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (s *site) read(t *testing.T, h deemster.Hash) string {
	t.Helper()
	r, err := s.Blobs.Open(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestImportOverBus sends a package as the gateway does and looks at all that the other
// roles can then ask for.
func TestImportOverBus(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	result, err := bus.Call(ctx, s.Bus, bus.ImportPackage, bus.PackageImport{
		Slug: "two-sum", Package: s.upload(t, packageFiles(1, nil)), By: "ann",
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bus.ImportResult{Slug: "two-sum", Version: 1}, result); diff != "" {
		t.Error(diff)
	}

	p, err := bus.Call(ctx, s.Bus, bus.GetProblem, bus.BySlug{Slug: "two-sum"})
	if err != nil {
		t.Fatal(err)
	}
	want := deemster.Problem{
		Slug: "two-sum", Title: "Sum 1", Version: 1, Difficulty: "easy", Tags: []string{"math"}, Author: "Ann",
		Statement: deemster.Statement{
			Language: "en", Markdown: "Add $a<b$.\n\n![two](two.svg)\n",
			HTML: `<p>Add <span class="math inline">\(a&lt;b\)</span>.</p>` + "\n" +
				`<p><img src="/api/v1/problems/two-sum/pictures/two.svg" alt="two"></p>` + "\n",
		},
		Samples: []deemster.Sample{{Name: "sample/1", Input: "1 2\n", Answer: "3\n"}},
		TimeMS:  1000, Memory: 256 * deemster.MiB, Tests: 2, UpdatedAt: noon,
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Error(diff)
	}

	v, err := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "two-sum", Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	if v.Slug != "two-sum" || v.Version != 1 || !v.Hash.Valid() || v.Limits.CPU != time.Second || v.Limits.Wall != 3*time.Second || len(v.Tests) != 2 {
		t.Errorf("version %+v", v)
	}
	for i, want := range []string{"sample/1 true 1 2\n3\n", "secret/1 false 1 4\n5\n"} {
		test := v.Tests[i]
		got := fmt.Sprint(test.Name, " ", test.Sample, " ", s.read(t, test.Input), s.read(t, test.Answer))
		if got != want {
			t.Errorf("test %d is %q, want %q", i, got, want)
		}
	}

	picture, err := bus.Call(ctx, s.Bus, bus.GetPicture, bus.PictureName{Slug: "two-sum", Name: "two.svg"})
	if err != nil || picture.ContentType != "image/svg+xml" || !strings.HasPrefix(s.read(t, picture.Blob), "<svg") {
		t.Errorf("picture %+v, error %v", picture, err)
	}
}

func TestAbsent(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	if _, err := s.catalog.Import(ctx, open(t, packageFiles(1, nil)), "", "ann"); err != nil {
		t.Fatal(err)
	}
	_, noProblem := bus.Call(ctx, s.Bus, bus.GetProblem, bus.BySlug{Slug: "su"})
	_, noVersion := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "sum", Version: 2})
	_, oddVersion := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "sum", Version: -1})
	_, noPicture := bus.Call(ctx, s.Bus, bus.GetPicture, bus.PictureName{Slug: "sum", Name: "../problem.yaml"})
	_, noPackage := bus.Call(ctx, s.Bus, bus.ImportPackage, bus.PackageImport{Slug: "x", Package: "../../etc/passwd"})
	for i, err := range []error{noProblem, noVersion, oddVersion, noPicture, noPackage} {
		if deemster.KindOf(err) != deemster.NotFound {
			t.Errorf("request %d: error %v, want not found", i, err)
		}
	}
}

// TestImportRefuses sends packages that cannot be published. Each gets an error for its
// setter, and afterwards there is no problem.
func TestImportRefuses(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	good := packageFiles(1, nil)
	noTests := maps.Clone(good)
	maps.DeleteFunc(noTests, func(name, _ string) bool { return strings.HasPrefix(name, "data/") })
	long := map[string]string{}
	for i := range 7 {
		long[fmt.Sprintf("data/sample/%d.in", i)] = strings.Repeat("<", 16<<10)
		long[fmt.Sprintf("data/sample/%d.ans", i)] = "x"
	}
	long["statement/problem.en.md"] = strings.Repeat("<", int(pack.MaxStatement))
	for name, c := range map[string]struct {
		slug string
		zip  deemster.Hash
		kind deemster.Kind
		want string
	}{
		"not a zip":       {"a", s.put(t, []byte("hello")), deemster.Invalid, "not a zip"},
		"leads out":       {"a", s.upload(t, packageFiles(1, map[string]string{"../x": ""})), deemster.Invalid, "could lead out"},
		"no tests":        {"a", s.upload(t, noTests), deemster.Invalid, "there are no tests"},
		"no slug":         {"", s.upload(t, good), deemster.Invalid, "slug: must be"},
		"slug of a path":  {"../a", s.upload(t, good), deemster.Invalid, "slug: must be"},
		"slug in capital": {"Sum", s.upload(t, good), deemster.Invalid, "slug: must be"},
		"long slug":       {strings.Repeat("a", 65), s.upload(t, good), deemster.Invalid, "slug: must be"},
		"long statement":  {"a", s.upload(t, packageFiles(1, long)), deemster.TooLarge, "make them shorter"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bus.Call(ctx, s.Bus, bus.ImportPackage, bus.PackageImport{Slug: c.slug, Package: c.zip})
			if deemster.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %s error %v, want %s with %q", deemster.KindOf(err), err, c.kind, c.want)
			}
		})
	}
	page, err := s.catalog.List(ctx, bus.ProblemFilter{})
	if err != nil || len(page.Items) != 0 {
		t.Errorf("%d problems, error %v; want none", len(page.Items), err)
	}
}

func TestSameContentIsOneVersion(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	var versions []int
	var warnings int
	for _, n := range []int{1, 1, 2, 2, 1} {
		result, err := s.catalog.Import(ctx, open(t, packageFiles(n, nil)), "sum", "ann")
		if err != nil {
			t.Fatal(err)
		}
		versions = append(versions, result.Version)
		warnings += len(result.Warnings)
	}
	if diff := cmp.Diff([]int{1, 1, 2, 2, 3}, versions); diff != "" || warnings != 2 {
		t.Errorf("%d warnings, versions:\n%s", warnings, diff)
	}
	first, err := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "sum", Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	third, err := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "sum", Version: 3})
	if err != nil || first.Hash != third.Hash {
		t.Errorf("the same tests are named %s and %s, error %v", first.Hash, third.Hash, err)
	}
}

// TestConcurrentImports imports different packages for one problem at once, through two
// catalogs as two processes would: each gets a number of its own and none is left out.
func TestConcurrentImports(t *testing.T) {
	const imports = 12
	s := newSite(t)
	other := catalog.New(s.Config)
	var mutex sync.Mutex
	byVersion := make(map[int]string)
	var group sync.WaitGroup
	for n := range imports {
		group.Go(func() {
			result, err := []*catalog.Catalog{s.catalog, other}[n%2].Import(t.Context(), open(t, packageFiles(n, nil)), "sum", "ann")
			if err != nil {
				t.Error(err)
				return
			}
			mutex.Lock()
			defer mutex.Unlock()
			if title, taken := byVersion[result.Version]; taken {
				t.Errorf("version %d is both %q and import %d", result.Version, title, n)
			}
			byVersion[result.Version] = fmt.Sprintf("Sum %d", n)
		})
	}
	group.Wait()
	for version := 1; version <= imports; version++ {
		if byVersion[version] == "" {
			t.Errorf("nobody got version %d", version)
		}
	}
	p, err := bus.Call(t.Context(), s.Bus, bus.GetProblem, bus.BySlug{Slug: "sum"})
	if err != nil || p.Version != imports || p.Title != byVersion[imports] {
		t.Errorf("the current version is %d, %q, error %v; want %d, %q", p.Version, p.Title, err, imports, byVersion[imports])
	}
}

// dying fails every write to one collection, as if the process had been killed there.
type dying struct {
	document.Store
	at document.Collection
}

var errKilled = errors.New("killed")

func (d dying) Insert(ctx context.Context, in document.Collection, id string, doc any) error {
	if in == d.at {
		return errKilled
	}
	return d.Store.Insert(ctx, in, id, doc)
}

func (d dying) Replace(ctx context.Context, in document.Collection, id string, revision int64, doc any) error {
	if in == d.at {
		return errKilled
	}
	return d.Store.Replace(ctx, in, id, revision, doc)
}

// TestKilledImport ends an import between its writes. The catalog must work as before,
// and the next import must come through.
func TestKilledImport(t *testing.T) {
	for _, c := range []struct {
		at          document.Collection
		wantVersion int // of the next import: the number of a version that was written is gone
	}{{document.Versions, 2}, {document.Problems, 3}} {
		t.Run(string(c.at), func(t *testing.T) {
			s, ctx := newSite(t), t.Context()
			if _, err := s.catalog.Import(ctx, open(t, packageFiles(1, nil)), "sum", ""); err != nil {
				t.Fatal(err)
			}
			killed := s.Config
			killed.Documents = dying{s.Documents, c.at}
			if _, err := catalog.New(killed).Import(ctx, open(t, packageFiles(2, nil)), "sum", ""); !errors.Is(err, errKilled) {
				t.Fatalf("error %v, want the one that ends it", err)
			}
			if p, err := bus.Call(ctx, s.Bus, bus.GetProblem, bus.BySlug{Slug: "sum"}); err != nil || p.Version != 1 {
				t.Errorf("after the kill: version %d, error %v; want 1", p.Version, err)
			}
			result, err := s.catalog.Import(ctx, open(t, packageFiles(3, nil)), "sum", "")
			if err != nil || result.Version != c.wantVersion {
				t.Errorf("the next import: %+v, error %v; want version %d", result, err, c.wantVersion)
			}
			for version := 1; version <= result.Version; version++ {
				if _, err := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "sum", Version: version}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestManyTests publishes the largest problem there may be. All of a version must fit
// into one message of the bus.
func TestManyTests(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 2,000 tests")
	}
	s, ctx := newSite(t), t.Context()
	files := packageFiles(1, nil)
	name := "data/secret/" + strings.Repeat("g", pack.MaxTestName/2)
	for i := range deemster.MaxTests - 2 {
		test := fmt.Sprintf("%s/%s%04d", name, strings.Repeat("t", pack.MaxTestName-len(name)), i)
		files[test+".in"], files[test+".ans"] = "1", "1"
	}
	if _, err := s.catalog.Import(ctx, open(t, files), "many", ""); err != nil {
		t.Fatal(err)
	}
	v, err := bus.Call(ctx, s.Bus, bus.GetVersion, bus.BySlugVersion{Slug: "many", Version: 1})
	if err != nil || len(v.Tests) != deemster.MaxTests {
		t.Errorf("%d tests, error %v; want %d", len(v.Tests), err, deemster.MaxTests)
	}
}

func TestList(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	var all []string
	for i := range 60 {
		difficulty, tag := []string{"easy", "medium", "hard"}[i%3], []string{"Graphs", "strings"}[i%2]
		files := packageFiles(i, map[string]string{
			"problem.yaml": fmt.Sprintf("name: Tale of the %d Trams\nlimits: {time_limit: 1}\nkeywords: [%s, %s]\n", i, difficulty, tag),
		})
		slug := fmt.Sprintf("p%02d", i)
		if _, err := s.catalog.Import(ctx, open(t, files), slug, ""); err != nil {
			t.Fatal(err)
		}
		all = append(all, slug)
	}
	for _, c := range []struct {
		filter bus.ProblemFilter
		want   []string
		more   bool
	}{
		{bus.ProblemFilter{}, all[:50], true},
		{bus.ProblemFilter{Cursor: "p49"}, all[50:], false},
		{bus.ProblemFilter{Limit: 200}, all, false},
		{bus.ProblemFilter{Limit: 60}, all, false},
		{bus.ProblemFilter{Limit: 59}, all[:59], true},
		{bus.ProblemFilter{Text: "the 7 tram"}, []string{"p07"}, false},
		{bus.ProblemFilter{Text: "P5", Limit: 2}, []string{"p50", "p51"}, true},
		{bus.ProblemFilter{Tag: "GRAPHS", Difficulty: "easy", Limit: 3}, []string{"p00", "p06", "p12"}, true},
		{bus.ProblemFilter{Tag: "graph"}, nil, false},
		{bus.ProblemFilter{Difficulty: "Hard", Cursor: "p55"}, []string{"p56", "p59"}, false},
	} {
		page, err := bus.Call(ctx, s.Bus, bus.ListProblems, c.filter)
		if err != nil {
			t.Errorf("%+v: %v", c.filter, err)
			continue
		}
		var got []string
		for _, p := range page.Items {
			got = append(got, p.Slug)
		}
		if diff := cmp.Diff(c.want, got); diff != "" || (page.NextCursor != "") != c.more {
			t.Errorf("%+v: next cursor %q\n%s", c.filter, page.NextCursor, diff)
		}
	}
	for field, f := range map[string]bus.ProblemFilter{
		"limit": {Limit: 201}, "cursor": {Cursor: "p49'"}, "q": {Text: strings.Repeat("x", 201)},
	} {
		_, err := bus.Call(ctx, s.Bus, bus.ListProblems, f)
		var e *deemster.Error
		if !errors.As(err, &e) || e.Kind != deemster.Invalid || e.Field != field {
			t.Errorf("%s: error %v, want an invalid field", field, err)
		}
	}
	first, err := s.catalog.List(ctx, bus.ProblemFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(first.Items[0])
	want := `{"slug":"p00","title":"Tale of the 0 Trams","difficulty":"easy","tags":["graphs"]}`
	if err != nil || string(line) != want {
		t.Errorf("a line is %s, error %v; want %s", line, err, want)
	}
}

func TestLoad(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	all := map[string]string{"README.md": "", "notes/x": "", "broken/problem.yaml": "name: [x]"}
	for i, name := range []string{"alpha", "beta"} {
		for file, content := range packageFiles(i, nil) {
			all[name+"/"+file] = content
		}
	}
	slugs := func() (slugs []string) {
		page, err := s.catalog.List(ctx, bus.ProblemFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Items {
			slugs = append(slugs, p.Slug)
		}
		return slugs
	}
	err := s.catalog.LoadSamples(ctx, mapFS(all))
	if err == nil || !strings.Contains(err.Error(), "load broken") {
		t.Errorf("error %v, want one that names the broken package", err)
	}
	if diff := cmp.Diff([]string{"alpha", "beta"}, slugs()); diff != "" {
		t.Error(diff)
	}
	more := mapFS(map[string]string{})
	for file, content := range packageFiles(3, nil) {
		more.(fstest.MapFS)["gamma/"+file] = &fstest.MapFile{Data: []byte(content)}
	}
	if err := s.catalog.LoadSamples(ctx, more); err != nil || len(slugs()) != 2 {
		t.Errorf("samples were loaded into a catalog that is not empty: %v, error %v", slugs(), err)
	}
	if err := s.catalog.Load(ctx, more); err != nil || len(slugs()) != 3 {
		t.Errorf("after loading a directory: %v, error %v", slugs(), err)
	}
}

package document_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster/internal/document"
)

// implementations names every store. Each yields the spec of a place that is empty.
var implementations = map[string]func(t *testing.T) (spec string){
	"sqlite": func(t *testing.T) string {
		return "sqlite:" + filepath.Join(t.TempDir(), "made on open", "docs?#%20.db")
	},
}

// contract is what every store promises. Each test gets two handles on one empty place,
// as two processes would have.
var contract = map[string]func(t *testing.T, one, two document.Store){
	"a document comes back with its revision": testRoundTrip,
	"an id is taken once":                     testInsertTwice,
	"replace checks the revision":             testReplace,
	"no increment is lost":                    testConcurrentReplace,
	"find pages in the order of ids":          testFindPages,
	"find selects":                            testFindSelects,
	"ids and values are only text":            testHostileText,
	"a cancelled context stops the call":      testCancelled,
}

func TestContract(t *testing.T) {
	for name, place := range implementations {
		t.Run(name, func(t *testing.T) {
			for promise, test := range contract {
				t.Run(promise, func(t *testing.T) {
					spec := place(t)
					test(t, open(t, spec), open(t, spec))
				})
			}
		})
	}
}

func open(t *testing.T, spec string) document.Store {
	t.Helper()
	s, err := document.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

type doc struct {
	Title string   `json:"title,omitempty"`
	Level string   `json:"level,omitempty"`
	Tags  []string `json:"tags,omitempty"`
	Count int      `json:"count,omitempty"`
}

func insert(t *testing.T, s document.Store, id string, d any) {
	t.Helper()
	if err := s.Insert(t.Context(), document.Problems, id, d); err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

func testRoundTrip(t *testing.T, one, two document.Store) {
	want := doc{Title: "A + B ≤ \x00 \"C\"", Tags: []string{"a", "b"}, Count: 3}
	insert(t, one, "aplusb", want)
	var got doc
	revision, err := two.Get(t.Context(), document.Problems, "aplusb", &got)
	if err != nil || revision != 1 {
		t.Errorf("revision %d, error %v; want 1, nil", revision, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	_, err = two.Get(t.Context(), document.Problems, "aplus", &got)
	wantError(t, err, document.ErrNotFound)
	_, err = two.Get(t.Context(), document.Reports, "aplusb", &got)
	wantError(t, err, document.ErrNotFound)
}

func testInsertTwice(t *testing.T, one, two document.Store) {
	insert(t, one, "a", doc{Count: 1})
	wantError(t, two.Insert(t.Context(), document.Problems, "a", doc{Count: 2}), document.ErrConflict)
	var got doc
	if _, err := one.Get(t.Context(), document.Problems, "a", &got); err != nil || got.Count != 1 {
		t.Errorf("got %+v, error %v; want the first document", got, err)
	}
	if err := one.Insert(t.Context(), document.Versions, "a", doc{}); err != nil {
		t.Errorf("the same id in another collection: %v", err)
	}
}

func testReplace(t *testing.T, one, two document.Store) {
	ctx := t.Context()
	wantError(t, one.Replace(ctx, document.Problems, "a", 1, doc{}), document.ErrConflict)
	insert(t, one, "a", doc{Count: 1})
	if err := two.Replace(ctx, document.Problems, "a", 1, doc{Count: 2}); err != nil {
		t.Error(err)
	}
	wantError(t, one.Replace(ctx, document.Problems, "a", 1, doc{Count: 9}), document.ErrConflict)
	wantError(t, one.Replace(ctx, document.Problems, "a", 3, doc{Count: 9}), document.ErrConflict)
	var got doc
	revision, err := one.Get(ctx, document.Problems, "a", &got)
	if err != nil || revision != 2 || got.Count != 2 {
		t.Errorf("revision %d, %+v, error %v; want revision 2, count 2", revision, got, err)
	}
}

func testConcurrentReplace(t *testing.T, one, two document.Store) {
	const writers, each = 4, 10
	insert(t, one, "a", doc{})
	var group sync.WaitGroup
	for i := range writers {
		store := []document.Store{one, two}[i%2]
		group.Go(func() {
			for range each {
				if err := increment(t.Context(), store); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	var got doc
	revision, err := one.Get(t.Context(), document.Problems, "a", &got)
	if err != nil || got.Count != writers*each || revision != writers*each+1 {
		t.Errorf("revision %d, count %d, error %v; want count %d", revision, got.Count, err, writers*each)
	}
}

func increment(ctx context.Context, s document.Store) error {
	for {
		var d doc
		revision, err := s.Get(ctx, document.Problems, "a", &d)
		if err != nil {
			return err
		}
		d.Count++
		err = s.Replace(ctx, document.Problems, "a", revision, d)
		if !errors.Is(err, document.ErrConflict) {
			return err
		}
	}
}

func testFindPages(t *testing.T, one, two document.Store) {
	want := []string{"-", "0", "a", "a/000001", "a/000002", "a/000010", "b", "z", "é"}
	for i := range want { // inserted out of order
		insert(t, one, want[(i*4)%len(want)], doc{})
	}
	if err := one.Insert(t.Context(), document.Reports, "c", doc{}); err != nil {
		t.Fatal(err)
	}
	var got []string
	after := ""
	for {
		page, err := two.Find(t.Context(), document.Problems, document.Query{After: after, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			got = append(got, d.ID)
		}
		after = page[len(page)-1].ID
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if all, err := two.Find(t.Context(), document.Problems, document.Query{}); err != nil || len(all) != len(want) {
		t.Errorf("without a limit: %d documents, error %v; want %d", len(all), err, len(want))
	}
}

func testFindSelects(t *testing.T, one, two document.Store) {
	insert(t, one, "aplusb", doc{Title: "A + B", Level: "easy", Tags: []string{"math", "easy"}})
	insert(t, one, "bridges", doc{Title: "Bridges of Ålesund", Level: "hard", Tags: []string{"graphs", "math"}})
	insert(t, one, "percent", doc{Title: "100% Bridges", Level: "hard"})
	insert(t, one, "untitled", struct{}{})
	for _, c := range []struct {
		query document.Query
		want  string
	}{
		{document.Query{Equal: map[string]string{"level": "hard"}}, "bridges percent"},
		{document.Query{Equal: map[string]string{"level": "har"}}, ""},
		{document.Query{Equal: map[string]string{"tags": "math"}}, "aplusb bridges"},
		{document.Query{Equal: map[string]string{"tags": "math", "level": "hard"}}, "bridges"},
		{document.Query{Equal: map[string]string{"absent": "x"}}, ""},
		{document.Query{Text: "BRIDGES"}, "bridges percent"},
		{document.Query{Text: "ålesund"}, "bridges"},
		{document.Query{Text: "plus"}, "aplusb"},
		{document.Query{Text: "%"}, "percent"},
		{document.Query{Text: "_"}, ""},
		{document.Query{Text: "bridges", After: "bridges"}, "percent"},
		{document.Query{Text: "bridges", Limit: 1}, "bridges"},
		{document.Query{Text: "b", Equal: map[string]string{"level": "easy"}}, "aplusb"},
	} {
		found, err := two.Find(t.Context(), document.Problems, c.query)
		if err != nil {
			t.Errorf("%+v: %v", c.query, err)
			continue
		}
		var ids []string
		for _, d := range found {
			ids = append(ids, d.ID)
			if d.Revision != 1 || !json.Valid(d.JSON) {
				t.Errorf("%s: revision %d, JSON %q", d.ID, d.Revision, d.JSON)
			}
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.query, got, c.want)
		}
	}
}

func testHostileText(t *testing.T, one, two document.Store) {
	hostile := []string{`'; DROP TABLE documents; --`, `"`, `\`, `$`, `$.title`, "\n", strings.Repeat("x", 10_000)}
	for i, text := range hostile {
		insert(t, one, text, doc{Title: text, Count: i + 1})
	}
	for i, text := range hostile {
		var got doc
		if _, err := two.Get(t.Context(), document.Problems, text, &got); err != nil || got.Count != i+1 {
			t.Errorf("%.40q: got count %d, error %v", text, got.Count, err)
		}
		found, err := two.Find(t.Context(), document.Problems, document.Query{Equal: map[string]string{"title": text}})
		if err != nil || len(found) != 1 || found[0].ID != text {
			t.Errorf("find %.40q: %d documents, error %v", text, len(found), err)
		}
	}
}

func testCancelled(t *testing.T, one, _ document.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantError(t, one.Insert(ctx, document.Problems, "a", doc{}), context.Canceled)
	_, err := one.Find(ctx, document.Problems, document.Query{})
	wantError(t, err, context.Canceled)
}

func TestOpenRefuses(t *testing.T) {
	for _, spec := range []string{"", "sqlite", "sqlite:", "mongodb://user:secret@host/db", "file.db"} {
		_, err := document.Open(t.Context(), spec)
		if err == nil || !strings.Contains(err.Error(), "sqlite:FILE") {
			t.Errorf("%q: got error %v, want one that names sqlite:FILE", spec, err)
		}
		if strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%q: the error shows the password: %v", spec, err)
		}
	}
}

// Package catalog is the role that owns the problems. It imports packages, keeps every
// version of every problem for good, and tells the other roles what they show and judge.
//
// A problem is a head document, which names its current version, and immutable version
// documents, "slug/000001" and on. Tests and pictures are blobs. An import writes blobs,
// then the version, then the head: whatever it is killed between, nothing refers to what
// is not there. Inserting the version is what decides; a head left behind is moved on by
// the next import.
package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
)

const (
	defaultPage = 50
	maxPage     = 200
	maxFilter   = 200 // bytes in a text that a list is filtered by
	// parallelRequests and parallelImports bound what is answered at one time. An import
	// unpacks a zip and is held apart, so that pages are served meanwhile.
	parallelRequests = 64
	parallelImports  = 2
)

// Config is what the catalog works with.
type Config struct {
	Documents document.Store
	Blobs     blob.Store
	Bus       *bus.Bus
	Log       *slog.Logger
	Clock     func() time.Time
}

// Catalog is the catalog role.
type Catalog struct {
	docs  document.Store
	blobs blob.Store
	bus   *bus.Bus
	log   *slog.Logger
	now   func() time.Time
}

// New makes a catalog. It answers nobody until [Catalog.Run].
func New(c Config) *Catalog {
	return &Catalog{docs: c.Documents, blobs: c.Blobs, bus: c.Bus, log: c.Log, now: c.Clock}
}

// head is the document of a problem: its line in the list, and which version is current.
type head struct {
	deemster.ProblemSummary
	Version int `json:"version"`
	// Content names what the current version was imported from; the same content is not
	// published twice in a row.
	Content deemster.Hash `json:"content"`
}

// version is the document of one immutable version.
type version struct {
	Problem  deemster.Problem        `json:"problem"`
	Judging  deemster.ProblemVersion `json:"judging"`
	Pictures map[string]bus.Picture  `json:"pictures,omitempty"`
	Content  deemster.Hash           `json:"content"`
	By       string                  `json:"by,omitempty"`
}

func versionID(slug string, number int) string { return fmt.Sprintf("%s/%06d", slug, number) }

// Run answers the catalog's requests until ctx ends.
func (c *Catalog) Run(ctx context.Context) error {
	err := errors.Join(
		bus.Serve(ctx, c.bus, bus.ListProblems, parallelRequests, c.List),
		bus.Serve(ctx, c.bus, bus.GetProblem, parallelRequests, c.problem),
		bus.Serve(ctx, c.bus, bus.GetVersion, parallelRequests, c.version),
		bus.Serve(ctx, c.bus, bus.GetPicture, parallelRequests, c.picture),
		bus.Serve(ctx, c.bus, bus.ImportPackage, parallelImports, c.importPackage),
	)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	<-ctx.Done()
	return nil
}

// List answers with a page of problems in slug order. A cursor is the last slug of the
// page before.
func (c *Catalog) List(ctx context.Context, f bus.ProblemFilter) (deemster.Page[deemster.ProblemSummary], error) {
	page := deemster.Page[deemster.ProblemSummary]{Items: []deemster.ProblemSummary{}}
	limit := f.Limit
	if limit == 0 {
		limit = defaultPage
	}
	switch {
	case limit < 0 || limit > maxPage:
		return page, deemster.FieldErrorf("limit", "must be from 1 to %d", maxPage)
	case f.Cursor != "" && !deemster.ValidSlug(f.Cursor):
		return page, deemster.FieldErrorf("cursor", "is not a cursor of this list")
	case len(f.Text) > maxFilter || len(f.Tag) > maxFilter || len(f.Difficulty) > maxFilter:
		return page, deemster.FieldErrorf("q", "a filter has at most %d bytes", maxFilter)
	}
	q := document.Query{After: f.Cursor, Text: f.Text, Limit: limit + 1, Equal: make(map[string]string)}
	if f.Tag != "" {
		q.Equal["tags"] = strings.ToLower(f.Tag)
	}
	if f.Difficulty != "" {
		q.Equal["difficulty"] = strings.ToLower(f.Difficulty)
	}
	found, err := c.docs.Find(ctx, document.Problems, q)
	if err != nil {
		return page, fmt.Errorf("catalog: list: %w", err)
	}
	for i, d := range found {
		if i == limit {
			page.NextCursor = found[limit-1].ID
			break
		}
		var h head
		if err := json.Unmarshal(d.JSON, &h); err != nil {
			return page, fmt.Errorf("catalog: list: %s: %w", d.ID, err)
		}
		page.Items = append(page.Items, h.ProblemSummary)
	}
	return page, nil
}

// current reads the published version of a problem.
func (c *Catalog) current(ctx context.Context, slug string) (v version, err error) {
	var h head
	_, err = c.docs.Get(ctx, document.Problems, slug, &h)
	if err == nil {
		_, err = c.docs.Get(ctx, document.Versions, versionID(slug, h.Version), &v)
	}
	return v, absent(err, "problem", slug)
}

func (c *Catalog) problem(ctx context.Context, q bus.BySlug) (deemster.Problem, error) {
	v, err := c.current(ctx, q.Slug)
	return v.Problem, err
}

func (c *Catalog) version(ctx context.Context, q bus.BySlugVersion) (deemster.ProblemVersion, error) {
	var v version
	id := versionID(q.Slug, q.Version)
	_, err := c.docs.Get(ctx, document.Versions, id, &v)
	return v.Judging, absent(err, "version", id)
}

func (c *Catalog) picture(ctx context.Context, q bus.PictureName) (bus.Picture, error) {
	v, err := c.current(ctx, q.Slug)
	if err != nil {
		return bus.Picture{}, err
	}
	picture, ok := v.Pictures[q.Name]
	if !ok {
		return picture, deemster.Errorf(deemster.NotFound, "there is no picture %.100q in problem %q", q.Name, q.Slug)
	}
	return picture, nil
}

// absent makes the error of a missing document one for people.
func absent(err error, kind, name string) error {
	if errors.Is(err, document.ErrNotFound) {
		return deemster.Errorf(deemster.NotFound, "there is no %s %.100q", kind, name)
	}
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}

package gateway

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/signature"
)

func (g *Gateway) registerProblems() {
	register(g, call{
		method: http.MethodGet, path: "/api/v1/languages", id: "list-languages", tag: "problems", may: anyone,
		summary:     "List the languages",
		description: "Every language that an executor knows. One that is not available says what is missing.",
	}, func(context.Context, *nothing) (*body[deemster.Page[deemster.LanguageInfo]], error) {
		return pageOf(deemster.Page[deemster.LanguageInfo]{Items: g.executors.languages()}), nil
	})
	register(g, call{
		method: http.MethodGet, path: "/api/v1/problems", id: "list-problems", tag: "problems", may: anyone,
		summary: "List the problems", description: "In the order of their slugs.", refusals: []int{http.StatusUnprocessableEntity},
	}, g.listProblems)
	register(g, call{
		method: http.MethodGet, path: "/api/v1/problems/{slug}", id: "get-problem", tag: "problems", may: anyone,
		summary:     "Read a problem",
		description: "With its statement, as Markdown and as HTML that is safe to put into a page, and its samples.",
		refusals:    []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, g.getProblem)
	g.registerPicture()
	g.registerPackages()
}

type problemsInput struct {
	Text       string `query:"q" maxLength:"200" doc:"Somewhere in the title or slug."`
	Tag        string `query:"tag" maxLength:"64" doc:"Has this tag."`
	Difficulty string `query:"difficulty" maxLength:"64" doc:"Is of this difficulty: easy, medium or hard."`
	Paging
}

// Paging is what every list takes. It is exported for huma.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"256" doc:"next_cursor of the page before."`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"Items on a page."`
}

// pageOf makes a page an answer; its items are a list even when there are none.
func pageOf[T any](p deemster.Page[T]) *body[deemster.Page[T]] {
	if p.Items == nil {
		p.Items = []T{}
	}
	return &body[deemster.Page[T]]{p}
}

func (g *Gateway) listProblems(ctx context.Context, in *problemsInput) (*body[deemster.Page[deemster.ProblemSummary]], error) {
	page, err := ask(ctx, g, bus.ListProblems, bus.ProblemFilter{
		Text: in.Text, Tag: in.Tag, Difficulty: in.Difficulty, Cursor: in.Cursor, Limit: in.Limit,
	})
	return pageOf(page), err
}

// BySlug is the input of calls about one problem. It is exported for huma.
type BySlug struct {
	Slug string `path:"slug" maxLength:"64" doc:"The problem's slug." example:"aplusb"`
}

func (g *Gateway) getProblem(ctx context.Context, in *BySlug) (*body[deemster.Problem], error) {
	p, err := g.problem(ctx, in.Slug)
	if p.Signature != nil {
		p.Starter = signature.Starters(*p.Signature)
	}
	return &body[deemster.Problem]{p}, err
}

// problem reads the published version of a problem.
func (g *Gateway) problem(ctx context.Context, slug string) (deemster.Problem, error) {
	if !deemster.ValidSlug(slug) {
		return deemster.Problem{}, deemster.Errorf(deemster.NotFound, "no such problem")
	}
	return ask(ctx, g, bus.GetProblem, bus.BySlug{Slug: slug})
}

// pictureTypes are the types a picture may have. Packages come from setters, and what
// they call a picture must not become a page of ours.
var pictureTypes = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/svg+xml": true,
}

type pictureInput struct {
	BySlug
	Name string `path:"name" maxLength:"255" doc:"The picture's file name, as the statement has it." example:"graph.png"`
}

type stream struct {
	Body func(huma.Context)
}

func (g *Gateway) registerPicture() {
	c := call{
		method: http.MethodGet, path: "/api/v1/problems/{slug}/pictures/{name}", id: "get-picture", tag: "problems", may: anyone,
		summary:     "Read a picture of a statement",
		description: "PNG, JPEG, GIF, WebP or SVG, to be shown as an image: as a page it may do nothing.",
		refusals:    []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}
	op := g.operation(c)
	content := map[string]*huma.MediaType{}
	for t := range pictureTypes {
		content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	op.Responses["200"] = &huma.Response{Description: "The picture.", Content: content}
	huma.Register(g.api, op, func(ctx context.Context, in *pictureInput) (*stream, error) {
		out, err := g.picture(ctx, in)
		if err != nil {
			return nil, g.refuse(ctx, err)
		}
		return out, nil
	})
}

func (g *Gateway) picture(ctx context.Context, in *pictureInput) (*stream, error) {
	absent := deemster.Errorf(deemster.NotFound, "no such picture")
	if !deemster.ValidSlug(in.Slug) {
		return nil, absent
	}
	picture, err := ask(ctx, g, bus.GetPicture, bus.PictureName{Slug: in.Slug, Name: in.Name})
	if err != nil {
		return nil, err
	}
	if !pictureTypes[picture.ContentType] {
		return nil, absent
	}
	content, err := g.blobs.Open(ctx, picture.Blob)
	if err != nil {
		return nil, err
	}
	return &stream{func(hc huma.Context) {
		defer content.Close()
		hc.SetHeader("Content-Type", picture.ContentType)
		hc.SetHeader("Content-Disposition", "inline")
		hc.SetHeader("Cache-Control", "public, max-age=3600")
		hc.SetHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
		hc.SetStatus(http.StatusOK)
		if _, err := io.Copy(hc.BodyWriter(), content); err != nil {
			g.log.Debug("gateway: picture not delivered", "problem", in.Slug, "err", err)
			panic(http.ErrAbortHandler) // half a picture must not look like a whole one
		}
	}}, nil
}

// packageInput reads its body itself: a package is too large for memory.
type packageInput struct {
	Slug string `query:"slug" maxLength:"64" doc:"The problem's slug; left out, the package's own name."`
	w    http.ResponseWriter
	r    *http.Request
}

// Resolve is huma's way of handing over the request.
func (in *packageInput) Resolve(ctx huma.Context) []error {
	in.r, in.w = humago.Unwrap(ctx)
	return nil
}

func (g *Gateway) registerPackages() {
	c := call{
		method: http.MethodPost, path: "/api/v1/packages", id: "import-package", tag: "problems", may: managesProblems, status: http.StatusCreated,
		summary: "Import a problem package",
		description: "The body is a zipped package in the ICPC problem package format, at most 512 MiB. " +
			"It is published as a new version of its problem; what could be better in it comes as warnings.",
		refusals: []int{http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity},
	}
	op := g.operation(c)
	op.RequestBody = &huma.RequestBody{Required: true, Description: "The zipped package.", Content: map[string]*huma.MediaType{
		"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	huma.Register(g.api, op, func(ctx context.Context, in *packageInput) (*body[bus.ImportResult], error) {
		result, err := g.importPackage(ctx, in)
		if err != nil {
			return nil, g.refuse(ctx, err)
		}
		return &body[bus.ImportResult]{result}, nil
	})
}

func (g *Gateway) importPackage(ctx context.Context, in *packageInput) (bus.ImportResult, error) {
	if in.Slug != "" && !deemster.ValidSlug(in.Slug) {
		return bus.ImportResult{}, deemster.FieldErrorf("slug", "a slug has 1 to 64 lower-case letters, digits and hyphens, the first not a hyphen")
	}
	if in.r.ContentLength > int64(maxPackage) {
		return bus.ImportResult{}, errPackageSize
	}
	// A slow upload may take its time, but not for ever.
	control, until := http.NewResponseController(in.w), time.Now().Add(15*time.Minute)
	if err := errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until.Add(importTimeout))); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return bus.ImportResult{}, err
	}
	hash, size, err := g.blobs.Put(ctx, http.MaxBytesReader(in.w, in.r.Body, int64(maxPackage)))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return bus.ImportResult{}, errPackageSize
	}
	if err != nil {
		return bus.ImportResult{}, err
	}
	if size == 0 {
		return bus.ImportResult{}, deemster.FieldErrorf("body", "the body is empty: send a zipped package")
	}
	result, err := askFor(ctx, g, bus.ImportPackage,
		bus.PackageImport{Slug: in.Slug, Package: hash, By: callerOf(ctx).user.Handle}, importTimeout)
	if err != nil {
		return bus.ImportResult{}, err
	}
	if result.Warnings == nil {
		result.Warnings = []string{}
	}
	g.log.Info("gateway: package imported", "problem", result.Slug, "version", result.Version, "user", callerOf(ctx).user.ID)
	return result, nil
}

var errPackageSize = &deemster.Error{
	Kind: deemster.TooLarge, Field: "body", Title: "the package is over " + maxPackage.String(),
}

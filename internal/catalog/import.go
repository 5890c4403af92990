package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/scoring"
)

const (
	// MaxPackage is the largest zip that is imported.
	MaxPackage = 256 * deemster.MiB
	// maxSample is the largest input or answer shown with a statement, and maxSamples
	// what is shown in all.
	maxSample  = 16 * deemster.KiB
	maxSamples = 128 * deemster.KiB
	// parallelPuts is how many blobs an import writes at one time: a disk syncs several
	// nearly as fast as one.
	parallelPuts = 8
)

// importPackage publishes a zipped package from the blob store.
func (c *Catalog) importPackage(ctx context.Context, q bus.PackageImport) (result bus.ImportResult, err error) {
	zip, size, err := c.fetch(ctx, q.Package)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, zip.Close()) }()
	p, err := pack.OpenZip(zip, size)
	if err != nil {
		return result, fmt.Errorf("catalog: %w", err)
	}
	return c.Import(ctx, p, q.Slug, q.By)
}

// fetch copies a blob to an unnamed file, because a zip is read from its end.
func (c *Catalog) fetch(ctx context.Context, h deemster.Hash) (*os.File, int64, error) {
	size, err := c.blobs.Size(ctx, h)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, 0, deemster.Errorf(deemster.NotFound, "the package is not in the blob store; send it again")
	}
	if err != nil {
		return nil, 0, fmt.Errorf("catalog: %w", err)
	}
	if size > MaxPackage {
		return nil, 0, deemster.Errorf(deemster.TooLarge, "the package is %s; at most %s are imported", size, MaxPackage)
	}
	r, err := c.blobs.Open(ctx, h)
	if err != nil {
		return nil, 0, fmt.Errorf("catalog: %w", err)
	}
	defer r.Close()
	f, err := os.CreateTemp("", "deemster-package-")
	if err != nil {
		return nil, 0, fmt.Errorf("catalog: %w", err)
	}
	err = os.Remove(f.Name())
	if err == nil {
		_, err = io.Copy(f, r)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("catalog: fetch package: %w", err), f.Close())
	}
	return f, int64(size), nil
}

// Import publishes a package as the next version of a problem. An empty slug is taken
// from the package. When the problem's current version has the same content already, no
// version is made, and a warning says so.
func (c *Catalog) Import(ctx context.Context, p *pack.Package, slug, by string) (bus.ImportResult, error) {
	if slug == "" {
		slug = p.Slug
	}
	if !deemster.ValidSlug(slug) {
		return bus.ImportResult{}, deemster.FieldErrorf("slug", "must be 1 to 64 lower-case letters, digits and hyphens; name one, because %.100q cannot be taken", slug)
	}
	if err := p.Err(); err != nil {
		return bus.ImportResult{}, err
	}
	v, warnings, err := c.build(ctx, p, slug)
	if err != nil {
		return bus.ImportResult{}, err
	}
	v.By = by
	result := bus.ImportResult{Slug: slug, Warnings: append(p.Warnings(), warnings...)}
	published, err := c.publish(ctx, &v)
	if err != nil {
		return bus.ImportResult{}, err
	}
	result.Version = v.Problem.Version
	if !published {
		result.Warnings = append(result.Warnings, fmt.Sprintf("nothing has changed since version %d: no new version was made", result.Version))
	}
	c.log.Info("catalog: package imported", "problem", slug, "version", result.Version, "new", published,
		"tests", len(p.Tests), "warnings", len(result.Warnings), "by", by)
	return result, nil
}

// build makes the documents of a new version, still without its number, and stores the
// blobs they refer to.
func (c *Catalog) build(ctx context.Context, p *pack.Package, slug string) (v version, warnings []string, err error) {
	pictures, tests := make([]bus.Picture, len(p.Pictures)), make([]deemster.Test, len(p.Tests))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallelPuts)
	for i, picture := range p.Pictures {
		pictures[i].ContentType = picture.ContentType
		c.put(groupCtx, group, picture.File, &pictures[i].Blob)
	}
	for i, t := range p.Tests {
		tests[i] = deemster.Test{Name: t.Name, Group: t.Group, Sample: t.Sample, Checker: t.Checker, Args: t.Args}
		c.put(groupCtx, group, t.Input, &tests[i].Input)
		c.put(groupCtx, group, t.Answer, &tests[i].Answer)
	}
	validator := c.putValidator(groupCtx, group, p.Validator)
	if err := group.Wait(); err != nil {
		return v, nil, err
	}
	v.Judging = deemster.ProblemVersion{
		Slug: slug, Mode: p.Mode, Limits: p.Limits.Or(deemster.DefaultLimits), Checker: p.Checker, Validator: validator,
		Signature: p.Signature, Groups: p.Groups, Tests: tests,
	}
	v.Pictures = make(map[string]bus.Picture)
	for i, picture := range p.Pictures {
		v.Pictures[picture.Name] = pictures[i]
	}
	statement, warnings, err := renderStatement(p.Statements[0], slug, v.Pictures)
	if err != nil {
		return v, nil, err
	}
	samples, left, err := readSamples(p.Tests)
	if err != nil {
		return v, nil, err
	}
	v.Problem = deemster.Problem{
		Slug: slug, Title: p.Title, Difficulty: p.Difficulty, Tags: append([]string{}, p.Tags...),
		Author: p.Author, Source: p.Source, License: p.License,
		Statement: statement, Samples: samples,
		TimeMS: v.Judging.Limits.CPU.Milliseconds(), Memory: v.Judging.Limits.Memory, Tests: len(tests),
		Mode: p.Mode, Scored: len(p.Groups) > 0, MaxScore: maxScore(p), Signature: p.Signature,
	}
	if err := v.seal(); err != nil {
		return v, nil, err
	}
	return v, append(warnings, left...), nil
}

// maxScore is what a submission can get at most.
func maxScore(p *pack.Package) *float64 {
	tests := make([]scoring.Test, len(p.Tests))
	for i, t := range p.Tests {
		tests[i] = scoring.Test{Name: t.Name, Group: t.Group}
	}
	return scoring.NewSheet(p.Groups, tests).Outcome().MaxScore
}

// putValidator stores the files of a package's own program, if it has one.
func (c *Catalog) putValidator(ctx context.Context, group *errgroup.Group, program *pack.Program) *deemster.Validator {
	if program == nil {
		return nil
	}
	v := &deemster.Validator{
		Language: program.Language, Protocol: program.Protocol, Limits: program.Limits,
		Files: make([]deemster.SourceFile, len(program.Files)),
	}
	for i, f := range program.Files {
		v.Files[i].Name = path.Base(f.Path)
		c.put(ctx, group, f, &v.Files[i].Content)
	}
	return v
}

// put stores a file of a package and leaves its hash in h.
func (c *Catalog) put(ctx context.Context, group *errgroup.Group, f pack.File, h *deemster.Hash) {
	group.Go(func() error {
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("catalog: %s: %w", f.Path, err)
		}
		defer r.Close()
		if *h, _, err = c.blobs.Put(ctx, r); err != nil {
			return fmt.Errorf("catalog: %s: %w", f.Path, err)
		}
		return nil
	})
}

// readSamples reads the samples that are shown with the statement. Those that are too
// long for it are judged all the same, and a warning says that they are not shown.
func readSamples(tests []pack.Test) (samples []deemster.Sample, warnings []string, err error) {
	samples = []deemster.Sample{}
	var total deemster.Bytes
	for _, t := range tests {
		if !t.Sample {
			continue
		}
		s, ok, err := t.ReadSample(maxSample)
		if err != nil {
			return nil, nil, fmt.Errorf("catalog: %w", err)
		}
		size := deemster.Bytes(len(s.Input) + len(s.Answer))
		if !ok || total+size > maxSamples {
			warnings = append(warnings, fmt.Sprintf("%s: is not shown: a sample is UTF-8 text of at most %s, all together %s", t.Name, maxSample, maxSamples))
			continue
		}
		total += size
		samples = append(samples, s)
	}
	return samples, warnings, nil
}

// seal computes the hashes that name a version's test set and content. Neither knows
// when it was imported, by whom, or as which number.
func (v *version) seal() error {
	judging, err := json.Marshal(v.Judging)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	v.Judging.Hash = deemster.HashOf(judging)
	content, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	v.Content = deemster.HashOf(content)
	problem, err := json.Marshal(v.Problem)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	// Some room is left for the number, the time and the envelope.
	if most := deemster.Bytes(bus.MaxMessage) - deemster.KiB; deemster.Bytes(len(problem)) > most || deemster.Bytes(len(judging)) > most {
		return deemster.Errorf(deemster.TooLarge, "statement and samples, or the names of the tests, are more than %s; make them shorter", most)
	}
	return nil
}

// publish gives v the next number and makes it current, unless the current version has
// the same content: then v gets that version's number and nothing is published.
func (c *Catalog) publish(ctx context.Context, v *version) (published bool, err error) {
	slug := v.Problem.Slug
	for {
		var h head
		revision, err := c.docs.Get(ctx, document.Problems, slug, &h)
		if err != nil && !errors.Is(err, document.ErrNotFound) {
			return false, fmt.Errorf("catalog: publish: %w", err)
		}
		if h.Content == v.Content {
			v.number(h.Version, c.now())
			return false, nil
		}
		v.number(h.Version+1, c.now())
		id := versionID(slug, h.Version+1)
		err = c.docs.Insert(ctx, document.Versions, id, v)
		if err == nil {
			return true, c.moveHead(ctx, v, revision)
		}
		if !errors.Is(err, document.ErrConflict) {
			return false, fmt.Errorf("catalog: publish: %w", err)
		}
		// Another import has this number, and may have died before it moved the head.
		var other version
		if _, err := c.docs.Get(ctx, document.Versions, id, &other); err != nil {
			return false, fmt.Errorf("catalog: publish: %w", err)
		}
		if err := c.moveHead(ctx, &other, revision); err != nil {
			return false, err
		}
	}
}

func (v *version) number(n int, at time.Time) {
	v.Problem.Version, v.Judging.Version = n, n
	v.Problem.UpdatedAt = at.UTC()
}

// moveHead makes v current if the head still has the given revision, 0 for none. If not,
// somebody else has done so.
func (c *Catalog) moveHead(ctx context.Context, v *version, revision int64) error {
	p := v.Problem
	h := head{
		ProblemSummary: deemster.ProblemSummary{Slug: p.Slug, Title: p.Title, Difficulty: p.Difficulty, Tags: p.Tags},
		Version:        p.Version, Content: v.Content,
	}
	var err error
	if revision == 0 {
		err = c.docs.Insert(ctx, document.Problems, p.Slug, h)
	} else {
		err = c.docs.Replace(ctx, document.Problems, p.Slug, revision, h)
	}
	if err != nil && !errors.Is(err, document.ErrConflict) {
		return fmt.Errorf("catalog: publish: %w", err)
	}
	return nil
}

// LoadSamples imports the packages in files if the catalog is empty.
func (c *Catalog) LoadSamples(ctx context.Context, files fs.FS) error {
	page, err := c.List(ctx, bus.ProblemFilter{Limit: 1})
	if err != nil || len(page.Items) > 0 {
		return err
	}
	return c.Load(ctx, files)
}

// Load imports every package in files: each directory at the top with a problem.yaml.
// One that fails keeps none of the others out.
func (c *Catalog) Load(ctx context.Context, files fs.FS) error {
	found, err := fs.Glob(files, "*/problem.yaml")
	if err != nil {
		return fmt.Errorf("catalog: load: %w", err)
	}
	var failed []error
	for _, name := range found {
		dir := name[:len(name)-len("/problem.yaml")]
		if err := c.loadOne(ctx, files, dir); err != nil {
			failed = append(failed, fmt.Errorf("catalog: load %s: %w", dir, err))
		}
	}
	return errors.Join(failed...)
}

func (c *Catalog) loadOne(ctx context.Context, files fs.FS, dir string) error {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		return err
	}
	p, err := pack.OpenFS(sub, dir)
	if err != nil {
		return err
	}
	_, err = c.Import(ctx, p, "", "")
	return err
}

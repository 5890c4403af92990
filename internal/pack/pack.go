// Package pack reads problem packages: the ICPC/Kattis problem package format in its
// legacy, 2023-07 and 2025-09 versions, from a directory or a zip.
//
// A package comes from a stranger. A zip is refused as a whole when an entry could lead
// outside of it or is larger than it says; no name of an entry ever becomes a path on
// disk. What is wrong with the contents is collected as [Finding]s, all of them and not
// only the first. Large files are opened when they are needed and never held in memory.
//
// This version judges with the default output validator only: packages with validators,
// interactors or scores of their own get a finding that says so.
//
// The format is described at https://www.kattis.com/problem-package-format/spec/.
package pack

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/deemster-oj/deemster"
)

// What a package may measure. Larger ones are refused.
const (
	MaxEntries     = 20_000           // files and directories
	MaxTotal       = 2 * deemster.GiB // all files together, uncompressed
	MaxFile        = deemster.GiB     // one file, uncompressed
	MaxStatement   = 64 * deemster.KiB
	MaxPicture     = 2 * deemster.MiB
	MaxPictures    = 50
	MaxSettings    = 64 * deemster.KiB // problem.yaml and the like
	MaxSubmissions = 200
	MaxTestName    = 100              // bytes
	MaxProgram     = 4 * deemster.MiB // a program of the package's own, all files
	maxFindings    = 100
)

// Package is a problem package that has been read.
type Package struct {
	Slug       string // the name of its directory, when that can name a problem; or empty
	Title      string // in the language of the first statement
	Difficulty string // "easy", "medium", "hard": from a keyword
	Tags       []string
	Author     string
	Source     string
	License    string
	Statements []Statement // English first
	Pictures   []Picture
	Limits     deemster.Limits // what the package does not set is zero
	Mode       deemster.Mode
	Checker    deemster.Checker // of tests that do not have their own, when there is no Validator
	Validator  *Program         // the package's own
	// InputValidators say of each test's input whether it is one.
	InputValidators []Program
	Signature       *deemster.Signature // submissions are this function
	Groups          []deemster.Group    // of a scored problem
	Tests           []Test              // in the order of judging: by name, samples first
	// Submissions are the example programs, in the order of their paths.
	Submissions []Submission
	Findings    []Finding

	close func() error
}

// Statement is the text of the problem in one language, in Markdown.
type Statement struct {
	Language string // "en", "pt-BR"
	Markdown string
}

// Picture is a file that the statement shows.
type Picture struct {
	File
	Name        string // as the statement refers to it
	ContentType string // "image/png"
}

// Test is one test case.
type Test struct {
	Name   string // "sample/1", "secret/big/03"
	Group  string // "sample", "secret/big"
	Sample bool
	Input  File
	Answer File
	// Checker is set where this test's output is compared in another way than the others'.
	Checker *deemster.Checker
	// Args are the validator's arguments on this test.
	Args []string
}

// Program is a program of the package's that is not judged: it judges.
type Program struct {
	Path     string // "output_validator", "input_validators/check.py", of its file or directory
	Language string // empty when the names of its files tell it
	Files    []File
	Protocol deemster.Protocol // of an output validator
	Limits   deemster.Limits   // what the package does not set is zero
}

// Submission is a program in the package and what the judge should say of it.
type Submission struct {
	Path     string // "submissions/accepted/sum.py", of its file or directory
	Files    []deemster.File
	Expected []deemster.Verdict // any of these; never empty
}

// Finding is something worth telling about a package. One of level "error" keeps it from
// being published.
type Finding struct {
	Level   Level  `json:"level"`
	Where   string `json:"where"` // a file, with the key at fault: "problem.yaml: limits.memory"
	Message string `json:"message"`
}

func (f Finding) String() string { return f.Where + ": " + f.Message }

// Level tells how bad a finding is.
type Level string

// Every level.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Open reads a package from a directory or a zip file. Close it after use.
func Open(path string) (*Package, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &deemster.Error{Kind: deemster.NotFound, Title: fmt.Sprintf("there is no package at %q", path), Cause: err}
	}
	if info.IsDir() {
		return OpenDir(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	p, err := OpenZip(f, info.Size())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if p.Slug == "" {
		p.Slug = slugOf(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	}
	p.close = f.Close
	return p, nil
}

// OpenDir reads a package from a directory. Symbolic links that lead out of it are not
// followed. Close it after use.
func OpenDir(path string) (*Package, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	p, err := OpenFS(root.FS(), filepath.Base(path))
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	p.close = root.Close
	return p, nil
}

// OpenFS reads a package whose top directory is that of files and is called name.
func OpenFS(files fs.FS, name string) (*Package, error) {
	p := &Package{Slug: slugOf(name)}
	t, err := treeOfFS(files, p)
	if err != nil {
		return nil, err
	}
	return p, p.read(t)
}

// OpenZip reads a package from a zip of the given size. All may be in one directory of
// the zip, which then names the package.
func OpenZip(r io.ReaderAt, size int64) (*Package, error) {
	p := &Package{}
	t, top, err := treeOfZip(r, size, p)
	if err != nil {
		return nil, err
	}
	p.Slug = slugOf(top)
	return p, p.read(t)
}

// Close closes what the package was opened from. Its files cannot be opened any more.
func (p *Package) Close() error {
	if p.close == nil {
		return nil
	}
	return p.close()
}

// Err says why the package cannot be published, naming every error found; or nil.
func (p *Package) Err() error {
	var found []string
	for _, f := range p.Findings {
		if f.Level == Error {
			found = append(found, f.String())
		}
	}
	if len(found) == 0 {
		return nil
	}
	return deemster.Errorf(deemster.Invalid, "the package cannot be published: %s", strings.Join(found, "; "))
}

// Warnings lists the findings that do not keep the package from being published.
func (p *Package) Warnings() []string {
	var found []string
	for _, f := range p.Findings {
		if f.Level == Warning {
			found = append(found, f.String())
		}
	}
	return found
}

// read fills p from its files. Only a failure to read is an error; what is wrong with the
// contents becomes a finding.
func (p *Package) read(t *tree) error {
	settings, err := p.readSettings(t)
	if err != nil {
		return err
	}
	if err := p.readStatements(t, settings); err != nil {
		return err
	}
	if err := p.readPictures(t); err != nil {
		return err
	}
	if err := p.readTests(t, settings); err != nil {
		return err
	}
	return p.readSubmissions(t)
}

func (p *Package) errorf(where, format string, args ...any) {
	p.find(Finding{Error, where, fmt.Sprintf(format, args...)})
}

func (p *Package) warnf(where, format string, args ...any) {
	p.find(Finding{Warning, where, fmt.Sprintf(format, args...)})
}

// find collects a finding. After very many the rest is left out, but never the fact that
// there are errors.
func (p *Package) find(f Finding) {
	switch {
	case len(p.Findings) < maxFindings:
		p.Findings = append(p.Findings, f)
	case len(p.Findings) == maxFindings:
		p.Findings = append(p.Findings, Finding{f.Level, "package", "more was found and is left out"})
	case f.Level == Error:
		p.Findings[maxFindings].Level = Error
	}
}

// slugOf makes a slug of a directory's name, or nothing when it cannot be one.
func slugOf(name string) string {
	if slug := strings.ToLower(name); deemster.ValidSlug(slug) {
		return slug
	}
	return ""
}

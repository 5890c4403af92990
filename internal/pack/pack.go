// Package pack reads problem packages: the ICPC/Kattis problem package format in its
// legacy, 2023-07 and 2025-09 versions, and Polygon's full packages, from a directory or a
// zip. It writes the format's version 2025-09.
//
// A package comes from a stranger. A zip is refused as a whole when an entry could lead
// outside of it or is larger than it says; no name of an entry ever becomes a path on
// disk. What is wrong with the contents is collected as [Finding]s, all of them and not
// only the first. Large files are opened when they are needed and never held in memory.
//
// What this judge cannot do of a format is a finding with the reason: static validators,
// graders of a package's own, code that is put into submissions, input in files.
//
// The format is described at https://www.kattis.com/problem-package-format/spec/. Two files
// at the top of a package are ours: signature.yaml declares a function that is asked for,
// deemster.yaml says that the output validator is called as testlib.h has it.
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
	MaxExamples    = 200
	MaxProgram     = 4 * deemster.MiB // the sources of one validator; testlib.h alone has 200 KiB
	MaxPrograms    = 20               // input validators
	MaxTestName    = 100              // bytes
	maxFindings    = 100
)

// Package is a problem package that has been read.
type Package struct {
	Slug        string // the name of its directory, when that can name a problem; or empty
	Title       string // in the language of the first statement
	Difficulty  string // "easy", "medium", "hard": from a keyword
	Tags        []string
	Author      string
	Source      string
	License     string
	Statements  []Statement // English first
	Pictures    []Picture
	UUID        string
	RightsOwner string
	Limits      deemster.Limits // what the package does not set is zero
	Timing      Timing          // how a time limit that is not set is worked out
	Mode        deemster.Mode
	Checker     deemster.Checker // of tests that do not have their own, when there is no Validator
	Validator   *Program         // the package's own
	// InputValidators say of each test's input whether it is one.
	InputValidators []Program
	Signature       *deemster.Signature // submissions are this function
	Groups          []deemster.Group    // of a scored problem
	Tests           []Test              // in the order of judging: by name, samples first
	Examples        []Example
	// Submissions are the example programs, in the order of their paths.
	Submissions []Submission
	Findings    []Finding

	// How validators are to be called, if that is said.
	protocol, inputProtocol deemster.Protocol
	demands                 *File // submissions.yaml, if there is one
	close                   func() error
}

// Statement is the text of the problem in one language, in Markdown.
type Statement struct {
	Language string // "en", "pt-BR"
	Title    string
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
	// Args are the output validator's arguments on this test.
	Args []string
	// InputArgs are those of input validators by their names; under "" those of all.
	InputArgs map[string][]string
	Shown     Shown // of a sample
}

// Shown is what people see of a sample in the place of its input and answer, where the
// package says so. An interaction is all that is shown.
type Shown struct {
	Input, Answer, Interaction *File
}

// Example shows that the package's own programs do their work: an input that its input
// validators have to refuse, or an output that its output validator has to refuse or, when
// it is right, accept.
type Example struct {
	Test
	Output *File // nil of an input
	Right  bool
}

// Program is a program of the package's that is not judged: it judges.
type Program struct {
	Path     string // "output_validator", "input_validators/check.py", of its file or directory
	Language string // empty when the names of its files tell it
	Files    []File
	// Protocol is how the program is called and answers. An input validator of testlib's
	// ends with status 0 when the input is valid, any other with 42.
	Protocol deemster.Protocol
	Limits   deemster.Limits // what the package does not set is zero
}

// Submission is a program in the package and what the judge should say of it.
type Submission struct {
	Path     string // "submissions/accepted/sum.py", of its file or directory
	Language string // empty when the names of its files tell it
	Files    []deemster.File
	Expected []deemster.Verdict // any of these; never empty
	Rules    []Rule             // what is demanded of its tests and points
}

// Rule is something that the package demands of a submission.
type Rule struct {
	// Tests is a pattern of the names of tests, or groups; empty is all tests.
	Tests     string
	Permitted []deemster.Verdict // each test has one of these; nil is any
	Required  []deemster.Verdict // at least one test has one of these; nil is any
	// Score is the least and the most of the points of the submission, or of the group
	// that Tests names.
	Score *[2]float64
	// Message is part of what the validator tells the setter of a test.
	Message string
	// Bound says whether the time on the rule's tests bounds the time limit.
	Bound Bound
	// Always is set when the rule holds for what it stands in of itself, and not because
	// the package says so; judging up to the first failure does for it.
	Always bool
}

// OfTests reports whether the rule demands anything of single tests.
func (r Rule) OfTests() bool { return r.Permitted != nil || r.Required != nil || r.Message != "" }

// Bound is how a submission bounds the time limit.
type Bound string

// Every bound.
const (
	Lower Bound = "lower" // the limit has to leave it time
	Upper Bound = "upper" // the limit has to end it
)

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
	_, ours := t.files[settingsFile]
	if _, isPolygon := t.files[polygonFile]; isPolygon && !ours {
		var err error
		if t, err = p.fromPolygon(t); err != nil {
			return err
		}
	}
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
	if err := p.readPrograms(t, settings); err != nil {
		return err
	}
	if err := p.readTests(t, settings); err != nil {
		return err
	}
	return p.readSubmissions(t, settings)
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

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// verifyCommand is `deemster verify PACKAGE…`.
type verifyCommand struct {
	judgingFlags
	Packages []string `arg:"" name:"package" help:"Problem packages: directories or zips."`
}

// Help is shown below the flags.
func (verifyCommand) Help() string {
	return `Tells what is wrong with a package, and judges every submission in it: one in submissions/wrong_answer has to get WA.

    deemster verify problems/aplusb
    deemster verify --json problems/* | jq -r 'select(.ok | not) | .package'

With --json there is one object a package. The exit status is 0 when all packages are in order and all submissions get an expected verdict, 1 when not, 2 when that could not be found out. The package's own validators are not run by this version.`
}

// verification is what there is to say of a package.
type verification struct {
	OK          bool           `json:"ok"`
	Package     string         `json:"package"`
	TimeLimitMS int64          `json:"time_limit_ms"`
	Findings    []pack.Finding `json:"findings"`
	Submissions []verified     `json:"submissions"`
}

// verified is what there is to say of a submission in a package.
type verified struct {
	Path     string             `json:"path"`
	Language string             `json:"language"`
	Expected []deemster.Verdict `json:"expected"`
	Verdict  deemster.Verdict   `json:"verdict"`
	TimeMS   int64              `json:"time_ms"`
	Memory   deemster.Bytes     `json:"memory_bytes"`
	OK       bool               `json:"ok"`
	// Message says why there is no verdict, or what is behind an unexpected one.
	Message string `json:"message,omitempty"`
}

// Run verifies the packages.
func (c *verifyCommand) Run() error {
	if c.Jobs < 1 {
		return errors.New("--jobs must be at least 1")
	}
	if err := engine.Prepare(c.Box); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	var bad, failed bool
	for _, path := range c.Packages {
		v, err := c.verify(ctx, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if c.JSON {
			err = json.NewEncoder(os.Stdout).Encode(v)
		} else {
			err = v.summarize(os.Stdout)
		}
		if err != nil {
			return err
		}
		bad = bad || !v.OK
		for _, s := range v.Submissions {
			failed = failed || s.Verdict == deemster.JudgeError
		}
	}
	switch {
	case failed:
		return errors.New("not every submission could be judged")
	case bad:
		return errNo
	}
	return nil
}

// verify verifies one package. A package that cannot be read because of what it is gets
// a finding; an error is ours.
func (c *verifyCommand) verify(ctx context.Context, path string) (v verification, err error) {
	v = verification{Package: path, Findings: []pack.Finding{}, Submissions: []verified{}}
	p, err := pack.Open(path)
	switch deemster.KindOf(err) {
	case "":
	case deemster.Invalid, deemster.TooLarge:
		v.Findings = append(v.Findings, pack.Finding{Level: pack.Error, Where: path, Message: deemster.PublicError(err).Title})
		c.printFindings(v)
		return v, nil
	default:
		return v, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	v.TimeLimitMS = c.limits(p).CPU.Milliseconds()
	v.Findings = append(v.Findings, p.Findings...)
	c.printFindings(v)
	if p.Err() != nil { // what would be judged is not what the author means
		return v, nil
	}
	if v.Submissions, err = c.judgeAll(ctx, p); err != nil {
		return v, err
	}
	v.OK = !slices.ContainsFunc(v.Submissions, func(s verified) bool { return !s.OK })
	return v, nil
}

// judgeAll judges the package's submissions, Jobs at a time, and prints them in order.
func (c *verifyCommand) judgeAll(ctx context.Context, p *pack.Package) (_ []verified, err error) {
	all, err := c.load()
	if err != nil {
		return nil, err
	}
	languages := make([]lang.Language, len(p.Submissions))
	var wanted []lang.Language
	for i, s := range p.Submissions {
		languages[i] = languageOf(all, s)
		if _, known := lang.ByID(wanted, languages[i].ID); !known && languages[i].ID != "" {
			wanted = append(wanted, languages[i])
		}
	}
	show := newProgress(c.Progress)
	show.show("preparing %d languages", len(wanted))
	b, err := c.openBench(ctx, wanted)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	data, err := newTestData()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, data.close()) }()

	task := judge.Task{Limits: c.limits(p), Checker: p.Checker, Tests: data.tests(p)}
	results := make([]verified, len(p.Submissions))
	done := make([]chan struct{}, len(results))
	for i := range done {
		done[i] = make(chan struct{})
	}
	var group errgroup.Group
	group.SetLimit(c.Jobs)
	go func() {
		for i, s := range p.Submissions {
			group.Go(func() error {
				defer close(done[i])
				results[i] = verifyOne(ctx, b, task, languages[i].ID, s)
				return nil
			})
		}
	}()
	for i := range results {
		show.show("judging %d of %d: %s", i+1, len(results), p.Submissions[i].Path)
		<-done[i]
		show.clear()
		if !c.JSON {
			results[i].print(os.Stdout)
		}
	}
	return results, ctx.Err()
}

// languageOf tells a submission's language by the names of its files.
func languageOf(languages []lang.Language, s pack.Submission) lang.Language {
	for _, f := range s.Files {
		if l, ok := lang.ByFile(languages, f.Name); ok {
			return l
		}
	}
	return lang.Language{}
}

// verifyOne judges a submission and compares the verdict with those expected. When it
// cannot be judged the verdict is JE.
func verifyOne(ctx context.Context, b *bench, task judge.Task, language string, s pack.Submission) verified {
	v := verified{Path: s.Path, Language: language, Expected: s.Expected, Verdict: deemster.JudgeError}
	if language == "" {
		v.Message = "the names of its files do not tell its language"
		return v
	}
	var err error
	if task.Language, err = b.language(language); err != nil {
		v.Message = err.Error()
		return v
	}
	task.Files = s.Files
	result, err := judge.Judge(ctx, build.New(b.engine), task, func(string, int, *deemster.TestResult) {})
	if err != nil {
		v.Message = err.Error()
		return v
	}
	v.Verdict, v.TimeMS, v.Memory = result.Verdict, result.TimeMS, result.Memory
	v.OK = slices.Contains(v.Expected, v.Verdict)
	if !v.OK {
		v.Message = reason(result)
	}
	return v
}

// reason is what is behind a verdict: the compiler's words, or the test that decided.
func reason(r judge.Result) string {
	if r.Verdict == deemster.CompileError {
		return r.CompileLog
	}
	for _, t := range r.Tests {
		if t.Verdict != deemster.Accepted {
			return strings.TrimSuffix(t.Name+": "+t.Feedback, ": ")
		}
	}
	return ""
}

func (c *verifyCommand) printFindings(v verification) {
	if c.JSON {
		return
	}
	fmt.Println(visible(v.Package))
	for _, f := range v.Findings {
		fmt.Printf("  %-7s %s\n", f.Level, visible(f.String()))
	}
}

// print writes the submission's line, and below it what is unexpected.
func (s verified) print(to io.Writer) {
	mark := "ok"
	if !s.OK {
		mark = "BAD"
	}
	expected := make([]string, len(s.Expected))
	for i, e := range s.Expected {
		expected[i] = string(e)
	}
	fmt.Fprintf(to, "  %-3s %-3s expected %-7s %8s %10s  %-10s %s\n", mark, s.Verdict, strings.Join(expected, "|"),
		milliseconds(s.TimeMS), mebibytes(s.Memory), s.Language, visible(s.Path))
	if s.Message != "" {
		fmt.Fprint(to, indented(s.Message, "      "))
	}
}

// summarize writes the last line about a package.
func (v verification) summarize(to io.Writer) error {
	agree := 0
	for _, s := range v.Submissions {
		if s.OK {
			agree++
		}
	}
	word := "ok"
	if !v.OK {
		word = "NOT OK"
	}
	_, err := fmt.Fprintf(to, "  %s: %d of %d submissions as expected, time limit %d ms\n", word, agree, len(v.Submissions), v.TimeLimitMS)
	return err
}

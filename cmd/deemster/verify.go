package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// verifyCommand is `deemster verify PACKAGE…`.
type verifyCommand struct {
	judgingFlags
	All      bool     `help:"Run every test of every submission, and demand of each test what the format demands of the submission's directory."`
	Packages []string `arg:"" name:"package" help:"Problem packages: directories or zips."`
}

// Help is shown below the flags.
func (verifyCommand) Help() string {
	return `Tells what is wrong with a package: runs its input validators over all inputs, hands its answers to its output validator, and judges every submission in it: one in submissions/wrong_answer has to get WA.

    deemster verify problems/aplusb
    deemster verify --json problems/* | jq -r 'select(.ok | not) | .package'

A package without a time limit gets the one that follows from its accepted submissions; in any case the last line suggests one.

With --json there is one object a package. The exit status is 0 when all packages are in order and all submissions get an expected verdict, 1 when not, 2 when that could not be found out.`
}

// verification is what there is to say of a package.
type verification struct {
	OK          bool           `json:"ok"`
	Package     string         `json:"package"`
	TimeLimitMS int64          `json:"time_limit_ms"`
	Findings    []pack.Finding `json:"findings"`
	Submissions []verified     `json:"submissions"`
	// SuggestedMS is the time limit that follows from the submissions; 0 when none of
	// them bounds it.
	SuggestedMS int64 `json:"suggested_time_limit_ms,omitempty"`
}

// verified is what there is to say of a submission in a package.
type verified struct {
	Path     string             `json:"path"`
	Language string             `json:"language"`
	Expected []deemster.Verdict `json:"expected"`
	Verdict  deemster.Verdict   `json:"verdict"`
	Score    *float64           `json:"score,omitempty"`
	MaxScore *float64           `json:"max_score,omitempty"`
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
func (c *verifyCommand) verify(ctx context.Context, path string) (_ verification, err error) {
	v := &verifier{command: c, show: newProgress(c.Progress)}
	v.verification = verification{Package: path, Findings: []pack.Finding{}, Submissions: []verified{}}
	if !c.JSON {
		fmt.Println(visible(path))
	}
	p, err := pack.Open(path)
	switch deemster.KindOf(err) {
	case "":
	case deemster.Invalid, deemster.TooLarge:
		v.find(pack.Error, path, "%s", deemster.PublicError(err).Title)
		return v.verification, nil
	default:
		return v.verification, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	v.pack = p
	v.TimeLimitMS = c.limits(p).CPU.Milliseconds()
	for _, f := range p.Findings {
		v.find(f.Level, f.Where, "%s", f.Message)
	}
	if p.Err() != nil { // what would be judged is not what the author means
		return v.verification, nil
	}
	if err := v.open(ctx); err != nil {
		return v.verification, err
	}
	defer func() { err = errors.Join(err, v.close()) }()
	for _, step := range []func(context.Context) error{v.checkInputs, v.checkOutputs, v.workOutLimit, v.judgeAll} {
		if err := step(ctx); err != nil {
			return v.verification, err
		}
	}
	v.suggest()
	v.OK = !slices.ContainsFunc(v.Submissions, func(s verified) bool { return !s.OK }) &&
		!slices.ContainsFunc(v.Findings, func(f pack.Finding) bool { return f.Level == pack.Error })
	return v.verification, nil
}

// verifier verifies a package.
type verifier struct {
	verification
	command *verifyCommand
	show    *progress
	pack    *pack.Package
	bench   *bench
	data    *testData
	task    judge.Task // of every submission
	// languages are those of the submissions; empty where the files' names do not tell.
	languages []lang.Language
	measured  map[string]judge.Result // of submissions that bounded the time limit, by path
	slowest   time.Duration           // of those that have to fit into the limit, without allowances
	slow      string                  // which that was
}

// open makes ready what the package's programs need.
func (v *verifier) open(ctx context.Context) error {
	all, err := v.command.load()
	if err != nil {
		return err
	}
	var wanted []lang.Language
	want := func(l lang.Language, ok bool) {
		if _, known := lang.ByID(wanted, l.ID); ok && !known {
			wanted = append(wanted, l)
		}
	}
	for _, s := range v.pack.Submissions {
		l, ok := lang.OfFiles(all, s.Language, s.Files)
		want(l, ok)
		v.languages = append(v.languages, l)
	}
	programs := v.pack.InputValidators
	if v.pack.Validator != nil {
		programs = append(slices.Clone(programs), *v.pack.Validator)
	}
	for _, program := range programs {
		l, err := programLanguage(all, program)
		want(l, err == nil)
	}
	v.show.show("preparing %d languages", len(wanted))
	if v.bench, err = v.command.openBench(ctx, wanted); err != nil {
		return err
	}
	if v.data, err = newTestData(); err != nil {
		return errors.Join(err, v.bench.close())
	}
	if v.task, err = v.command.task(v.pack, v.data, v.bench); err != nil {
		return errors.Join(err, v.close())
	}
	return nil
}

func (v *verifier) close() error {
	v.show.clear()
	return errors.Join(v.data.close(), v.bench.close())
}

// find adds a finding and tells it.
func (v *verifier) find(level pack.Level, where, format string, args ...any) {
	f := pack.Finding{Level: level, Where: where, Message: fmt.Sprintf(format, args...)}
	v.Findings = append(v.Findings, f)
	if !v.command.JSON {
		v.show.clear()
		fmt.Printf("  %-7s %s\n", f.Level, visible(f.String()))
	}
}

// suggest works out the time limit that follows from the submissions that were judged, and
// says when the package's own leaves them less time than the package wants.
func (v *verifier) suggest() {
	if v.slowest == 0 {
		return
	}
	timing := v.pack.Timing
	v.SuggestedMS = timing.Limit(v.slowest).Milliseconds()
	limit := time.Duration(v.TimeLimitMS) * time.Millisecond
	if times := float64(limit) / float64(v.slowest); times < timing.ToLimit {
		v.find(pack.Warning, "time limit", "of %v has only %.1f times what %s takes; the package wants %v times", limit, times, v.slow, timing.ToLimit)
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
	suggested := ""
	if v.SuggestedMS > 0 {
		suggested = fmt.Sprintf("; %d ms would do", v.SuggestedMS)
	}
	_, err := fmt.Fprintf(to, "  %s: %d of %d submissions as expected, time limit %d ms%s\n", word, agree, len(v.Submissions), v.TimeLimitMS, suggested)
	return err
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// judgeCommand is `deemster judge PACKAGE FILE…`.
type judgeCommand struct {
	judgingFlags
	Language string   `short:"l" placeholder:"ID" help:"The solution's language, from deemster languages. Otherwise the first file's name tells."`
	All      bool     `help:"Run every test, also after one has failed."`
	Package  string   `arg:"" help:"A problem package: a directory or a zip."`
	Files    []string `arg:"" name:"file" help:"The solution's files."`
}

// Help is shown below the flags.
func (judgeCommand) Help() string {
	return `One line a test, as it ends, and the verdict at the end:

    deemster judge problems/aplusb solution.cpp
    deemster judge aplusb.zip -l cpp17 --time-limit 0.5s solution.cpp
    deemster judge aplusb.zip --json Main.java Helper.java | jq .verdict

The exit status is 0 when the verdict is AC, 1 when it is another, 2 when there is none.
One solution is judged in one box, a test after the other, whatever --jobs says: that keeps its times true.`
}

// judgement is what the JSON says.
type judgement struct {
	Verdict    deemster.Verdict      `json:"verdict"`
	Score      *float64              `json:"score"` // null: the problem is not scored
	TimeMS     int64                 `json:"time_ms"`
	Memory     deemster.Bytes        `json:"memory_bytes"`
	CompileLog string                `json:"compile_log"`
	Tests      []deemster.TestResult `json:"tests"`
	MaxScore   *float64              `json:"max_score,omitempty"`
}

// Run judges the solution.
func (c *judgeCommand) Run() (err error) {
	if err := engine.Prepare(c.Box); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	files, err := readSources(c.Files)
	if err != nil {
		return err
	}
	p, err := pack.Open(c.Package)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := p.Err(); err != nil {
		return err
	}
	language, wanted, err := c.languages(p, files)
	if err != nil {
		return err
	}
	c.Jobs = 1
	show := newProgress(c.Progress)
	show.show("preparing %s", language.Name)
	b, err := c.openBench(ctx, wanted)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if !p.Mode.SubmitAnswer {
		if language, err = b.language(language.ID); err != nil {
			return err
		}
	}
	data, err := newTestData()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, data.close()) }()

	task, err := c.task(p, data, b)
	if err != nil {
		return err
	}
	task.Language, task.Files, task.All = language, files, c.All
	result, err := judge.Judge(ctx, b.builder, task, func(stage string, done int, last *deemster.TestResult) {
		if last != nil && !c.JSON {
			show.clear()
			printTest(os.Stdout, *last)
		}
		show.show("%s: %d of %d tests done", stage, done, len(task.Tests))
	})
	show.clear()
	if err != nil {
		return err
	}
	return c.print(os.Stdout, result)
}

// languages tells the solution's language, and all that have to be ready to judge it.
func (c *judgeCommand) languages(p *pack.Package, files []deemster.File) (language lang.Language, wanted []lang.Language, err error) {
	all, err := c.load()
	if err != nil {
		return language, nil, err
	}
	if !p.Mode.SubmitAnswer {
		if language, err = c.language(all, files); err != nil {
			return language, nil, err
		}
		wanted = append(wanted, language)
	}
	wanted, err = withValidator(wanted, all, p)
	return language, wanted, err
}

// language tells the solution's language.
func (c *judgeCommand) language(all []lang.Language, files []deemster.File) (lang.Language, error) {
	l, ok := lang.OfFiles(all, c.Language, files)
	switch {
	case ok:
		return l, nil
	case c.Language != "":
		return l, fmt.Errorf("there is no language %q: see deemster languages", c.Language)
	}
	return l, fmt.Errorf("the name of %s does not tell its language: use --language", files[0].Name)
}

// readSources reads a solution, with the limits that hold for a submission.
func readSources(paths []string) ([]deemster.File, error) {
	if len(paths) > deemster.MaxFiles {
		return nil, deemster.Errorf(deemster.TooLarge, "a solution may have at most %d files", deemster.MaxFiles)
	}
	var files []deemster.File
	room := deemster.MaxSource
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(io.LimitReader(f, int64(room)+1))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		if room -= deemster.Bytes(len(content)); room < 0 {
			return nil, deemster.Errorf(deemster.TooLarge, "a solution may have at most %v of source in all", deemster.MaxSource)
		}
		files = append(files, deemster.File{Name: filepath.Base(path), Content: string(content)})
	}
	return files, nil
}

// print says the verdict, and returns errNo unless it is AC.
func (c *judgeCommand) print(to io.Writer, r judge.Result) error {
	var err error
	if c.JSON {
		j := judgement{Verdict: r.Verdict, Score: r.Score, MaxScore: r.MaxScore, TimeMS: r.TimeMS, Memory: r.Memory, CompileLog: r.CompileLog, Tests: r.Tests}
		if j.Tests == nil {
			j.Tests = []deemster.TestResult{}
		}
		err = json.NewEncoder(to).Encode(j)
	} else {
		if r.CompileLog != "" && r.Verdict == deemster.CompileError {
			_, err = io.WriteString(to, indented(r.CompileLog, "    "))
		}
		_, printErr := fmt.Fprintf(to, "%-3s %8s %10s  %s\n", r.Verdict, milliseconds(r.TimeMS), mebibytes(r.Memory), r.Verdict.Name()+points(r))
		err = errors.Join(err, printErr)
	}
	if err == nil && r.Verdict == deemster.JudgeError {
		err = errors.New(r.Message)
	}
	if err == nil && r.Verdict != deemster.Accepted {
		err = errNo
	}
	return err
}

// points is the score as people read it, if there is one: ", 40 of 100 points".
func points(r judge.Result) string {
	switch {
	case r.Score == nil:
		return ""
	case r.MaxScore == nil:
		return fmt.Sprintf(", %g points", *r.Score)
	}
	return fmt.Sprintf(", %g of %g points", *r.Score, *r.MaxScore)
}

// printTest writes the line of a test, and below it what there is to say of it.
func printTest(to io.Writer, t deemster.TestResult) {
	fmt.Fprintf(to, "%-3s %8s %10s  %s\n", t.Verdict, milliseconds(t.TimeMS), mebibytes(t.Memory), visible(t.Name))
	for _, said := range []string{t.Feedback, t.Message} {
		if said != "" {
			fmt.Fprint(to, indented(said, "    "))
		}
	}
}

func milliseconds(ms int64) string { return fmt.Sprintf("%d ms", ms) }

func mebibytes(b deemster.Bytes) string {
	return fmt.Sprintf("%.1f MiB", float64(b)/float64(deemster.MiB))
}

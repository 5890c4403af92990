package doctor

import (
	"context"
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// tryLanguages judges every language's self-test. A language that is installed and does
// not work is worse than none: its authors would be blamed. The error is that of ctx.
func (m *machine) tryLanguages(ctx context.Context, bench Bench, progress func(string)) ([]Item, error) {
	items := make([]Item, len(bench.Languages))
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for i, l := range bench.Languages {
		group.Go(func() error {
			progress("trying " + l.Name)
			f := m.tryLanguage(ctx, bench, l)
			items[i] = Item{Group: Languages, Name: l.Name, State: f.state, Found: f.found, Advice: f.advice, Essential: true}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, item := range items {
		if item.State == OK {
			return items, nil
		}
	}
	return append(items, Item{
		Group: Languages, Name: "any language", State: Missing, Found: "none works", Essential: true,
		Advice: "deemster languages install cpp python3, or others of those above",
	}), nil
}

func (m *machine) tryLanguage(ctx context.Context, bench Bench, l lang.Language) finding {
	install, repair := "deemster languages install "+l.ID, "apt install --reinstall "+l.Package
	if m.image != "" {
		install, repair = "apt install "+l.Package+" in the image", repair+" in the image"
	}
	ready, ok := lang.ByID(bench.Ready, l.ID)
	if !ok {
		if !m.installed(l) {
			return finding{Skipped, "not installed", install}
		}
		return lacks(info(bench, l).Missing, repair)
	}
	version := info(bench, l).Version
	begun := time.Now()
	result, err := selfTest(ctx, bench.Engine, ready)
	if err != nil {
		return lacks(err.Error(), repair)
	}
	if result.Verdict != deemster.Accepted {
		reason := result.CompileLog
		for _, test := range result.Tests {
			reason += test.Feedback
		}
		reason, _, _ = strings.Cut(strings.TrimSpace(reason), "\n")
		return lacks(fmt.Sprintf("%s: its self-test gets %s: %s", version, result.Verdict, reason), repair)
	}
	return fine("%s; its self-test took %s", version, milliseconds(time.Since(begun)))
}

// installed tells whether all of a language's tools are where boxes have them from. What a
// Docker image holds is not seen from here: there, what does not answer is not installed.
func (m *machine) installed(l lang.Language) bool {
	for _, places := range l.Tools {
		if !slices.ContainsFunc(places, func(place string) bool { return m.exists(path.Join("/", m.image, place)) }) {
			return false
		}
	}
	return true
}

func info(bench Bench, l lang.Language) deemster.LanguageInfo {
	i := slices.IndexFunc(bench.Infos, func(info deemster.LanguageInfo) bool { return info.ID == l.ID })
	if i < 0 {
		return deemster.LanguageInfo{}
	}
	return bench.Infos[i]
}

// selfTest judges a program that adds two numbers.
func selfTest(ctx context.Context, engine sandbox.Engine, l lang.Language) (judge.Result, error) {
	source, err := l.SelfTest()
	if err != nil {
		return judge.Result{}, err
	}
	task := judge.Task{
		Language: l, Files: []deemster.File{source}, Limits: deemster.DefaultLimits,
		Tests: []judge.Test{{Name: "1", Input: inMemory("20 22\n"), Answer: inMemory("42\n")}},
	}
	return judge.Judge(ctx, build.New(engine), task, func(string, int, *deemster.TestResult) {})
}

// inMemory opens a file that is on no disk.
func inMemory(content string) func(context.Context) (*os.File, error) {
	return func(context.Context) (*os.File, error) {
		fd, err := unix.MemfdCreate("self-test", unix.MFD_CLOEXEC)
		if err != nil {
			return nil, err
		}
		file := os.NewFile(uintptr(fd), "self-test")
		if _, err = file.WriteString(content); err == nil {
			_, err = file.Seek(0, 0)
		}
		if err != nil {
			_ = file.Close()
			return nil, err
		}
		return file, nil
	}
}

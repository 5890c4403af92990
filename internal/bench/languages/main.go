// Command languages tries and measures every language that this machine has: the
// self-test on two numbers, the same program reading many, compiling for the first time
// and again, and what starting a program costs in a box against bare. It prints a table
// for people and lines of figures for programs:
//
//	figure<TAB>name<TAB>value<TAB>unit<TAB>target
//
// The exit status is 1 when a language that is there does not do what it should.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// errBroken ends the command when all has been said.
var errBroken = errors.New("not every language does what it should")

func main() {
	box := flag.String("box", "native", "what programs are boxed with")
	pairs := flag.Int("pairs", 9, "pairs of runs, boxed and bare, that the overhead is the median of")
	all := flag.Bool("all", false, "a language that is missing is a failure too")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), `Tries and measures the languages that this machine has.

    make languages-test
    go run ./internal/bench/languages ruby php     # only these

`)
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := try(ctx, *box, max(*pairs, 1), *all, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "languages:", err)
		os.Exit(1)
	}
}

// try tries the named languages, or all when none is named.
func try(ctx context.Context, box string, pairs int, all bool, ids []string) (err error) {
	languages, err := lang.Load(nil)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		languages = slices.DeleteFunc(languages, func(l lang.Language) bool { return !slices.Contains(ids, l.ID) })
	}
	cache, err := lang.DefaultCacheDir()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	boxes, err := engine.Open(ctx, box, engine.Config{
		Slots: 1, Pool: 1, ReadOnly: []image.Dir{{Host: cache, Box: lang.CacheDir}},
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, boxes.Close()) }()
	ready, infos, err := lang.Detect(ctx, boxes, languages, cache)
	if err != nil {
		return err
	}
	for _, l := range ready {
		if err := l.Warm(ctx, boxes, cache); err != nil {
			fmt.Fprintln(os.Stderr, "languages:", err)
		}
	}
	b := &bench{engine: boxes, cache: cache, pairs: pairs}
	broken := b.measureAll(ctx, ready, infos)
	if err := ctx.Err(); err != nil {
		return err
	}
	if broken || all && len(ready) < len(infos) {
		return errBroken
	}
	return nil
}

// bench is what all measurements share.
type bench struct {
	engine sandbox.Engine
	cache  string
	pairs  int
}

// measureAll prints a line for each language and, below, the figures. It tells whether
// one that is there does not work.
func (b *bench) measureAll(ctx context.Context, ready []lang.Language, infos []deemster.LanguageInfo) (broken bool) {
	const format = "%-12s %-5s %-5s %-5s %9s %9s %9s %9s %7s  %s\n"
	fmt.Printf(format, "LANGUAGE", "A+B", "SUM", "HEAP", "SUM ms", "COLD ms", "WARM ms", "START ms", "×BARE", "VERSION")
	var figures []string
	for _, info := range infos {
		l, ok := lang.ByID(ready, info.ID)
		if !ok {
			fmt.Printf(format, info.ID, "–", "–", "–", "–", "–", "–", "–", "–", info.Missing)
			continue
		}
		m, err := b.measure(ctx, l)
		if ctx.Err() != nil {
			return true
		}
		fmt.Printf(format, l.ID, m.sum.small, m.sum.large, m.heap, ms(m.sum.cpu), ms(m.cold), ms(m.warm), ms(m.start), fmt.Sprintf("%.2f", m.overBare), info.Version)
		if err != nil {
			fmt.Printf("    %v\n", err)
			broken = true
			continue
		}
		figures = append(figures,
			fmt.Sprintf("figure\tlanguage.%s_run_over_bare\t%.3f\t×\t1.2", l.ID, m.overBare),
			fmt.Sprintf("figure\tlanguage.%s_compile_ms\t%s\tms\t", l.ID, ms(m.warm)),
			fmt.Sprintf("figure\tlanguage.%s_sum_ms\t%s\tms\t", l.ID, ms(m.sum.cpu)))
	}
	for _, f := range figures {
		fmt.Println(f)
	}
	return broken
}

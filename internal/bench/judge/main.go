// Command judge measures what people wait for: from handing a program in to its verdict,
// through a whole server, against the same work done bare with the command lines that
// people use. It prints a table for people and a line a figure for programs:
//
//	figure<TAB>name<TAB>value<TAB>unit<TAB>target
//
// No submission is like another, so nothing has been compiled before.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	only := flag.String("only", "", "measure only what is named, separated by commas: languages' ids, or hundred")
	pairs := flag.Int("pairs", 15, "pairs that a ratio is the median of; at least 9 for figures to be compared")
	box := flag.String("box", "native", "what programs are boxed with")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), `Measures from submission to verdict against the same work done bare.

    make bench-judge                      # everything: about two minutes
    go run ./internal/bench/judge -only cpp,python3

`)
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := measure(ctx, *only, max(*pairs, 1), *box); err != nil {
		fmt.Fprintln(os.Stderr, "bench-judge:", err)
		os.Exit(1)
	}
}

// bench is what all measurements share.
type bench struct {
	dir   string // with the bare work
	pairs int
	site  *site
	count int // of submissions, so that each is another
}

func measure(ctx context.Context, only string, pairs int, box string) (err error) {
	dir, err := os.MkdirTemp("", "deemster-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	there, err := prepare(ctx, box)
	if err != nil {
		return err
	}
	b := &bench{dir: dir, pairs: pairs}
	if err := b.writeTests(); err != nil {
		return err
	}
	if b.site, err = start(ctx, dir, box); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.site.stop()) }()
	wanted := func(name string) bool { return only == "" || slices.Contains(strings.Split(only, ","), name) }
	heading()
	for _, c := range contests {
		switch {
		case !wanted(c.language):
		case !there[c.language]:
			fmt.Printf("%-12s is not on this machine\n", c.language)
		default:
			if err := b.language(ctx, c); err != nil {
				return fmt.Errorf("%s: %w", c.language, err)
			}
		}
	}
	if wanted("hundred") {
		if err := b.hundred(ctx); err != nil {
			return fmt.Errorf("a hundred tests: %w", err)
		}
	}
	return nil
}

// language measures one language: so many pairs, of which now one side is first and now
// the other.
func (b *bench) language(ctx context.Context, c contest) error {
	var all []stages
	var bares []time.Duration
	var ratios []float64
	for i := -2; i < b.pairs; i++ { // the first ones fill caches
		var took stages
		var bare time.Duration
		sides := []func() error{
			func() (err error) { took, err = b.judged(ctx, c, "ten"); return err },
			func() (err error) { bare, err = b.bare(c); return err },
		}
		if i%2 != 0 {
			slices.Reverse(sides)
		}
		for _, side := range sides {
			if err := side(); err != nil {
				return err
			}
		}
		if i >= 0 {
			all, bares = append(all, took), append(bares, bare)
			ratios = append(ratios, took.whole().Seconds()/bare.Seconds())
		}
	}
	report(c, all, bares, ratios)
	return nil
}

// hundred measures what a hundred tests add when they are run: the server's time from the
// end of compiling to the verdict, against a bare loop over the same program.
func (b *bench) hundred(ctx context.Context) (err error) {
	cpp := contests[slices.IndexFunc(contests, func(c contest) bool { return c.language == "cpp" })]
	if _, err := b.bare(cpp); err != nil { // which leaves the program
		return err
	}
	l, err := b.loop("./program")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	var ours, loops []time.Duration
	var ratios []float64
	for i := -1; i < b.pairs; i++ {
		took, err := b.judged(ctx, cpp, "hundred")
		if err != nil {
			return err
		}
		bare, err := l.run(testsHundred)
		if err != nil {
			return err
		}
		if i >= 0 {
			judging := took[tests] + took[verdict]
			ours, loops = append(ours, judging), append(loops, bare)
			ratios = append(ratios, judging.Seconds()/bare.Seconds())
		}
	}
	fmt.Printf("%d tests of A+B in C++ judged and told in %.1f ms, %d bare runs in %.1f ms\n",
		testsHundred, milliseconds(median(ours)), testsHundred, milliseconds(median(loops)))
	figure("judge.run1ms_tests100_over_loop", median(ratios), "x", "<=1.25")
	return nil
}

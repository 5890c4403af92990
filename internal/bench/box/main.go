// Command box measures the native box against the floor: the same programs started by
// posix_spawn with nothing around them, in the same run of this command, the two sides in
// turn. It prints a table for people and a line a figure for programs:
//
//	figure<TAB>name<TAB>value<TAB>unit<TAB>target
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// limits are those of every measured run.
var limits = deemster.DefaultLimits

func main() {
	only := flag.String("only", "", "measure only what is named, separated by commas: run, parallel, sparse, fresh, tests, time, idle")
	pairs := flag.Int("pairs", 21, "pairs that a ratio is the median of; at least 9 for figures to be compared")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), `Measures the native box against bare posix_spawn.

    make bench-box                       # everything: about four minutes
    go run ./internal/bench/box -only run,tests

`)
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := measure(*only, *pairs); err != nil {
		fmt.Fprintln(os.Stderr, "bench-box:", err)
		os.Exit(1)
	}
}

func measure(only string, pairs int) error {
	dir, err := os.MkdirTemp("", "deemster-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, pairs: max(pairs, 1)}
	if err := b.build(); err != nil {
		return err
	}
	parts := []struct {
		name    string
		measure func(*bench) error
	}{
		{"run", (*bench).run},
		{"parallel", (*bench).parallel},
		{"sparse", (*bench).sparse},
		{"fresh", (*bench).fresh},
		{"tests", (*bench).tests},
		{"time", (*bench).time},
		{"idle", (*bench).idle},
	}
	wanted := strings.Split(only, ",")
	for _, p := range parts {
		if only != "" && !slices.Contains(wanted, p.name) {
			continue
		}
		if err := p.measure(b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// bench is what all parts share: a directory with the programs, compiled.
type bench struct {
	dir   string
	pairs int
}

// figure prints one figure, for people and for programs.
func figure(name string, value float64, unit, target string) {
	fmt.Printf("%-28s %10.3f %-6s (target %s)\n", name, value, unit, target)
	fmt.Printf("figure\t%s\t%.3f\t%s\t%s\n", name, value, unit, target)
}

// note prints what stands behind a figure.
func note(format string, args ...any) { fmt.Printf("    "+format+"\n", args...) }

// engine opens an engine with a pool of so many boxes, which see the programs at /bench.
func (b *bench) engine(pool, slots int) (*native.Engine, error) {
	return native.New(native.Config{
		Pool: pool, Slots: slots, ReadOnly: []native.Dir{{Host: b.dir, Box: "/bench"}},
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
}

// quantile is the value that so much of the list is below.
func quantile[T ~int64 | ~float64](list []T, q float64) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func median[T ~int64 | ~float64](list []T) T { return quantile(list, 0.5) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

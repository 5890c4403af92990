// Command checker measures comparing outputs against cmp: the same two files, in the same
// run of this command, the two sides in turn, with the files in memory. It prints a table
// for people and a line a figure for programs:
//
//	figure<TAB>name<TAB>value<TAB>unit<TAB>target
//
// The figure is of two equal files of tokens, which is what a right output is. Cases that
// take longer, because the sides are written in different ways, are measured beside it.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/deemster-oj/deemster/internal/checker"
)

func main() {
	size := flag.Int("size", 256, "MiB a file; cases beside the figure have an eighth")
	pairs := flag.Int("pairs", 11, "pairs that a ratio is the median of; at least 9 for figures to be compared")
	only := flag.String("only", "", "measure the cases whose name contains this")
	flag.Parse()
	if err := measure(*size<<20, max(*pairs, 1), *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench-checker:", err)
		os.Exit(1)
	}
}

func measure(size, pairs int, only string) (err error) {
	dir, err := os.MkdirTemp("", "deemster-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for i, c := range cases {
		if !strings.Contains(c.name, only) {
			continue
		}
		size := size
		if i > 0 {
			size /= 8
		}
		b := &bench{dir: dir, pairs: pairs}
		if err := b.write(c, size); err != nil {
			return err
		}
		ratio, err := b.measure(c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if i == 0 {
			fmt.Printf("figure\tchecker.tokens_over_cmp\t%.3f\tratio\t<= 2\n", ratio)
		}
	}
	return small()
}

// bench is where the files are, and how often they are compared.
type bench struct {
	dir   string
	pairs int
	bytes int64 // of the output
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// write makes the two files of a case, of about so many bytes each, and a copy of the
// output for cmp, which ends at the first difference.
func (b *bench) write(c benchCase, size int) error {
	answer, output := c.texts()
	for name, text := range map[string][]byte{"answer": answer, "output": output, "copy": output} {
		file, err := os.Create(b.path(name))
		if err != nil {
			return err
		}
		for range max(1, size/len(answer)) {
			if _, err := file.Write(text); err != nil {
				return errors.Join(err, file.Close())
			}
		}
		if err := file.Close(); err != nil {
			return err
		}
	}
	b.bytes = int64(len(output) * max(1, size/len(answer)))
	return nil
}

// cost is the time on the clock, and on processors.
type cost struct{ wall, cpu time.Duration }

// measure compares in turn with cmp and tells the median of the ratios, by the clock or by
// processor time, whichever is larger.
func (b *bench) measure(c benchCase) (float64, error) {
	var ours, theirs, ratios, cpuRatios []float64
	for i := range b.pairs + 1 {
		mine, err := b.compare(c)
		if err != nil {
			return 0, err
		}
		other, err := b.cmp()
		if err != nil {
			return 0, err
		}
		if i == 0 {
			continue // the files are in memory from now on
		}
		ours, theirs = append(ours, mine.wall.Seconds()), append(theirs, other.wall.Seconds())
		ratios = append(ratios, mine.wall.Seconds()/other.wall.Seconds())
		cpuRatios = append(cpuRatios, mine.cpu.Seconds()/other.cpu.Seconds())
	}
	mebibytes := float64(b.bytes) / (1 << 20)
	fmt.Printf("%-40s %6.2f × cmp by the clock %6.2f × by processor time %6.0f MiB/s, cmp %5.0f\n",
		c.name, median(ratios), median(cpuRatios), mebibytes/median(ours), mebibytes/median(theirs))
	// On an idle machine the two are alike. On a busy one the clock flatters us: cmp has a
	// process to start.
	return max(median(ratios), median(cpuRatios)), nil
}

// compare is one comparison, read as the output of a program is: in pieces of 64 KiB.
func (b *bench) compare(c benchCase) (cost, error) {
	begin, before := time.Now(), used(syscall.RUSAGE_SELF)
	answer, err := os.Open(b.path("answer"))
	if err != nil {
		return cost{}, err
	}
	defer answer.Close()
	output, err := os.Open(b.path("output"))
	if err != nil {
		return cost{}, err
	}
	defer output.Close()
	flags, err := checker.Parse(strings.Fields(c.flags))
	if err != nil {
		return cost{}, err
	}
	comparison := checker.New(answer, flags)
	if _, err := io.CopyBuffer(comparison, struct{ io.Reader }{output}, buffer); err != nil {
		return cost{}, err
	}
	ok, feedback, err := comparison.Close()
	if err == nil && !ok {
		err = errors.New(feedback)
	}
	return cost{time.Since(begin), used(syscall.RUSAGE_SELF) - before}, err
}

var buffer = make([]byte, 64<<10)

// cmp is one run of cmp, from its start to its end, on two copies of the output.
func (b *bench) cmp() (cost, error) {
	begin, before := time.Now(), used(syscall.RUSAGE_CHILDREN)
	if out, err := exec.Command("cmp", b.path("output"), b.path("copy")).CombinedOutput(); err != nil {
		return cost{}, fmt.Errorf("cmp: %w: %s", err, out)
	}
	return cost{time.Since(begin), used(syscall.RUSAGE_CHILDREN) - before}, nil
}

// used is the processor time so far.
func used(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// small measures what a test with an output of three bytes takes, which most are like.
func small() error {
	answer, output := []byte("42\n"), []byte("42\n")
	const times = 1_000_000
	begin := used(syscall.RUSAGE_SELF)
	flags, err := checker.Parse(nil)
	if err != nil {
		return err
	}
	for range times {
		c := checker.New(bytes.NewReader(answer), flags)
		if _, err := c.Write(output); err != nil {
			return err
		}
		if ok, feedback, err := c.Close(); err != nil || !ok {
			return errors.Join(err, errors.New(feedback))
		}
	}
	fmt.Printf("%-40s %6.0f ns of processor time\n", "an output of three bytes",
		float64((used(syscall.RUSAGE_SELF)-begin).Nanoseconds())/times)
	return nil
}

func median[T cmp.Ordered](list []T) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

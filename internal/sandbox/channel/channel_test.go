package channel

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

//go:embed testdata/*.c testdata/*.h
var sources embed.FS

// trials is how many bits are sent through each channel in each mode.
const trials = 40

// limits are above all that the programs use.
var limits = deemster.Limits{
	CPU: 10 * time.Second, Wall: 30 * time.Second, Memory: 64 * deemster.MiB, Output: deemster.MiB, Processes: 64,
}

// pair is a file of testdata, which says in its first lines what to do with it:
//
//	// modes: next later during
//	// stdin: one
//	// open: why it cannot be closed
//	// control: unsealed
type pair struct {
	name, path string
	// modes are where the receiver is: in the "next" run of the same box; in another box
	// "later", or "during" the sender's run; or there it began before, to "watch".
	modes   []string
	stdin   string // "one": both get the same open file
	open    string
	control string // "unsealed" code
}

// TestChannels sends bits through every channel.
func TestChannels(t *testing.T) {
	e := engine(t)
	dir := t.TempDir()
	for _, p := range pairs(t, dir) {
		t.Run(p.name, func(t *testing.T) {
			p.compile(t, dir)
			for _, mode := range p.modes {
				t.Run(mode, func(t *testing.T) { p.judge(t, p.measure(t, e, mode)) })
			}
		})
	}
}

// judge says what it means that so many bits were heard.
func (p *pair) judge(t *testing.T, heard int) {
	verdict := fmt.Sprintf("%d of %d bits heard", heard, trials)
	switch chance := coin(heard); {
	case p.control != "" && chance > 1e-6:
		t.Errorf("%s: what is open on purpose was not found open", verdict)
	case p.control == "" && p.open != "":
		t.Logf("%s, known: %s", verdict, p.open)
	case p.control == "" && chance <= 1e-6:
		t.Errorf("%s: something passes", verdict)
	}
}

// coin is the chance that guessing by coin is right that often, or that seldom: the
// lesser tail of the binomial distribution, twice. Being wrong always is hearing, too.
func coin(right int) float64 {
	tail := 0.0
	for k := range min(right, trials-right) + 1 {
		logChoose := lgamma(trials+1) - lgamma(k+1) - lgamma(trials-k+1)
		tail += math.Exp(logChoose - trials*math.Ln2)
	}
	return min(2*tail, 1)
}

func lgamma(n int) float64 {
	v, _ := math.Lgamma(float64(n))
	return v
}

// TestCoin holds the bound: 36 of 40 are too many, 35 are not.
func TestCoin(t *testing.T) {
	for _, right := range []int{0, 4, 36, 40} {
		if coin(right) > 1e-6 {
			t.Errorf("%d: %g", right, coin(right))
		}
	}
	for _, right := range []int{5, 20, 35} {
		if coin(right) <= 1e-6 {
			t.Errorf("%d: %g", right, coin(right))
		}
	}
}

// pairs reads every pair, and lays their sources into dir.
func pairs(t *testing.T, dir string) (list []pair) {
	t.Helper()
	entries, err := sources.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		source, err := sources.ReadFile("testdata/" + entry.Name())
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, entry.Name()), source, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		if name, ok := strings.CutSuffix(entry.Name(), ".c"); ok {
			list = append(list, parse(name, string(source)))
		}
	}
	return list
}

// compile compiles the pair, outside any box; or finds it compiled, as channel-NAME, on a
// machine without a compiler.
func (p *pair) compile(t *testing.T, dir string) {
	t.Helper()
	if prebuilt := os.Getenv(boxtest.Prebuilt); prebuilt != "" {
		p.path = filepath.Join(prebuilt, "channel-"+p.name)
		return
	}
	p.path = filepath.Join(dir, p.name)
	gcc := exec.Command("gcc", "-O1", "-w", "-o", p.name, p.name+".c")
	gcc.Dir = dir
	if log, err := gcc.CombinedOutput(); err != nil {
		t.Fatalf("compile %s: %v\n%s", p.name, err, log)
	}
}

func parse(name, source string) pair {
	p := pair{name: name}
	for line := range strings.Lines(source) {
		key, value, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "// "), ": ")
		switch key {
		case "modes":
			p.modes = strings.Fields(value)
		case "stdin":
			p.stdin = value
		case "open":
			p.open = value
		case "control":
			p.control = value
		}
	}
	return p
}

// measure sends bits and counts those that were guessed.
func (p *pair) measure(t *testing.T, e sandbox.Engine, mode string) (heard int) {
	input := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(input, []byte("7 8 9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	x := &experiment{pair: p, sender: p.box(t, e), open: func() *os.File {
		f, err := os.Open(input)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}}
	x.receiver = x.sender
	if mode != "next" {
		x.receiver = p.box(t, e)
	}
	if p.stdin == "one" {
		one := x.open()
		defer one.Close()
		x.open = func() *os.File { return one }
	}
	for trial := range trials {
		bit := rand.IntN(2)
		if x.pass(t, mode, trial, bit) == strconv.Itoa(bit) {
			heard++
		}
	}
	return heard
}

// box makes a box with the pair's program in it, given by the host and, as what a compiler
// makes, the prisoner's own.
func (p *pair) box(t *testing.T, e sandbox.Engine) sandbox.Box {
	t.Helper()
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	program, err := os.ReadFile(p.path)
	if err == nil {
		err = b.WriteFile("program", program)
	}
	if err != nil {
		t.Fatal(err)
	}
	o := boxtest.Run(t, b, sandbox.Command{Args: []string{"/bin/cp", "/code/program", "/code/own"}, Limits: limits})
	if boxtest.Ending(o) != "exit 0" {
		t.Fatalf("copy the program: %s", boxtest.Ending(o))
	}
	if p.control == "unsealed" {
		return b
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	return b
}

// experiment is one channel in one mode.
type experiment struct {
	pair             *pair
	sender, receiver sandbox.Box
	open             func() *os.File // the input that both are given
}

// pass sends one bit and gives the guess.
func (x *experiment) pass(t *testing.T, mode string, trial, bit int) string {
	n, sent := strconv.Itoa(trial), strconv.Itoa(bit)
	receive := []string{"/code/program", "receive", n}
	switch mode {
	case "during":
		stop := x.start(t, x.sender, nil, "/code/program", "send", n, sent, "hold")
		guess := x.run(t, x.receiver, receive...)
		stop()
		return guess
	case "watch":
		wait, end, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		finish := x.start(t, x.receiver, wait, "/code/program", "watch", n)
		_ = wait.Close()
		x.run(t, x.sender, "/code/program", "send", n, sent, "leave")
		_ = end.Close()
		return finish()
	default:
		x.run(t, x.sender, "/code/program", "send", n, sent, "leave")
		return x.run(t, x.receiver, receive...)
	}
}

// run runs a program to its end and gives the last line of what it says.
func (x *experiment) run(t *testing.T, b sandbox.Box, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	input := x.open()
	if x.pair.stdin != "one" {
		defer input.Close()
	}
	o := boxtest.Run(t, b, sandbox.Command{Args: args, Stdin: input, Stdout: &out, KeepStderr: 1000, Limits: limits})
	if boxtest.Ending(o) != "exit 0" {
		t.Fatalf("%v: %s\n%s%s", args, boxtest.Ending(o), out.String(), o.Stderr)
	}
	return out.String()
}

// start starts a program and returns when it says that it is ready. What it returns waits
// for its last word, when it has an input of its own, or else ends it.
func (x *experiment) start(t *testing.T, b sandbox.Box, stdin *os.File, args ...string) (finish func() string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	words, ended := make(chan string, 2), make(chan error, 1)
	input := stdin
	if input == nil {
		input = x.open()
	}
	go func() {
		o, err := b.Run(ctx, sandbox.Command{Args: args, Stdin: input, Stdout: listener(words), Limits: limits})
		if stdin == nil && err == nil && o.Ending != sandbox.Cancelled {
			err = fmt.Errorf("%v: %s", args, boxtest.Ending(o))
		}
		ended <- err
	}()
	select {
	case <-words:
	case err := <-ended:
		t.Fatalf("%v ended before it was ready: %v", args, err)
	}
	return func() string {
		word := ""
		if stdin == nil {
			stop()
		} else {
			word = <-words
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
		stop()
		if stdin == nil && x.pair.stdin != "one" {
			_ = input.Close()
		}
		return word
	}
}

// listener passes on what a program says.
type listener chan string

func (l listener) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

func engine(t *testing.T, readOnly ...native.Dir) sandbox.Engine {
	t.Helper()
	e, err := native.New(native.Config{ReadOnly: readOnly, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// TestModes keeps a misspelt mode from passing as a closed channel.
func TestModes(t *testing.T) {
	list := pairs(t, t.TempDir())
	if len(list) < 12 {
		t.Errorf("%d channels", len(list))
	}
	for _, p := range list {
		if len(p.modes) == 0 {
			t.Errorf("%s: no modes", p.name)
		}
		for _, m := range p.modes {
			if !slices.Contains([]string{"next", "later", "during", "watch"}, m) {
				t.Errorf("%s: no mode is called %q", p.name, m)
			}
		}
	}
}

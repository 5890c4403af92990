package main

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed testdata
var programs embed.FS

// contest is a language, the program in it that is handed in, and how people would compile
// and run that by hand.
type contest struct {
	language string
	source   string // in testdata
	file     string // as people call it
	comment  string // begins one
	compile  string
	run      string
	target   string // of the ratio
}

var contests = []contest{
	{"c", "sum.c", "a.c", "//", "gcc -O2 -std=gnu17 -o program a.c -lm", "./program", "<=1.2"},
	{"cpp", "sum.cpp", "a.cpp", "//", "g++ -O2 -std=gnu++20 -o program a.cpp", "./program", "<=0.3"},
	{"java", "sum.java", "Main.java", "//", "javac Main.java", "java Main", "<=1.2"},
	{"python3", "sum.py", "a.py", "#", "true", "python3 a.py", "<=1.3"},
	{"go", "sum.go", "a.go", "//", "go build -o program a.go", "./program", "<=1.2"},
	{"rust", "sum.rs", "a.rs", "//", "rustc -O -o program a.rs", "./program", "<=1.2"},
	{"javascript", "sum.js", "a.js", "//", "true", "node a.js", "<=1.2"},
}

// How many tests the two problems have.
const (
	testsTen     = 10
	testsHundred = 100
)

// text is the program with a comment that makes it another one.
func (c contest) text(count int) (string, error) {
	source, err := programs.ReadFile("testdata/" + c.source)
	return fmt.Sprintf("%s\n%s %d %d\n", source, c.comment, os.Getpid(), count), err
}

// testCase is the input and the answer of a test.
func testCase(i int) (input, answer string) {
	a, b := int64(i)*1_000_003, int64(i)*7_000_000_011
	return fmt.Sprintf("%d %d\n", a, b), fmt.Sprintf("%d\n", a+b)
}

// writeTests writes the tests for the shell.
func (b *bench) writeTests() error {
	for i := range testsTen {
		input, answer := testCase(i)
		name := filepath.Join(b.dir, strconv.Itoa(i))
		if err := errors.Join(os.WriteFile(name+".in", []byte(input), 0o644), os.WriteFile(name+".ans", []byte(answer), 0o644)); err != nil {
			return err
		}
	}
	return nil
}

// bare compiles a program and runs it on ten tests as people do it by hand: with a loop in
// the shell, and cmp.
func (b *bench) bare(c contest) (time.Duration, error) {
	b.count++
	text, err := c.text(b.count)
	if err == nil {
		err = os.WriteFile(filepath.Join(b.dir, c.file), []byte(text), 0o644)
	}
	if err != nil {
		return 0, err
	}
	shell := exec.Command("/bin/sh", "-c", c.compile+` && for i in 0 1 2 3 4 5 6 7 8 9; do `+
		c.run+` < $i.in > $i.out && cmp -s $i.out $i.ans || exit 1; done`)
	shell.Dir = b.dir
	// The toolchains that boxes have, whatever else this user has.
	shell.Env = append(os.Environ(), "PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/go/bin:/usr/lib/go/bin")
	start := time.Now()
	said, err := shell.CombinedOutput()
	took := time.Since(start)
	if err != nil {
		return 0, fmt.Errorf("bare: %w\n%s", err, said)
	}
	return took, nil
}

// loop runs a program bare, over and over.
type loop struct {
	process *exec.Cmd
	ask     io.WriteCloser
	answers *bufio.Reader
}

func (b *bench) loop(program string) (*loop, error) {
	source, err := programs.ReadFile("testdata/loop.c")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(b.dir, "loop")
	compiler := exec.Command("gcc", "-O2", "-o", path, "-x", "c", "-")
	compiler.Stdin = strings.NewReader(string(source))
	if said, err := compiler.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile loop.c: %w\n%s", err, said)
	}
	l := &loop{process: exec.Command(path, program, "1.in", "loop.out")}
	l.process.Dir = b.dir
	if l.ask, err = l.process.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := l.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	l.answers = bufio.NewReader(output)
	return l, l.process.Start()
}

// run tells how long n runs take.
func (l *loop) run(n int) (took time.Duration, err error) {
	if _, err := fmt.Fprintln(l.ask, n); err != nil {
		return 0, fmt.Errorf("the loop: %w", err)
	}
	if _, err := fmt.Fscan(l.answers, (*int64)(&took)); err != nil {
		return 0, fmt.Errorf("the loop: %w", err)
	}
	return took, nil
}

func (l *loop) close() error { return errors.Join(l.ask.Close(), l.process.Wait()) }

package judge

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
)

var rounds = flag.Int("rounds", 1, "how often every interactive program is judged")

// sources are the files at paths, and the language of the first.
func sources(t *testing.T, m machine, paths ...string) (lang.Language, []deemster.File) {
	t.Helper()
	l, ok := lang.ByFile(m.languages, paths[0])
	if !ok {
		t.Fatal("this machine lacks the language: scripts/install-deps run")
	}
	var files []deemster.File
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, deemster.File{Name: filepath.Base(path), Content: string(content)})
	}
	return l, files
}

// content makes test data of a text.
func content(t *testing.T, text string) func(context.Context) (*os.File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(context.Context) (*os.File, error) { return os.Open(path) }
}

// guessing is the task to guess a number.
func guessing(t *testing.T, m machine, numbers ...string) Task {
	t.Helper()
	language, files := sources(t, m, "testdata/guess/interactor.c")
	task := Task{
		Mode:      deemster.Mode{Interactive: true},
		Limits:    deemster.Limits{CPU: 400 * time.Millisecond, Wall: 1500 * time.Millisecond, Memory: 64 * deemster.MiB},
		Validator: &Validator{Language: language, Files: files, Protocol: deemster.ProtocolICPC},
	}
	for _, number := range numbers {
		task.Tests = append(task.Tests, Test{Name: number, Input: content(t, number), Answer: content(t, "")})
	}
	return task
}

// Every program that guesses a number gets the verdict its folder is named for, every time.
func TestConversations(t *testing.T) {
	m := realMachine(t)
	paths, err := filepath.Glob("testdata/guess/*/*")
	if err != nil || len(paths) < 14 {
		t.Fatal(len(paths), "programs", err)
	}
	task := guessing(t, m, "750")
	for _, path := range paths {
		want := deemster.Verdict(filepath.Base(filepath.Dir(path)))
		t.Run(string(want)+" "+filepath.Base(path), func(t *testing.T) {
			task := task
			task.Language, task.Files = sources(t, m, path)
			for round := range *rounds {
				r, err := Judge(t.Context(), m.builder, task, silent)
				if err != nil {
					t.Fatal(err)
				}
				if r.Verdict != want {
					t.Fatalf("round %d: verdict %s, want %s; %q, log %q, tests %+v", round, r.Verdict, want, r.Message, r.CompileLog, r.Tests)
				}
			}
		})
	}
}

// What the interactor does is not the program's time, nor what it waits.
func TestInteractorIsNotCharged(t *testing.T) {
	m := realMachine(t)
	task := guessing(t, m, "750")
	task.Validator.Files[0].Content = `#include <stdio.h>
#include <time.h>

int main(void)
{
    int guess;
    while (clock() < CLOCKS_PER_SEC / 2)
        ;
    return scanf("%d", &guess) == 1 ? 42 : 43;
}
`
	task.Language, task.Files = sources(t, m, "testdata/guess/WA/never_reads.c")
	r, err := Judge(t.Context(), m.builder, task, silent)
	if err != nil || r.Verdict != deemster.Accepted || r.TimeMS > 200 {
		t.Errorf("%+v, %v; want AC, and little time", r, err)
	}
}

// An interactor that breaks the rules is the problem's fault, whatever the program does.
func TestBrokenInteractor(t *testing.T) {
	m := realMachine(t)
	for name, source := range map[string]string{
		"crashes":      `int main(void) { __builtin_trap(); }`,
		"ends with 0":  `int main(void) { return 0; }`,
		"loops":        `int main(void) { for (;;); }`,
		"not compiled": `int main(void) { return }`,
	} {
		t.Run(name, func(t *testing.T) {
			task := guessing(t, m, "750")
			task.Validator.Files[0].Content = source
			task.Validator.Limits = deemster.Limits{CPU: 100 * time.Millisecond}
			task.Language, task.Files = sources(t, m, "testdata/guess/AC/halves.c")
			r, err := Judge(t.Context(), m.builder, task, silent)
			if err != nil || r.Verdict != deemster.JudgeError || r.Message == "" {
				t.Errorf("%+v, %v; want JE and a message", r, err)
			}
		})
	}
}

package judge

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// machine is what the tests in real boxes share: preparing the languages takes long.
type machine struct {
	engine    sandbox.Engine
	builder   *build.Builder
	languages []lang.Language
	infos     []deemster.LanguageInfo
}

var openMachine = sync.OnceValues(func() (machine, error) {
	all, err := lang.Load(nil)
	if err != nil {
		return machine{}, err
	}
	dir, err := lang.DefaultCacheDir()
	if err != nil {
		return machine{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return machine{}, err
	}
	var m machine
	m.engine, err = native.New(native.Config{
		Slots:    2,
		Pool:     2,
		ReadOnly: []native.Dir{{Host: dir, Box: lang.CacheDir}},
		Log:      slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return machine{}, err
	}
	if m.builder, err = keeping(m.engine); err != nil {
		return machine{}, err
	}
	core := slices.DeleteFunc(all, func(l lang.Language) bool { return !slices.Contains(core, l.ID) })
	m.languages, m.infos, err = lang.Detect(context.Background(), m.engine, core, dir)
	return m, err
})

// core are the languages of the programs in these tests.
var core = []string{"bash", "c", "cpp", "cpp17", "cpp23", "go", "java", "javascript", "python3", "rust"}

// builds is where keeping keeps what it compiles.
var builds string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "deemster-judge-test-")
	if err != nil {
		panic(err)
	}
	builds = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// keeping is a builder that compiles nothing twice.
func keeping(engine sandbox.Engine) (*build.Builder, error) {
	cache, err := build.OpenCache(builds, deemster.GiB, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return build.Keeping(engine, cache), nil
}

// realMachine is this machine, if it can keep prisoners. The engine ends with the
// process.
func realMachine(t *testing.T) machine {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("boxes need root: run the tests as root")
	}
	m, err := openMachine()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sum judges a program that should add 20 and 22.
func sum(t *testing.T, m machine, l lang.Language, files ...deemster.File) Result {
	t.Helper()
	dir := t.TempDir()
	open := func(name, content string) func(context.Context) (*os.File, error) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return func(context.Context) (*os.File, error) { return os.Open(path) }
	}
	input, answer := open("in", "20 22\n"), open("ans", "42\n")
	r, err := Judge(context.Background(), build.New(m.engine), Task{
		Language: l,
		Files:    files,
		Limits:   deemster.Limits{CPU: time.Second, Memory: 256 * deemster.MiB, Output: deemster.MiB},
		Tests:    []Test{{Name: "1", Input: input, Answer: answer}, {Name: "2", Input: input, Answer: answer}},
	}, silent)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Every language of this machine passes its self-test in a box.
func TestSelfTests(t *testing.T) {
	m := realMachine(t)
	for _, info := range m.infos {
		t.Run(info.ID, func(t *testing.T) {
			l, ok := lang.ByID(m.languages, info.ID)
			if !ok {
				t.Fatal(info.Missing)
			}
			file, err := l.SelfTest()
			if err != nil {
				t.Fatal(err)
			}
			r := sum(t, m, l, file)
			if r.Verdict != deemster.Accepted {
				t.Fatalf("verdict %s, log %q, tests %+v", r.Verdict, r.CompileLog, r.Tests)
			}
		})
	}
}

// Every program in testdata gets the verdict its folder is named for.
func TestPrograms(t *testing.T) {
	m := realMachine(t)
	paths, err := filepath.Glob("testdata/[A-Z]*/*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no programs", err)
	}
	for _, path := range paths {
		want := deemster.Verdict(filepath.Base(filepath.Dir(path)))
		t.Run(string(want)+" "+filepath.Base(path), func(t *testing.T) {
			l, ok := lang.ByFile(m.languages, path)
			if !ok {
				t.Fatal("this machine lacks the language: scripts/install-deps run")
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r := sum(t, m, l, deemster.File{Name: filepath.Base(path), Content: string(source)})
			if r.Verdict != want {
				t.Errorf("verdict %s, want %s; log %q, tests %+v", r.Verdict, want, r.CompileLog, r.Tests)
			}
			if r.Verdict == deemster.CompileError && r.CompileLog == "" {
				t.Errorf("compile log: %q", r.CompileLog)
			}
		})
	}
}

// A program that knows what it uses: 64 MiB, and 200 ms by its own clock.
func TestMeasures(t *testing.T) {
	m := realMachine(t)
	l, ok := lang.ByID(m.languages, "c")
	if !ok {
		t.Fatal("this machine lacks the language: scripts/install-deps run")
	}
	r := sum(t, m, l, deemster.File{Content: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(void)
{
    size_t size = 64 << 20;
    char *block = malloc(size);
    memset(block, 1, size);
    while (clock() < CLOCKS_PER_SEC / 5)
        ;
    printf("%d\n", 41 + block[size - 1]);
}
`})
	if r.Verdict != deemster.Accepted {
		t.Fatalf("verdict %s, log %q, tests %+v", r.Verdict, r.CompileLog, r.Tests)
	}
	if r.Memory < 63*deemster.MiB || r.Memory > 72*deemster.MiB {
		t.Errorf("memory %d bytes, want 64 MiB and a little", r.Memory)
	}
	if r.TimeMS < 200 || r.TimeMS > 400 {
		t.Errorf("time %d ms, want 200 and a little", r.TimeMS)
	}
}

func TestSeveralFiles(t *testing.T) {
	m := realMachine(t)
	tests := []struct {
		language string
		files    []deemster.File
	}{
		{"cpp", []deemster.File{
			{Name: "add.h", Content: "long add(long, long);\n"},
			{Name: "add.cpp", Content: "#include \"add.h\"\nlong add(long a, long b) { return a + b; }\n"},
			{Name: "x.cc", Content: "#include <iostream>\n#include \"add.h\"\nint main() { long a, b; std::cin >> a >> b; std::cout << add(a, b); }\n"},
		}},
		{"python3", []deemster.File{
			{Name: "add.py", Content: "def add(a, b): return a + b\n"},
			{Name: "main.py", Content: "from add import add\nprint(add(*map(int, input().split())))\n"},
		}},
		{"java", []deemster.File{
			{Name: "Add.java", Content: "package p; public class Add { public static long add(long a, long b) { return a + b; } }"},
			{Name: "Go.java", Content: "package p; import java.util.*; public class Go { public static void main(String[] x) { var in = new Scanner(System.in); System.out.println(Add.add(in.nextLong(), in.nextLong())); } }"},
		}},
		{"go", []deemster.File{
			{Name: "add.go", Content: "package main\n\nfunc add(a, b int) int { return a + b }\n"},
			{Name: "main.go", Content: "package main\n\nimport \"fmt\"\n\nfunc main() { var a, b int; fmt.Scan(&a, &b); fmt.Println(add(a, b)) }\n"},
		}},
		{"rust", []deemster.File{
			{Name: "add.rs", Content: "pub fn add(a: i64, b: i64) -> i64 { a + b }\n"},
			{Name: "main.rs", Content: "mod add;\nfn main() {\n    let mut s = String::new();\n    std::io::stdin().read_line(&mut s).unwrap();\n    let n: Vec<i64> = s.split_whitespace().map(|x| x.parse().unwrap()).collect();\n    println!(\"{}\", add::add(n[0], n[1]));\n}\n"},
		}},
		{"bash", []deemster.File{
			{Name: "add.sh", Content: "add() { echo $(($1 + $2)); }\n"},
			{Name: "main.sh", Content: ". /code/add.sh\nread -r a b\nadd \"$a\" \"$b\"\n"},
		}},
		{"javascript", []deemster.File{
			{Name: "add.js", Content: "module.exports = (a, b) => a + b;\n"},
			{Name: "main.js", Content: "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number);\nconsole.log(require('./add')(a, b));\n"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.language, func(t *testing.T) {
			l, ok := lang.ByID(m.languages, tt.language)
			if !ok {
				t.Fatal("this machine lacks the language: scripts/install-deps run")
			}
			if r := sum(t, m, l, tt.files...); r.Verdict != deemster.Accepted {
				t.Errorf("verdict %s, log %q, tests %+v", r.Verdict, r.CompileLog, r.Tests)
			}
		})
	}
}

// What warming prepares is used in the box. The compiler would fall back in silence.
func TestWarm(t *testing.T) {
	m := realMachine(t)
	dir, err := lang.DefaultCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"cpp", "cpp17", "cpp23"} {
		t.Run(id, func(t *testing.T) {
			l, ok := lang.ByID(m.languages, id)
			if !ok {
				t.Fatal("this machine lacks the language: scripts/install-deps run")
			}
			if err := l.Warm(context.Background(), m.engine, dir); err != nil {
				t.Fatal(err)
			}
			l.Compile = [][]string{append([]string{l.Compile[0][0], "-H"}, l.Compile[0][1:]...)} // names the headers it reads
			file, err := l.SelfTest()
			if err != nil {
				t.Fatal(err)
			}
			r := sum(t, m, l, file)
			if want := "! " + lang.CacheDir + "/"; r.Verdict != deemster.Accepted || !strings.Contains(r.CompileLog, want) {
				t.Errorf("verdict %s, log %.300q; want %q in it", r.Verdict, r.CompileLog, want)
			}
		})
	}
}

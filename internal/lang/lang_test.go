package lang

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
)

func load(t *testing.T) []Language {
	t.Helper()
	languages, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return languages
}

func language(t *testing.T, id string) Language {
	t.Helper()
	l, ok := ByID(load(t), id)
	if !ok {
		t.Fatalf("no language %s", id)
	}
	return l
}

func TestLoad(t *testing.T) {
	var ids []string
	for _, l := range load(t) {
		ids = append(ids, l.ID)
		if _, err := l.SelfTest(); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"ada", "algol68", "awk", "bash", "c", "clojure", "cobol", "cpp", "cpp17", "cpp23", "crystal", "csharp", "d",
		"elixir", "erlang", "forth", "fortran", "go", "groovy", "haskell", "java", "javascript", "kotlin", "lisp",
		"lua", "modula2", "nim", "objectivec", "octave", "ocaml", "pascal", "perl", "prolog", "php", "python3",
		"pypy3", "r", "racket", "raku", "ruby", "rust", "scala", "scheme", "sml", "tcl", "typescript", "vala",
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("languages: %s", diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	good, err := files.ReadFile("languages/python3.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "source:", "sauce: x\nsource:", "sauce"},
		{"unknown word", "/code/{entry}c", "{entree}", "{entree}"},
		{"tool the box cannot see", "/usr/local/bin/python3", "/root/bin/python3", "/root/bin/python3"},
		{"tool beside /usr", "/usr/local/bin/python3", "/usr/../root/python3", "/usr/../root/python3"},
		{"source of another language", "main.py", "main.c", "main.c"},
		{"no version", "version:", "#", "version"},
		{"no factor", "time_factor: 3", "time_factor: 0", "time_factor"},
		{"factor that is no number", "time_factor: 3", "time_factor: .nan", "time_factor"},
		{"negative time", "200ms", "-200ms", "time_extra"},
		{"unknown unit", "16 MiB", "16 MB", "16 MB"},
		{"optional tool that is none", "source:", "optional: [mold]\nsource:", "mold"},
		{"two scripts", "source:", "prepare: x\nwarm: x\nsource:", "prepare and warm"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bad := strings.Replace(string(good), tt.old, tt.new, 1)
			if bad == string(good) {
				t.Fatal("nothing was changed")
			}
			if _, err := parse("python3", []byte(bad)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want one that names %q", err, tt.want)
			}
		})
	}
}

// An argument that names an optional tool is there when the tool is.
func TestOptional(t *testing.T) {
	l := language(t, "c")
	l.Tools["linker"], l.Optional = []string{"/usr/bin/linker"}, []string{"linker"}
	l.Compile = [][]string{{"{gcc}", "-B{linker}", "{sources}"}}
	for _, there := range []bool{false, true} {
		stamps := map[string]string{"/usr/bin/gcc": "1"}
		want := []string{"/usr/bin/gcc", "main.c"}
		if there {
			stamps["/usr/bin/linker"] = "1"
			want = []string{"/usr/bin/gcc", "-B/usr/bin/linker", "main.c"}
		}
		l.settle(stamps, "/")
		if err := l.missing(); err != nil {
			t.Error(err)
		}
		p, err := l.Program([]deemster.File{{Name: "a.c"}}, deemster.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, p.Compile[0]); diff != "" {
			t.Errorf("there is %v: %s", there, diff)
		}
	}
}

func TestOverride(t *testing.T) {
	languages, err := Load(strings.NewReader("java:\n  time_factor: 4.5\n  memory_extra: 1 GiB\ngo: {time_extra: 1s}\n"))
	if err != nil {
		t.Fatal(err)
	}
	before := language(t, "java").Allowance
	before.TimeFactor, before.MemoryExtra = 4.5, deemster.Size(deemster.GiB)
	java, _ := ByID(languages, "java")
	if java.Allowance != before {
		t.Errorf("java: %+v, want %+v", java.Allowance, before)
	}
	for _, bad := range []string{
		"kobol:\n  time_factor: 2", "java:\n  name: Espresso", "java:\n  time_factor: -1", "java: 3", "- java",
		"java:\n  memory_extra: 5 GB", "java:\n  processes: 100000", strings.Repeat("#", 65<<10),
	} {
		if _, err := Load(strings.NewReader(bad)); err == nil {
			t.Errorf("accepted %.40q", bad)
		}
	}
}

func TestLimits(t *testing.T) {
	a := Allowance{TimeFactor: 2, TimeExtra: 500 * time.Millisecond, MemoryExtra: deemster.Size(64 * deemster.MiB), Processes: 128}
	tests := []struct{ problem, want deemster.Limits }{
		{
			deemster.Limits{},
			deemster.Limits{CPU: 4500 * time.Millisecond, Wall: 10 * time.Second, Memory: 320 * deemster.MiB, Output: 64 * deemster.MiB, Processes: 128},
		},
		{
			deemster.Limits{CPU: time.Second, Memory: deemster.GiB, Output: 1, Processes: 256},
			deemster.Limits{CPU: 2500 * time.Millisecond, Wall: 6 * time.Second, Memory: deemster.GiB + 64*deemster.MiB, Output: 1, Processes: 256},
		},
		{ // a wall limit of the problem's own grows as much as the CPU limit asks for
			deemster.Limits{CPU: time.Second, Wall: time.Second},
			deemster.Limits{CPU: 2500 * time.Millisecond, Wall: 4 * time.Second, Memory: 320 * deemster.MiB, Output: 64 * deemster.MiB, Processes: 128},
		},
	}
	for _, tt := range tests {
		if got := a.Limits(tt.problem); got != tt.want {
			t.Errorf("Limits(%+v)\n got %+v\nwant %+v", tt.problem, got, tt.want)
		}
	}
	if got := (Allowance{}).Limits(deemster.DefaultLimits); got != deemster.DefaultLimits {
		t.Errorf("without an allowance: %+v", got)
	}
}

func TestProgram(t *testing.T) {
	limits := deemster.Limits{Memory: 2 * deemster.GiB}
	tests := []struct {
		name, id string
		files    []deemster.File
		names    []string
		compile  string // a part of the last command
		run      string // a part
	}{
		{"single", "cpp", []deemster.File{{Name: "-o/../x y.cpp"}}, []string{"main.cpp"}, "-o program main.cpp", "/code/program"},
		{"single without a name", "python3", []deemster.File{{}}, []string{"main.py"}, "main.py", "/code/main.pyc"},
		{"headers are not compiled", "cpp", []deemster.File{{Name: "a.h"}, {Name: "b.cc"}, {Name: "c.cpp"}},
			[]string{"a.h", "b.cc", "c.cpp"}, "-o program b.cc c.cpp", ""},
		{"the language's own name is the entry", "python3", []deemster.File{{Name: "a.py"}, {Name: "main.py"}},
			[]string{"a.py", "main.py"}, "a.py main.py", "/code/main.pyc"},
		{"else the first", "javascript", []deemster.File{{Name: "b.js"}, {Name: "a.js"}},
			[]string{"b.js", "a.js"}, "--check b.js", "--max-old-space-size=2048 --stack-size=1024000 /code/b.js"},
		{"Rust's modules are found by the entry", "rust", []deemster.File{{Name: "add.rs"}, {Name: "main.rs"}},
			[]string{"add.rs", "main.rs"}, "-o program main.rs", "/code/program"},
		{"Java's class", "java", []deemster.File{{Name: "x", Content: "package p; public class Sum {}"}},
			[]string{"Sum.java"}, "Sum.java", "-Xmx2048m -Xss1024000k"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := language(t, tt.id).Program(tt.files, limits)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range p.Files {
				names = append(names, f.Name)
			}
			if diff := cmp.Diff(tt.names, names); diff != "" {
				t.Errorf("files: %s", diff)
			}
			if got := strings.Join(p.Compile[len(p.Compile)-1], " "); !strings.Contains(got, tt.compile) {
				t.Errorf("compile: %s; want %s in it", got, tt.compile)
			}
			if got := strings.Join(p.Run, " "); !strings.Contains(got, tt.run) {
				t.Errorf("run: %s; want %s in it", got, tt.run)
			}
			for _, arg := range slices.Concat(append(p.Compile, p.Run, p.Env)...) {
				if strings.ContainsAny(arg, "{}") {
					t.Errorf("left unexpanded: %s", arg)
				}
			}
		})
	}
}

func TestProgramRefuses(t *testing.T) {
	tests := []struct {
		name  string
		files []string
	}{
		{"nothing", nil},
		{"an option", []string{"-o.cpp", "a.cpp"}},
		{"a response file", []string{"@a.cpp", "a.cpp"}},
		{"a path", []string{"../a.cpp", "a.cpp"}},
		{"a hidden file", []string{".a.cpp", "a.cpp"}},
		{"a newline", []string{"a\n.cpp", "a.cpp"}},
		{"a long name", []string{strings.Repeat("a", 70) + ".cpp", "a.cpp"}},
		{"the same name", []string{"a.cpp", "a.cpp"}},
		{"an object file", []string{"a.cpp", "b.o"}},
		{"no extension", []string{"a.cpp", "program"}},
		{"headers only", []string{"a.h", "b.h"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var files []deemster.File
			for _, name := range tt.files {
				files = append(files, deemster.File{Name: name})
			}
			if p, err := language(t, "cpp").Program(files, deemster.Limits{}); deemster.KindOf(err) != deemster.Invalid {
				t.Errorf("Program = %+v, %v; want an Invalid error", p, err)
			}
		})
	}
}

func TestJavaClasses(t *testing.T) {
	tests := []struct {
		name, source, public, entry string
	}{
		{"plain", "public class Sum { public static void main(String[] a) {} }", "Sum", "Sum"},
		{"package", "package org . example;\nimport java.util.*;\npublic final class A{static public void main(final String... a){}}", "A", "org.example.A"},
		{"entry is not public", "class A{} class B { static void main(String[] a){} }", "", "B"},
		{"entry beside a public class", "public class A {} class B { static void main(String[] a){} }", "A", "B"},
		{"inner main", "class A { static class C { static void main(String[] a){} } } class B { static void main(String[] a){} }", "", "B"},
		{"not static", "class A { void main(String[] a){} } class B { public static void main(String[] a){} }", "", "B"},
		{"comments", "// public class No {\n/* class No { static void main(String[] a) {} } */ public class Yes {}", "Yes", "Yes"},
		{"strings", "class A { String s = \"} public class No { static void main(\"; char c = '{'; char q = '\\''; String t = \"\"\"\n } class \"No\" {\"\"\"; }\nclass B { static void main(String[] a){} }", "", "B"},
		{"annotation", "@interface X {} @Y({1, 2}) @Z(A.class) public class B { public static void main(String[] a){} }", "B", "B"},
		{"record and enum", "record P(int a) {} enum E { A { void main() {} } } public record Q(int b) { public static void main(String[] a){} }", "Q", "Q"},
		{"generic", "public class A<T extends Comparable<T>> extends B<T> { public static void main(String[] a) { new A<>() {{ f(() -> { }); }}; } }", "A", "A"},
		{"no class", "hello", "", "Main"},
		{"unfinished", "public class A { static void main(String[] a) { /* ", "A", "A"},
		{"name like a path", "public class $A {}", "", "$A"},
		{"long name", "public class " + strings.Repeat("A", 300) + " {}", "", strings.Repeat("A", 300)},
		{"brackets upside down", "}}}} public class A { ))) static void main(String[] a) {} }", "", "Main"},
		{"empty", "", "", "Main"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := publicClass(tt.source); got != tt.public {
				t.Errorf("publicClass = %q, want %q", got, tt.public)
			}
			if got := entryClass([]deemster.File{{Name: "Main.java", Content: tt.source}}); got != tt.entry {
				t.Errorf("entryClass = %q, want %q", got, tt.entry)
			}
		})
	}
}

// A name that several languages know is of the one that it is first of all.
func TestByFile(t *testing.T) {
	all := load(t)
	for name, want := range map[string]string{
		"a.cpp": "cpp", "b.cc": "cpp", "a.c": "c", "x.py": "python3", "A.java": "java", "m.go": "go", "m.js": "javascript",
		"r.rs": "rust", "s.sh": "bash", "a.pl": "perl", "a.m": "objectivec", "a.b.kt": "kotlin",
		"a.h": "", "Makefile": "", "a.CPP": "", "": "", "py": "",
	} {
		if l, ok := ByFile(all, name); l.ID != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", name, l.ID, ok, want)
		}
	}
	only := slices.DeleteFunc(all, func(l Language) bool { return l.ID == "python3" })
	if l, _ := ByFile(only, "a.py"); l.ID != "pypy3" {
		t.Errorf("without Python 3: %q", l.ID)
	}
}

func TestNearest(t *testing.T) {
	for written, want := range map[string]string{
		"jaava": "java", "C#": "csharp", "rkt": "racket", "pyhton": "python3", "JavaScript": "javascript", "": "c",
	} {
		if got := Nearest(load(t), written); len(got) != 3 || got[0] != want {
			t.Errorf("Nearest(%q) = %v, want %s first", written, got, want)
		}
	}
}

// The table in docs/languages.md has a line for every language.
func TestTable(t *testing.T) {
	text, err := os.ReadFile("../../docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range load(t) {
		if line := "| `" + l.ID + "` | " + l.Name + " | ." + strings.Join(l.Extensions, " .") + " |"; !strings.Contains(string(text), line) {
			t.Errorf("docs/languages.md lacks %s", line)
		}
	}
}

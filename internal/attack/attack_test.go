package attack

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// Environment variables.
const (
	boxVariable   = "DEEMSTER_BOX"   // the engine; native when it is not set
	imageVariable = "DEEMSTER_IMAGE" // the root that boxes see; this machine's when it is not set
	// programsVariable names a directory made by Prebuild, for a machine without
	// compilers. The programs in other languages than C are not run there.
	programsVariable = "DEEMSTER_ATTACK_PROGRAMS"
)

var tableFile = flag.String("attack.table", "", "write the results into this file, as a Markdown table with a column for each engine")

const (
	hostile = "../sandbox/testdata/hostile"
	// lanes is how many hostile programs are judged at one time, and round how many until
	// the host is looked at.
	lanes = 2
	round = 4
	// overhead is what a verdict may take longer than the limits. It is wide, because the
	// machine may be busy and may be an emulated one: what never ends must be found. What
	// was needed is printed.
	overhead = 20 * time.Second
	// slower is how much more processor time the control may need beside an attack than
	// alone. It is wide for the same reason.
	slower = 4
	// settling is how long what a run leaves may take to go; so much is not waited when
	// nothing is left.
	settling = 5 * time.Second
)

// site is where programs are judged.
type site struct {
	engine    sandbox.Engine
	spec      string
	languages []lang.Language
	programs  []Program
	prebuilt  string // a directory of built programs, or empty
	said      *alarm // what the engine logged
	host      *Host
	seen      Snapshot
	secrets   []string
	others    []string // secrets of the control, which says them itself
	data      string   // tests' inputs and answers, never seen by a box
	control   Program
	idle      time.Duration // of the control, alone

	worstOverhead, worstSettling time.Duration
	worstControl                 float64
}

// TestHostile judges every hostile program.
func TestHostile(t *testing.T) {
	s := openSite(t)
	var rows []row
	for programs := range slices.Chunk(s.programs, round) {
		rows = append(rows, s.round(t, programs)...)
	}
	t.Logf("%d programs on %s; the control takes %v alone and at worst %.2f times that; a verdict came at most %v after the program's end, and what it left was gone within %v",
		len(s.programs), s.engine.Name(), s.idle, s.worstControl, s.worstOverhead.Round(time.Millisecond), s.worstSettling.Round(time.Millisecond))
	if *tableFile != "" {
		if err := writeTable(*tableFile, s.spec, rows); err != nil {
			t.Error(err)
		}
	}
}

func openSite(t *testing.T) *site {
	t.Helper()
	s := &site{spec: os.Getenv(boxVariable), prebuilt: os.Getenv(programsVariable), said: &alarm{}, data: t.TempDir()}
	if s.spec == "" {
		s.spec = "native"
	}
	s.choose(t)
	s.plant(t)
	cache, err := s.cache()
	if err != nil {
		t.Fatal(err)
	}
	if s.engine, err = openEngine(t, s.spec, cache, slog.New(slog.NewTextHandler(s.said, &slog.HandlerOptions{Level: slog.LevelWarn}))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.engine.Close(); err != nil {
			t.Error(err)
		}
	})
	s.detect(t, cache)
	dirs := []string{filepath.Join(s.data, "private")}
	if cache != "" {
		dirs = append(dirs, cache)
	}
	var open []string
	for _, dir := range []string{"/tmp", "/dev/shm", "/var/tmp"} {
		if _, err := os.Stat(dir); err == nil {
			open = append(open, dir)
		}
	}
	if s.host, err = NewHost(dirs, open, alone()); err != nil {
		t.Fatal(err)
	}
	// The first judgements start what stays: threads that wait for work, and the like.
	var times []time.Duration
	for range 3 {
		times = append(times, s.honest(t))
	}
	s.idle = slices.Min(times)
	s.seen = steady(t, s.host)
	return s
}

// choose loads the programs that are to run: those that -run names, on this engine, and
// on a machine without compilers those that were built.
func (s *site) choose(t *testing.T) {
	dir := hostile
	if s.prebuilt != "" {
		dir = s.prebuilt
	}
	all, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, only, _ := strings.Cut(flag.Lookup("test.run").Value.String(), "/")
	pattern, err := regexp.Compile(only)
	if err != nil {
		t.Fatal(err)
	}
	foreign, unbuilt := 0, 0
	for _, p := range all {
		_, err := os.Stat(filepath.Join(s.prebuilt, p.binary()))
		switch {
		case !pattern.MatchString(p.Name):
		case len(p.Only) > 0 && !slices.ContainsFunc(p.Only, func(engine string) bool { return strings.HasPrefix(s.spec, engine) }):
			foreign++
		case s.prebuilt != "" && err != nil:
			unbuilt++
		default:
			s.programs = append(s.programs, p)
		}
	}
	if foreign > 0 {
		t.Logf("%d programs make no sense on %s and are not run", foreign, s.spec)
	}
	if unbuilt > 0 {
		t.Logf("%d programs need a compiler or an interpreter, and are not run here", unbuilt)
	}
	if len(s.programs) == 0 {
		t.Fatal("there is no program")
	}
}

// cache is where prepared languages are; empty on a machine without compilers.
func (s *site) cache() (string, error) {
	if s.prebuilt != "" {
		return "", nil
	}
	dir, err := lang.DefaultCacheDir()
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// detect finds the languages of the programs.
func (s *site) detect(t *testing.T, cache string) {
	if s.prebuilt != "" {
		return
	}
	known, err := lang.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var needed []lang.Language
	for _, p := range s.programs {
		l, ok := lang.ByFile(known, p.Name)
		if !ok {
			t.Fatalf("%s: there is no such language", p.Name)
		}
		if _, ok := lang.ByID(needed, l.ID); !ok {
			needed = append(needed, l)
		}
	}
	var infos []deemster.LanguageInfo
	s.languages, infos, err = lang.Detect(context.Background(), s.engine, needed, cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range infos {
		if !info.Available {
			t.Fatal(info.Missing)
		}
	}
}

// plant hides secrets where an executor has them: in its environment, in files that
// everybody on the host could read and in files that only it can, in a descriptor that it
// left open, in another test's answer and in another submission's input.
func (s *site) plant(t *testing.T) {
	private := filepath.Join(s.data, "private")
	if err := os.Mkdir(private, 0o755); err != nil {
		t.Fatal(err)
	}
	s.secrets = []string{os.Getenv(secretVariable)}
	for name, mode := range map[string]os.FileMode{"key": 0o600, "settings": 0o644, "answer": 0o644, "open": 0o644} {
		secret := newSecret(name)
		s.secrets = append(s.secrets, secret)
		if err := os.WriteFile(filepath.Join(private, name), []byte(secret+"\n"), mode); err != nil {
			t.Fatal(err)
		}
	}
	// Without O_CLOEXEC: whoever forks without care passes it on.
	leaked, err := unix.Open(filepath.Join(private, "open"), unix.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(leaked) })

	built := s.prebuilt
	if built == "" {
		built = s.data
		if err := buildControl(built); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.ReadFile(filepath.Join(built, controlName))
	if err != nil {
		t.Fatal(err)
	}
	secret := newSecret("input")
	x := uint64(1)
	for range 60_000_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	s.control = Program{
		Name: controlName, Want: []deemster.Verdict{deemster.Accepted}, Runs: 2,
		Files:  []deemster.File{{Content: string(program)}},
		Limits: deemster.Limits{CPU: 20 * time.Second, Wall: 2 * time.Minute, Memory: 64 * deemster.MiB, Output: deemster.MiB, Processes: 16},
		Input:  secret + "\n", Answer: fmt.Sprintln(secret, x),
	}
	s.others = append(s.others, secret)
}

// openEngine makes the engine that spec names. It keeps no boxes ready: what there is
// when nothing runs must not depend on how far a pool is filled.
func openEngine(t *testing.T, spec, cache string, log *slog.Logger) (sandbox.Engine, error) {
	c := engine.Config{Slots: lanes, Image: os.Getenv(imageVariable), Log: log}
	if cache != "" {
		c.ReadOnly = []image.Dir{{Host: cache, Box: lang.CacheDir}}
	}
	return engine.Open(t.Context(), spec, c)
}

// alarm keeps what the engine warns of.
type alarm struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (a *alarm) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.Write(p)
}

// take gives what was said since it was last asked.
func (a *alarm) take() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer a.text.Reset()
	return a.text.String()
}

// judgement is what became of one program.
type judgement struct {
	result judge.Result
	err    error
	took   time.Duration
	limit  time.Duration // how long it may take
	runs   []run
	said   string
}

// judge judges a program as a submission is judged.
func (s *site) judge(p Program) (j judgement) {
	dir, err := os.MkdirTemp(s.data, "test")
	if err != nil {
		return judgement{err: err}
	}
	defer os.RemoveAll(dir)
	file := func(name, content string) func(context.Context) (*os.File, error) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			j.err = err
		}
		return func(context.Context) (*os.File, error) { return os.Open(path) }
	}
	task := judge.Task{Files: p.Files, Limits: p.Limits, Compile: p.Compile, All: true}
	input, answer := file("in", p.FullInput()), file("ans", p.Answer)
	for i := range p.Runs {
		task.Tests = append(task.Tests, judge.Test{Name: fmt.Sprint(i + 1), Input: input, Answer: answer})
	}
	if task.Language, task.Files, err = s.language(p); err != nil || j.err != nil {
		return judgement{err: fmt.Errorf("%w, %w", err, j.err)}
	}
	j.limit = p.Compile.Or(deemster.CompileLimits).Wall + time.Duration(p.Runs)*task.Language.Limits(p.Limits).Wall + overhead
	ctx, cancel := context.WithTimeout(context.Background(), j.limit)
	defer cancel()
	r := &recorder{Engine: s.engine}
	start := time.Now()
	j.result, j.err = judge.Judge(ctx, r, task, func(string, int, *deemster.TestResult) {})
	j.took = time.Since(start)
	j.runs, j.said = r.runs, r.said()
	return j
}

// built is the language of programs that are compiled already.
var built = lang.Language{
	ID: "built", Name: "built", Extensions: []string{"built"}, Source: "program.built", Run: []string{"/code/program.built"},
}

// language is the program's language and its files.
func (s *site) language(p Program) (lang.Language, []deemster.File, error) {
	if p.Name == controlName {
		return built, p.Files, nil
	}
	if s.prebuilt == "" {
		l, _ := lang.ByFile(s.languages, p.Name)
		return l, p.Files, nil
	}
	program, err := os.ReadFile(filepath.Join(s.prebuilt, p.binary()))
	return built, []deemster.File{{Content: string(program)}}, err
}

// honest judges the control and gives the processor time of its tests.
func (s *site) honest(t *testing.T) (used time.Duration) {
	t.Helper()
	j := s.judge(s.control)
	for _, fault := range s.faults(s.control, j) {
		t.Errorf("H: the control: %s; log %q", fault, j.result.CompileLog)
	}
	for _, test := range j.result.Tests {
		used += time.Duration(test.TimeMS) * time.Millisecond
	}
	return max(used, time.Millisecond)
}

// round judges some programs at one time, with controls beside them and one after, and
// looks what they left on the host. If they left something nobody can tell which of them
// it was: run them one by one.
func (s *site) round(t *testing.T, programs []Program) []row {
	judged := make([]judgement, len(programs))
	ended := make(chan struct{})
	var all errgroup.Group
	all.SetLimit(lanes)
	go func() {
		defer close(ended)
		for i, p := range programs {
			all.Go(func() error { judged[i] = s.judge(p); return nil })
		}
		_ = all.Wait() // what goes wrong is in the judgements
	}()
	for beside := true; beside; {
		s.compare(t, s.honest(t), programs, "beside")
		select {
		case <-ended:
			beside = false
		default:
		}
	}
	s.compare(t, s.honest(t), programs, "after")
	for _, change := range s.look(t) {
		t.Errorf("P: %s: %s", names(programs), change)
	}
	if text := s.said.take(); text != "" {
		t.Errorf("P: %s: the engine says: %s", names(programs), text)
	}
	rows := make([]row, len(programs))
	for i, p := range programs {
		rows[i] = row{program: p, got: judged[i].verdicts()}
		for _, r := range judged[i].runs {
			s.worstOverhead = max(s.worstOverhead, r.late())
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Logf("%v in %v", judged[i].verdicts(), judged[i].took.Round(time.Millisecond))
			for _, fault := range s.faults(p, judged[i]) {
				t.Error(fault)
			}
		})
	}
	return rows
}

func names(programs []Program) string {
	var all []string
	for _, p := range programs {
		all = append(all, p.Name)
	}
	return strings.Join(all, " or ")
}

// compare holds the control's processor time against what it needs alone.
func (s *site) compare(t *testing.T, used time.Duration, programs []Program, when string) {
	t.Helper()
	ratio := float64(used) / float64(s.idle)
	s.worstControl = max(s.worstControl, ratio)
	if ratio > slower {
		t.Errorf("H: %s %s: the control took %v, alone it takes %v", when, names(programs), used, s.idle)
	}
}

// look waits until the host is as it was, and tells what is not.
func (s *site) look(t *testing.T) []string {
	t.Helper()
	for start := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		now, err := s.host.Look()
		if err != nil {
			t.Fatal(err)
		}
		changes := s.seen.Changes(now)
		if len(changes) == 0 {
			s.worstSettling = max(s.worstSettling, time.Since(start))
			return nil
		}
		if time.Since(start) > settling {
			s.seen = now // said once is enough
			return changes
		}
	}
}

// verdicts are those of all tests, or what the judgement ended with before them.
func (j judgement) verdicts() []deemster.Verdict {
	if j.err != nil {
		return []deemster.Verdict{deemster.JudgeError}
	}
	if len(j.result.Tests) == 0 {
		return []deemster.Verdict{j.result.Verdict}
	}
	var all []deemster.Verdict
	for _, test := range j.result.Tests {
		all = append(all, test.Verdict)
	}
	return all
}

// faults tells what a judgement has against what was wanted.
func (s *site) faults(p Program, j judgement) (faults []string) {
	fault := func(format string, arguments ...any) { faults = append(faults, fmt.Sprintf(format, arguments...)) }
	if j.err != nil {
		fault("JE: %v", j.err)
	}
	for i, got := range j.verdicts() {
		if !slices.Contains(p.Want, got) {
			fault("test %d: %s, want %v\n%s", i+1, got, p.Want, j.describe())
		}
	}
	if j.took > j.limit {
		fault("F: the verdict took %v, more than %v", j.took, j.limit)
	}
	for _, r := range j.runs {
		faults = append(faults, r.faults()...)
	}
	feedback := j.result.CompileLog
	for _, test := range j.result.Tests {
		feedback += test.Feedback
		if deemster.Bytes(len(test.Feedback)) > deemster.MaxFeedback {
			fault("B: %d bytes of feedback", len(test.Feedback))
		}
	}
	if !utf8.ValidString(feedback) {
		fault("B: log and feedback are no text: %q", feedback)
	}
	if deemster.Bytes(len(j.result.CompileLog)) > deemster.MaxCompileLog {
		fault("B: %d bytes of compile log", len(j.result.CompileLog))
	}
	secrets := s.secrets
	if p.Name != s.control.Name {
		secrets = append(secrets[:len(secrets):len(secrets)], s.others...)
	}
	for _, secret := range secrets {
		if strings.Contains(j.said, secret) || strings.Contains(feedback, secret) {
			fault("S: it read %s", secret)
		}
	}
	for _, want := range p.Log {
		text, not := strings.CutPrefix(want, "!")
		if strings.Contains(feedback, text) == not {
			fault("S: log and feedback: want %q in it: %v; it is %.1000q", text, !not, feedback)
		}
	}
	return faults
}

// faults tells where the caps or the exactness of one run were not kept.
func (r run) faults() (faults []string) {
	fault := func(format string, arguments ...any) { faults = append(faults, fmt.Sprintf(format, arguments...)) }
	l, o := r.command.Limits, r.outcome
	if r.passed > l.Output || o.Output > l.Output {
		fault("B: %v of output came through, %v are allowed", r.passed, l.Output)
	}
	if deemster.Bytes(len(o.Stderr)) > max(r.command.KeepStderr, deemster.KiB) {
		fault("B: %d bytes of standard error were kept", len(o.Stderr))
	}
	if late := r.late(); late > overhead {
		fault("F: the outcome came %v after the end", late)
	}
	if o.Ending == sandbox.CPULimit && o.CPU < l.CPU {
		fault("over the limit of %v, and reported with %v", l.CPU, o.CPU)
	}
	if o.Ending == sandbox.WallLimit && o.Wall < l.Wall {
		fault("over the wall limit of %v, and reported with %v", l.Wall, o.Wall)
	}
	if o.Ending != sandbox.CPULimit && o.Ending != sandbox.MemoryLimit && o.CPU > l.CPU {
		fault("used %v of %v, and ended with %s", o.CPU, l.CPU, o.Ending)
	}
	if o.Memory > l.Memory {
		fault("used %d bytes of %d, and ended with %s", o.Memory, l.Memory, o.Ending)
	}
	return faults
}

// late is how long after the program's end, or the end of its time, the outcome came.
func (r run) late() time.Duration { return r.took - min(r.outcome.Wall, r.command.Limits.Wall) }

// describe says what is needed to see why a verdict is wrong.
func (j judgement) describe() string {
	var text strings.Builder
	for _, r := range j.runs {
		o := r.outcome
		fmt.Fprintf(&text, "  %s: %s %d %s, cpu %v, wall %v, memory %d KiB, took %v\n", filepath.Base(r.command.Args[0]),
			o.Ending, o.ExitCode, o.Signal, o.CPU, o.Wall, o.Memory/deemster.KiB, r.took)
		if len(r.output)+len(o.Stderr) > 0 {
			fmt.Fprintf(&text, "    said %.600q and %.600q\n", r.output, o.Stderr)
		}
	}
	return text.String()
}

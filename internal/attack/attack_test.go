package attack

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
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
	// unsteady is how far the kernel's count of memory may be off: it charges each
	// processor in batches of 64 pages.
	unsteady = deemster.MiB
	// settling is how long what a run leaves may take to go; so much is not waited when
	// nothing is left.
	settling = 5 * time.Second
)

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

// judgement is what became of one program.
type judgement struct {
	result judge.Result
	err    error
	took   time.Duration
	limit  time.Duration // how long it may take
	runs   []run
	said   string
	spoilt string // what became of the input and the answer
}

// judge judges a program as a submission is judged.
func (s *site) judge(p Program) (j judgement) {
	dir, err := os.MkdirTemp(s.data, "test")
	if err != nil {
		return judgement{err: err}
	}
	defer os.RemoveAll(dir)
	files := map[string]string{filepath.Join(dir, "in"): p.FullInput(), filepath.Join(dir, "ans"): p.Answer}
	for path, content := range files {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return judgement{err: err}
		}
	}
	file := func(name string) func(context.Context) (*os.File, error) {
		return func(context.Context) (*os.File, error) { return os.Open(filepath.Join(dir, name)) }
	}
	task := judge.Task{Files: p.Files, Limits: p.Limits, Compile: p.Compile, All: true}
	for i := range p.Runs {
		task.Tests = append(task.Tests, judge.Test{Name: fmt.Sprint(i + 1), Input: file("in"), Answer: file("ans")})
	}
	if task.Language, task.Files, err = s.language(p); err != nil {
		return judgement{err: err}
	}
	j.limit = p.Compile.Or(deemster.CompileLimits).Wall + time.Duration(p.Runs)*task.Language.Limits(p.Limits).Wall + overhead
	ctx, cancel := context.WithTimeout(context.Background(), j.limit)
	defer cancel()
	r := &recorder{Engine: s.engine}
	start := time.Now()
	j.result, j.err = judge.Judge(ctx, build.New(r), task, func(string, int, *deemster.TestResult) {})
	j.took = time.Since(start)
	j.runs, j.said, j.spoilt = r.runs, r.said(), spoilt(files)
	return j
}

// spoilt tells which of some files are not any more as they were written.
func spoilt(files map[string]string) string {
	var text strings.Builder
	for path, want := range files {
		got, err := os.ReadFile(path)
		info, statErr := os.Stat(path)
		switch {
		case err != nil || statErr != nil:
			fmt.Fprintln(&text, err, statErr)
		case string(got) != want:
			fmt.Fprintf(&text, "%s has other content: %d bytes\n", filepath.Base(path), len(got))
		case info.Mode() != 0o600 || info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()):
			fmt.Fprintf(&text, "%s has another owner or other rights: %d, %v\n", filepath.Base(path), info.Sys().(*syscall.Stat_t).Uid, info.Mode())
		}
	}
	return text.String()
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
	refused := s.probe(ended)
	for beside := true; beside; {
		s.compare(t, s.honest(t), programs, "beside")
		select {
		case <-ended:
			beside = false
		default:
		}
	}
	s.compare(t, s.honest(t), programs, "after")
	for _, what := range <-refused {
		t.Errorf("H: beside %s the executor was refused %s", names(programs), what)
	}
	for _, change := range s.look(t) {
		t.Errorf("%s: %s: %s", invariant(change), names(programs), change)
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

// probe asks the kernel again and again for what it counts for each user, until ended,
// and then tells what it was refused: a prisoner's share must not be the executor's.
func (s *site) probe(ended <-chan struct{}) <-chan []string {
	refused := make(chan []string, 1)
	go func() {
		found := map[string]bool{}
		for {
			for name, ask := range perUser {
				if err := ask(); err != nil {
					found[name+": "+err.Error()] = true
				}
			}
			select {
			case <-ended:
				refused <- slices.Sorted(maps.Keys(found))
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return refused
}

func closed(fd int, err error) error {
	if err != nil {
		return err
	}
	return unix.Close(fd)
}

// perUser is what the kernel counts for each user, or for all: each takes one and gives it
// back.
var perUser = map[string]func() error{
	"an inotify instance": func() error { return closed(unix.InotifyInit1(unix.IN_CLOEXEC)) },
	"an epoll watch": func() error {
		watcher, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
		if err != nil {
			return err
		}
		defer unix.Close(watcher)
		event, err := unix.Eventfd(0, unix.EFD_CLOEXEC)
		if err != nil {
			return err
		}
		defer unix.Close(event)
		return unix.EpollCtl(watcher, unix.EPOLL_CTL_ADD, event, &unix.EpollEvent{Events: unix.EPOLLIN})
	},
	"a pipe": func() error {
		var ends [2]int
		if err := unix.Pipe2(ends[:], unix.O_CLOEXEC); err != nil {
			return err
		}
		return errors.Join(unix.Close(ends[0]), unix.Close(ends[1]))
	},
	"a timer": func() error {
		var timer int32
		if _, _, errno := unix.Syscall(unix.SYS_TIMER_CREATE, unix.CLOCK_MONOTONIC, 0, uintptr(unsafe.Pointer(&timer))); errno != 0 {
			return errno
		}
		_, _, _ = unix.Syscall(unix.SYS_TIMER_DELETE, uintptr(timer), 0, 0)
		return nil
	},
	"asynchronous input and output": func() error {
		var context uintptr
		if _, _, errno := unix.Syscall(unix.SYS_IO_SETUP, 8, uintptr(unsafe.Pointer(&context)), 0); errno != 0 && errno != unix.ENOSYS {
			return errno
		}
		_, _, _ = unix.Syscall(unix.SYS_IO_DESTROY, context, 0, 0)
		return nil
	},
	"a file in memory": func() error { return closed(unix.MemfdCreate("probe", unix.MFD_CLOEXEC)) },
}

// invariant is the letter of what a change of the host breaks.
func invariant(change string) string {
	switch kind, _, _ := strings.Cut(change, " "); kind {
	case "packets":
		return "N"
	case "setting", "swap":
		return "H"
	case "log":
		return "B"
	}
	return "P"
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
	if j.spoilt != "" {
		fault("S: the judge's files: %s", j.spoilt)
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
	if o.Memory > l.Memory+unsteady {
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

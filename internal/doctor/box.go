package doctor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// trial is a program that a box must hold, and what must become of it. It is a shell's:
// no compiler is needed to try a box.
type trial struct {
	name   string
	script string // $1 is the data directory
	limits deemster.Limits
	// held tells what was found; a problem is what was not held.
	held func(o sandbox.Outcome, output string, l deemster.Limits) (found, problem string)
}

// lenient are limits that none of the trials meets, but for the one it is about.
var lenient = deemster.Limits{
	CPU: 10 * time.Second, Wall: 20 * time.Second, Memory: 64 * deemster.MiB, Output: deemster.MiB, Processes: 16,
}

var trials = []trial{
	{
		name: "runs a program", script: "echo hello", limits: lenient,
		held: func(o sandbox.Outcome, output string, _ deemster.Limits) (string, string) {
			if o.Ending != sandbox.Exited || o.ExitCode != 0 || output != "hello\n" {
				return "", fmt.Sprintf("it ended with %s %d%s, %q, %q", o.Ending, o.ExitCode, o.Signal, output, o.Stderr)
			}
			return "/bin/sh", ""
		},
	},
	{
		name: "walls", script: holes, limits: lenient,
		held: func(o sandbox.Outcome, output string, _ deemster.Limits) (string, string) {
			holes, whole := strings.CutSuffix(output, "looked\n")
			if !whole {
				return "", fmt.Sprintf("looking for holes ended with %s %d%s, %.200q", o.Ending, o.ExitCode, o.Signal, o.Stderr)
			}
			return "no host file, process, network or power within reach", strings.ReplaceAll(strings.TrimSpace(holes), "\n", ", ")
		},
	},
	{
		name: "memory limit", limits: lenient,
		script: "a=0123456789abcdef; while :; do a=$a$a; done",
		held: func(o sandbox.Outcome, _ string, l deemster.Limits) (string, string) {
			found := fmt.Sprintf("ended at %d KiB of %d", o.Memory/deemster.KiB, l.Memory/deemster.KiB)
			return found, unless(o.Ending == sandbox.MemoryLimit && o.Memory <= l.Memory+deemster.MiB, o, found)
		},
	},
	{
		name: "process limit", limits: within(lenient, 10*time.Second, 2*time.Second),
		script: "while sleep 60 & do echo; done",
		held: func(o sandbox.Outcome, output string, l deemster.Limits) (string, string) {
			n := len(output)
			found := fmt.Sprintf("%d children at %d processes, all gone", n, l.Processes)
			return found, unless(0 < n && n <= l.Processes, o, fmt.Sprintf("%d children", n))
		},
	},
	{
		name: "CPU limit", script: "while :; do :; done", limits: within(lenient, 200*time.Millisecond, 20*time.Second),
		held: func(o sandbox.Outcome, _ string, l deemster.Limits) (string, string) {
			found := fmt.Sprintf("ended at %d ms of %d", o.CPU.Milliseconds(), l.CPU.Milliseconds())
			return found, unless(o.Ending == sandbox.CPULimit && o.CPU >= l.CPU && o.CPU < 2*l.CPU, o, found)
		},
	},
	{
		name: "wall limit", script: "sleep 60", limits: within(lenient, 10*time.Second, 200*time.Millisecond),
		held: func(o sandbox.Outcome, _ string, l deemster.Limits) (string, string) {
			found := fmt.Sprintf("ended at %d ms of %d", o.Wall.Milliseconds(), l.Wall.Milliseconds())
			return found, unless(o.Ending == sandbox.WallLimit && o.Wall < l.Wall+time.Second, o, found)
		},
	},
	{
		name: "output limit", script: "while echo 0123456789abcdef0123456789abcdef; do :; done", limits: lenient,
		held: func(o sandbox.Outcome, output string, l deemster.Limits) (string, string) {
			found := fmt.Sprintf("ended at %d KiB of %d", len(output)/int(deemster.KiB), l.Output/deemster.KiB)
			return found, unless(o.Ending == sandbox.OutputLimit && len(output) == int(l.Output), o, found)
		},
	},
	{
		name: "the next run", script: "set -- *; echo $*", limits: lenient,
		held: func(o sandbox.Outcome, output string, _ deemster.Limits) (string, string) {
			return "finds nothing of those", unless(o.Ending == sandbox.Exited && output == "*\n", o, fmt.Sprintf("%q", output))
		},
	},
}

// holes prints a line for each thing that a prisoner should not be able to do, and one at
// its end, which is not reached if the first process could be killed.
const holes = `
(echo x > /usr/hole) 2>/dev/null && echo the toolchains can be written to
(: < /etc/shadow) 2>/dev/null && echo the passwords of this machine can be read
[ -r "$1" ] && echo the data directory can be read
set -- /proc/[0-9]*
[ $# -gt 2 ] && echo other processes can be seen
kill -9 1 2>/dev/null
while read -r name value; do
	case $name in
	'Inter-|' | face | lo:*) ;;
	CapEff: | CapPrm: | CapBnd:) [ $value = 0000000000000000 ] || echo it has powers of root: $name $value ;;
	*:) [ "${value#* * * * * * *}" = "$value" ] || echo there is a network: $name ;;
	esac
done 2>/dev/null <<END
$(cat /proc/self/status /proc/net/dev 2>/dev/null)
END
echo looked
`

func within(l deemster.Limits, cpu, wall time.Duration) deemster.Limits {
	l.CPU, l.Wall = cpu, wall
	return l
}

// unless is empty when a limit held, and else how the run ended instead.
func unless(held bool, o sandbox.Outcome, found string) string {
	if held {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("did not hold: %s, then %s %s %.200q", found, o.Ending, o.Signal, o.Stderr))
}

// inVain is the advice when no box can be made.
const inVain = "as it says, or see what is missing above"

func boxItem(name string, f finding) Item {
	return Item{Group: Box, Name: name, State: f.state, Found: f.found, Advice: f.advice, Essential: true}
}

// tryBox makes one box and tries what it holds. The error is that of ctx.
func tryBox(ctx context.Context, engine sandbox.Engine, data string) ([]Item, error) {
	items := []Item{boxItem("engine", fine("%s", engine.Name()))}
	const report = "do not judge here; report it, with what deemster doctor --json prints"
	begun := time.Now()
	box, err := sealedBox(ctx, engine)
	if err != nil {
		return append(items, boxItem("a box", lacks(err.Error(), inVain))), ctx.Err()
	}
	items = append(items, boxItem("a box", fine("ready in %s", milliseconds(time.Since(begun)))))
	for _, t := range trials {
		found, problem, err := t.run(ctx, box, data)
		if ctx.Err() != nil {
			break
		}
		f := fine("%s", found)
		if err != nil {
			f = lacks(err.Error(), report)
		} else if problem != "" {
			f = lacks(problem, report)
		}
		items = append(items, boxItem(t.name, f))
	}
	cost := boxItem("cost of a run", costOfRun(ctx, box))
	cost.Essential = false
	items = append(items, cost)
	if err := box.Close(); err != nil {
		items = append(items, boxItem("its end", lacks(err.Error(), report)))
	}
	return items, ctx.Err()
}

func sealedBox(ctx context.Context, engine sandbox.Engine) (sandbox.Box, error) {
	box, err := engine.NewBox(ctx)
	if err != nil {
		return nil, err
	}
	if err := box.Seal(); err != nil {
		return nil, errors.Join(err, box.Close())
	}
	return box, nil
}

func (t trial) run(ctx context.Context, box sandbox.Box, data string) (found, problem string, err error) {
	var output bytes.Buffer
	o, err := box.Run(ctx, sandbox.Command{
		Args: []string{"/bin/sh", "-c", t.script, "sh", data}, Stdout: &output, KeepStderr: deemster.KiB, Limits: t.limits,
	})
	if err != nil {
		return "", "", err
	}
	found, problem = t.held(o, output.String(), t.limits)
	return found, problem, nil
}

// pairs are how often a run is measured beside the same program bare.
const pairs = 15

// costOfRun compares a run of a program that does nothing with the same started bare.
func costOfRun(ctx context.Context, box sandbox.Box) finding {
	const program = "/bin/true"
	null, err := os.Open(os.DevNull)
	if err != nil {
		return finding{Skipped, err.Error(), ""}
	}
	defer null.Close()
	var boxed, bare []time.Duration
	for range pairs {
		begun := time.Now()
		o, err := box.Run(ctx, sandbox.Command{Args: []string{program}, Limits: lenient})
		boxed = append(boxed, time.Since(begun))
		if err != nil || o.Ending != sandbox.Exited || o.ExitCode != 0 {
			return finding{Skipped, "there is no " + program + " to run", ""}
		}
		begun = time.Now()
		p, err := os.StartProcess(program, []string{program}, &os.ProcAttr{Files: []*os.File{null, null, null}, Env: []string{}})
		if err == nil {
			_, err = p.Wait()
		}
		bare = append(bare, time.Since(begun))
		if err != nil {
			return finding{Skipped, err.Error(), ""}
		}
	}
	slices.Sort(boxed)
	slices.Sort(bare)
	a, b := boxed[pairs/2], bare[pairs/2]
	return fine("%s; bare %s", milliseconds(a), milliseconds(b))
}

func milliseconds(d time.Duration) string {
	if d >= 100*time.Millisecond {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

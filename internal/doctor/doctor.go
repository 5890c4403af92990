// Package doctor looks what a machine lacks for judging strangers' programs safely and
// exactly, and says how to get it.
//
// It knows of a machine in three ways: what its files in /proc, /sys and /etc say; what
// its kernel answers when it is asked for real (see [probe]); and what a box made by the
// real engine holds and measures. The first two take milliseconds, and [Refuse] asks what
// is essential of them before anything is served; the last takes seconds and is for [Examine].
package doctor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// State is how it stands with one thing.
type State string

// Every state.
const (
	OK      State = "ok"
	Missing State = "missing" // and to be had by Item.Advice
	Advice  State = "advice"  // safe as it is, and better otherwise
	Skipped State = "skipped" // not looked at, or not wanted here: a language that is not installed
)

// Group is what belongs together in a report.
type Group string

// Every group, in the order of a report.
const (
	Kernel        Group = "Kernel"
	ControlGroups Group = "Control groups"
	Mounts        Group = "Mounts"
	Processors    Group = "Processors and time"
	Memory        Group = "Memory"
	Files         Group = "Files and limits"
	User          Group = "User and surroundings"
	Box           Group = "Box"
	Languages     Group = "Languages"
)

// Item is one thing that was looked at.
type Item struct {
	Group Group  `json:"group"`
	Name  string `json:"name"`
	State State  `json:"state"`
	Found string `json:"found"`
	// Advice says what to do: a command, or a file and what to write in it.
	Advice string `json:"advice,omitempty"`
	// Essential is what nothing may be judged without.
	Essential bool `json:"essential"`
}

// Report is all that was looked at, group by group.
type Report struct {
	OK    bool   `json:"ok"` // nothing essential is missing
	Items []Item `json:"items"`
}

func (r *Report) add(items ...Item) {
	r.Items = append(r.Items, items...)
	r.OK = !slices.ContainsFunc(r.Items, Item.fatal)
}

func (i Item) fatal() bool { return i.Essential && i.State == Missing }

// Config says what the machine is to do.
type Config struct {
	Data  string // the data directory, which need not exist
	Image string // what boxes show in place of the host's own system: a directory, or Docker's name
	Slots int    // submissions judged at a time; 0 is the cores but one
	// Boxes opens what judging takes. It is asked after all else, by Examine only.
	Boxes func(context.Context) (Bench, error)
	// Progress, unless nil, is told what is being done.
	Progress func(string)
}

// Bench is what judging takes: an engine, the languages that are ready for it, and what is
// to be said of all.
type Bench struct {
	Engine    sandbox.Engine
	Languages []lang.Language // all
	Ready     []lang.Language // of those
	Infos     []deemster.LanguageInfo
}

// check looks at one thing of a machine.
type check struct {
	group  Group
	name   string
	weight weight
	look   func(*machine) finding
}

// weight is what it means when a check finds something missing.
type weight int

const (
	advisory  weight = iota
	essential        // nothing may be judged
	tried            // the same; finding it out takes longer, and making a box does so as well
)

// finding is what a check has to say.
type finding struct {
	state         State
	found, advice string
}

func fine(format string, args ...any) finding {
	return finding{state: OK, found: fmt.Sprintf(format, args...)}
}

// lacks takes errors too, which may be several joined.
func lacks(found, advice string) finding {
	return finding{Missing, strings.ReplaceAll(found, "\n", "; "), advice}
}

func advise(found, advice string) finding { return finding{Advice, found, advice} }

// checks are those that take no time, in the order of the report.
func checks() []check {
	return slices.Concat(kernelChecks, controlGroupChecks, mountChecks, processorChecks, memoryChecks, fileChecks, userChecks)
}

// examine makes the checks of these weights.
func (m *machine) examine(weights ...weight) Report {
	var r Report
	for _, c := range checks() {
		if !slices.Contains(weights, c.weight) {
			continue
		}
		f := c.look(m)
		r.add(Item{Group: c.group, Name: c.name, State: f.state, Found: f.found, Advice: f.advice, Essential: c.weight != advisory})
	}
	return r
}

// Examine looks at everything. An error means that it could not be found out.
func Examine(ctx context.Context, c Config) (Report, error) {
	if c.Progress == nil {
		c.Progress = func(string) {}
	}
	c.Progress("looking at the machine")
	m := thisMachine(c)
	r := m.examine(advisory, essential, tried)
	c.Progress("making boxes and preparing languages; the first time on a machine this takes a minute")
	bench, err := c.Boxes(ctx)
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	if err != nil {
		r.add(boxItem("engine", lacks(err.Error(), inVain)),
			Item{Group: Languages, Name: "self-tests", State: Skipped, Found: "not tried: there is no box"})
		return r, nil
	}
	c.Progress("trying a box")
	items, err := tryBox(ctx, bench.Engine, m.data)
	r.add(items...)
	if err != nil {
		return r, err
	}
	items, err = m.tryLanguages(ctx, bench, c.Progress)
	r.add(items...)
	return r, err
}

// Refuse is an error of one sentence when this machine lacks something essential, as far
// as that can be read: what only a box shows is left to the engine, which makes one.
func Refuse(c Config) error { return thisMachine(c).examine(essential).refusal() }

func (r Report) refusal() error {
	missing := slices.DeleteFunc(slices.Clone(r.Items), func(i Item) bool { return !i.fatal() })
	if len(missing) == 0 {
		return nil
	}
	first := missing[0]
	// Who runs this, and in what, is behind most else.
	if i := slices.IndexFunc(missing, func(i Item) bool { return i.Group == User }); i >= 0 {
		first = missing[i]
	}
	more := "deemster doctor tells more"
	if n := len(missing); n > 1 {
		more = fmt.Sprintf("deemster doctor tells all %d that are missing", n)
	}
	return deemster.Errorf(deemster.Unavailable, "this machine is not fit for strangers' programs: %s: %s; to do: %s (%s)",
		first.Name, first.Found, first.Advice, more)
}

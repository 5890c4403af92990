package pack

import (
	"bufio"
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
)

// Timing says how a time limit follows from what submissions take.
type Timing struct {
	// ToLimit is how often the slowest accepted submission has to fit into the limit.
	ToLimit float64
	// ToTLE is how often the limit has to fit into the fastest submission that is too slow.
	ToTLE float64
	// Resolution is what a limit that is worked out is a multiple of.
	Resolution time.Duration
}

var (
	legacyTiming  = Timing{ToLimit: 5, ToTLE: 2, Resolution: time.Second}
	defaultTiming = Timing{ToLimit: 2, ToTLE: 1.5, Resolution: time.Second}
)

// Limit works out a time limit from the CPU time of the slowest accepted submission.
func (t Timing) Limit(slowest time.Duration) time.Duration {
	least := time.Duration(float64(slowest) * t.ToLimit)
	steps := int64(math.Ceil(float64(least) / float64(t.Resolution)))
	return time.Duration(max(1, steps)) * t.Resolution
}

// readTimeLimit looks for a time limit where packages without one in problem.yaml have
// it: in .timelimit, a number, or in DOMjudge's domjudge-problem.ini, which may also have
// the problem's name.
func (p *Package) readTimeLimit(t *tree, s *settings) error {
	for _, name := range []string{".timelimit", "domjudge-problem.ini"} {
		f, ok := t.files[name]
		if !ok {
			continue
		}
		content, ok, err := p.content(f, MaxSettings)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		value := strings.TrimSpace(string(content))
		if name != ".timelimit" {
			ini := iniValues(content)
			value = ini["timelimit"]
			if title := ini["name"]; len(s.names) == 0 && title != "" && len(title) <= maxText {
				s.names[""] = printable(title)
			}
		}
		if value == "" || p.Limits.CPU > 0 {
			continue
		}
		limit, err := strconv.ParseFloat(value, 64)
		if err != nil || !(limit >= minTimeLimit && limit <= maxTimeLimit) {
			p.errorf(name, "the time limit is %.40q and must be from %v to %v seconds", value, minTimeLimit, maxTimeLimit)
			return nil
		}
		p.Limits.CPU = seconds(limit)
	}
	if p.Limits.CPU == 0 {
		p.warnf(settingsFile+": limits.time_limit", "is not set; the limit is %v where submissions are not run to work it out", deemster.DefaultLimits.CPU)
	}
	return nil
}

// iniValues reads a file of lines "key = value". Quotes around a value are left out.
func iniValues(content []byte) map[string]string {
	values := make(map[string]string)
	for lines := bufio.NewScanner(bytes.NewReader(content)); lines.Scan(); {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if ok {
			values[strings.TrimSpace(name)] = strings.Trim(strings.TrimSpace(value), `'"`)
		}
	}
	return values
}

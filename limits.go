package deemster

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Bytes is a size in bytes.
type Bytes int64

// Binary multiples of a byte.
const (
	KiB Bytes = 1 << 10
	MiB Bytes = 1 << 20
	GiB Bytes = 1 << 30
)

// String writes the size with the largest unit that leaves no fraction: "64 KiB".
func (b Bytes) String() string {
	switch {
	case b >= GiB && b%GiB == 0:
		return fmt.Sprintf("%d GiB", b/GiB)
	case b >= MiB && b%MiB == 0:
		return fmt.Sprintf("%d MiB", b/MiB)
	case b >= KiB && b%KiB == 0:
		return fmt.Sprintf("%d KiB", b/KiB)
	}
	return fmt.Sprintf("%d bytes", int64(b))
}

// ParseBytes reads a size as people write it: "512MiB", "2 GiB", or a plain number of bytes.
func ParseBytes(s string) (Bytes, error) {
	number, unit := strings.TrimSpace(s), Bytes(1)
	for suffix, factor := range map[string]Bytes{"KiB": KiB, "MiB": MiB, "GiB": GiB} {
		if rest, ok := strings.CutSuffix(number, suffix); ok {
			number, unit = strings.TrimSpace(rest), factor
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > int64(1<<60/unit) {
		return 0, fmt.Errorf("%q is not a size: want a number of bytes, or one with KiB, MiB or GiB", s)
	}
	return Bytes(n) * unit, nil
}

// Size is a number of bytes in files and flags, which write it as [ParseBytes] reads it.
// Bytes itself is a number, in JSON too.
type Size Bytes

// UnmarshalText reads what ParseBytes does.
func (s *Size) UnmarshalText(text []byte) error {
	n, err := ParseBytes(string(text))
	*s = Size(n)
	return err
}

// Limits bound one run of a program. The zero value of a field means "not set"; see
// [Limits.Or].
type Limits struct {
	// CPU is the processor time of all threads and children together.
	CPU time.Duration `json:"cpu_ns,omitempty"`
	// Wall is the time on the clock. A program idle past it gets TLE.
	Wall time.Duration `json:"wall_ns,omitempty"`
	// Memory is the kernel's count of everything the run holds: pages, stacks,
	// temporary files, shared memory, kernel objects.
	Memory Bytes `json:"memory_bytes,omitempty"`
	// Output is how much standard output may carry; one byte more is OLE.
	Output Bytes `json:"output_bytes,omitempty"`
	// Processes counts processes and threads alive at one time.
	Processes int `json:"processes,omitempty"`
}

// DefaultLimits hold for a problem that does not say otherwise.
var DefaultLimits = Limits{
	CPU:       2 * time.Second,
	Wall:      5 * time.Second, // WallFor(CPU)
	Memory:    256 * MiB,
	Output:    64 * MiB,
	Processes: 64,
}

// CompileLimits hold for every compile.
var CompileLimits = Limits{
	CPU:       30 * time.Second,
	Wall:      61 * time.Second, // WallFor(CPU)
	Memory:    GiB,
	Output:    64 * KiB,
	Processes: 256,
}

// ValidatorLimits hold for a problem's own programs that do not say otherwise.
var ValidatorLimits = Limits{
	CPU:       30 * time.Second,
	Wall:      61 * time.Second, // WallFor(CPU)
	Memory:    GiB,
	Output:    64 * MiB,
	Processes: 64,
}

// What a submission and the answers about it may measure. The gateway refuses what is
// larger; the executor cuts what a program makes longer.
const (
	MaxSource       = 64 * KiB // all files of a submission together
	MaxFiles        = 32       // files in one submission
	MaxFileName     = 64       // bytes in a file's name
	MaxCompileLog   = 64 * KiB
	MaxStderr       = 64 * KiB
	MaxFeedback     = 1 * KiB  // what a checker may say of one test
	MaxTests        = 2000     // tests in one problem
	MaxAttempts     = 3        // deliveries of one submission before it is JE
	MaxScratch      = 64 * MiB // files a run may leave in its working directory
	MaxScratchFiles = 1000
)

// WallFor is the wall-time limit that goes with a CPU limit when none is given:
// twice that and a second.
func WallFor(cpu time.Duration) time.Duration { return 2*cpu + time.Second }

// Or fills what l leaves unset from defaults. A CPU limit without a wall limit gets
// the wall limit that goes with it.
func (l Limits) Or(defaults Limits) Limits {
	if l.CPU > 0 && l.Wall == 0 {
		l.Wall = WallFor(l.CPU)
	}
	if l.CPU == 0 {
		l.CPU = defaults.CPU
	}
	if l.Wall == 0 {
		l.Wall = defaults.Wall
	}
	if l.Memory == 0 {
		l.Memory = defaults.Memory
	}
	if l.Output == 0 {
		l.Output = defaults.Output
	}
	if l.Processes == 0 {
		l.Processes = defaults.Processes
	}
	return l
}

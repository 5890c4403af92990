package doctor

import (
	"bufio"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
)

// machine is what is looked at. Its files are read through an fs.FS, so that those of
// other machines can be kept as test data; what no file says is a probe.
type machine struct {
	files fs.FS // of "/", without the leading slash
	probe probe
	data  string // absolute
	image string // as in Config
	slots int
}

// probe is what the kernel answers when asked.
type probe struct {
	arch       string // as uname says
	uid, pid   int
	processors int      // this process may use
	openFiles  uint64   // a process may have
	limited    []string // hard limits that are not infinite: "stack (8192 KiB)"
	landlock   int      // the ABI's version; 0 is none
	calls      []string // system calls that are not there
	timeSynced bool
	// namespaces are the kinds that cannot be made, each with the reason. It takes a while.
	namespaces func() []string
	// writable tells whether this process may write to a file, or in a directory.
	writable func(path string) bool
	// room tells what is free where path is.
	room func(path string) (deemster.Bytes, int64, error)
}

// thisMachine asks the machine that we are on.
func thisMachine(c Config) *machine {
	m := &machine{files: os.DirFS("/"), probe: askKernel(), slots: c.Slots, data: c.Data, image: c.Image}
	if data, err := filepath.Abs(c.Data); err == nil {
		m.data = data
	}
	if real, err := filepath.EvalSymlinks(m.data); err == nil {
		m.data = real
	}
	if m.slots <= 0 {
		m.slots = max(m.probe.processors-1, 1)
	}
	return m
}

// read is what is in a file, trimmed; false when it cannot be read.
func (m *machine) read(file string) (string, bool) {
	data, err := fs.ReadFile(m.files, strings.TrimPrefix(file, "/"))
	return strings.TrimSpace(string(data)), err == nil
}

// number reads a file that holds a number.
func (m *machine) number(file string) (int64, bool) {
	text, ok := m.read(file)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// field reads the value behind a name in a file with one on each line: "MemTotal: 1 kB".
// It is empty when there is none.
func (m *machine) field(file, name string) string {
	text, _ := m.read(file)
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && strings.TrimSuffix(fields[0], ":") == name {
			return fields[1]
		}
	}
	return ""
}

func (m *machine) exists(file string) bool {
	_, err := fs.Stat(m.files, strings.TrimPrefix(file, "/"))
	return err == nil
}

// glob is [fs.Glob] with the leading slash.
func (m *machine) glob(pattern string) []string {
	found, _ := fs.Glob(m.files, strings.TrimPrefix(pattern, "/")) // the patterns are ours
	for i := range found {
		found[i] = "/" + found[i]
	}
	return found
}

// kernel is the kernel's version as two numbers.
func (m *machine) kernel() (major, minor int) {
	release, _ := m.read("/proc/sys/kernel/osrelease")
	parts := strings.SplitN(release, ".", 3)
	if len(parts) < 2 {
		return 0, 0
	}
	major, _ = strconv.Atoi(parts[0])
	digits := strings.IndexFunc(parts[1]+"-", func(r rune) bool { return r < '0' || r > '9' })
	minor, _ = strconv.Atoi(parts[1][:digits])
	return major, minor
}

// since tells whether the kernel is of that version or later.
func (m *machine) since(major, minor int) bool {
	a, b := m.kernel()
	return a > major || a == major && b >= minor
}

// identities are the lines of the user namespace's map that this process is in.
func (m *machine) identities() []string {
	text, _ := m.read("/proc/self/uid_map")
	return strings.Split(text, "\n")
}

// root tells whether this process is the machine's root, and not one of a user
// namespace's.
func (m *machine) root() bool {
	return m.probe.uid == 0 && !m.inUserNamespace()
}

func (m *machine) inUserNamespace() bool {
	fields := strings.Fields(m.identities()[0])
	return len(fields) == 3 && strings.Join(fields, " ") != "0 0 4294967295" // the machine's own maps all to itself
}

// standing is path, or the nearest of the directories above it that exists.
func (m *machine) standing(p string) string {
	for ; p != "/" && !m.exists(p); p = path.Dir(p) {
	}
	return p
}

// sysctl is how to set a kernel setting.
func sysctl(key, value string) string {
	return "sysctl -w " + key + "=" + value + ", and in /etc/sysctl.d/50-deemster.conf to keep it"
}

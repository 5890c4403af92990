package seccomp_test

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/seccomp"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

//go:embed testdata/probe.c
var probe []byte

// names are the kernel's names of the numbers, from the headers of Linux 6.18.
//
//go:embed testdata/names.txt
var names string

// abi is one of the tables that a number can be looked up in.
type abi struct {
	name string
	arch uint32
	bit  uint32 // set in the number
	last int    // the last number that is tried
}

var abis = []abi{
	{"x86-64", unix.AUDIT_ARCH_X86_64, 0, 500},
	{"x32", unix.AUDIT_ARCH_X86_64, 0x40000000, 550},
	{"i386", unix.AUDIT_ARCH_I386, 0, 500},
}

// call is a system call that does no harm: what is not said of its arguments is -1.
type call struct {
	abi    abi
	number int
	name   string
	args   [6]int64
}

var noArguments = [6]int64{-1, -1, -1, -1, -1, -1}

// byArgument are the calls that are answered by an argument, with values on both sides of
// each decision.
var byArgument = []struct {
	number, argument int
	values           []value
}{
	{unix.SYS_CLONE, 0, []value{
		{"SIGCHLD", int64(unix.SIGCHLD)}, {"CLONE_PIDFD", unix.CLONE_PIDFD}, {"CLONE_NEWNS", unix.CLONE_NEWNS},
		{"CLONE_NEWCGROUP", unix.CLONE_NEWCGROUP}, {"CLONE_NEWUTS", unix.CLONE_NEWUTS}, {"CLONE_NEWIPC", unix.CLONE_NEWIPC},
		{"CLONE_NEWUSER", unix.CLONE_NEWUSER}, {"CLONE_NEWPID", unix.CLONE_NEWPID}, {"CLONE_NEWNET", unix.CLONE_NEWNET},
	}},
	{unix.SYS_SOCKET, 0, families}, {unix.SYS_SOCKETPAIR, 0, families},
	{unix.SYS_SETSOCKOPT, 2, []value{
		{"SO_SNDBUF", unix.SO_SNDBUF}, {"SO_PASSCRED", unix.SO_PASSCRED}, {"SO_SNDTIMEO", unix.SO_SNDTIMEO}, {"SO_BINDTODEVICE", unix.SO_BINDTODEVICE},
		{"SO_ATTACH_FILTER", unix.SO_ATTACH_FILTER}, {"SO_ATTACH_BPF", unix.SO_ATTACH_BPF}, {"SO_PASSPIDFD", unix.SO_PASSPIDFD},
	}},
	{unix.SYS_GETSOCKOPT, 2, []value{
		{"SO_ERROR", unix.SO_ERROR}, {"SO_PEERCRED", unix.SO_PEERCRED}, {"SO_DOMAIN", unix.SO_DOMAIN},
		{"SO_COOKIE", unix.SO_COOKIE}, {"SO_NETNS_COOKIE", unix.SO_NETNS_COOKIE}, {"SO_PEERPIDFD", unix.SO_PEERPIDFD},
	}},
	{unix.SYS_IOCTL, 1, []value{
		{"TCGETS", unix.TCGETS}, {"TIOCSTI", unix.TIOCSTI}, {"TIOCGWINSZ", unix.TIOCGWINSZ}, {"FIONREAD", unix.TIOCINQ}, {"TIOCLINUX", 0x541c},
		{"FIONBIO", 0x5421}, {"FIONCLEX", 0x5450}, {"FIOCLEX", 0x5451}, {"FIOASYNC", 0x5452}, {"FS_IOC_GETFLAGS", unix.FS_IOC_GETFLAGS},
		{"FICLONE", unix.FICLONE},
	}},
	{unix.SYS_FCNTL, 1, []value{
		{"F_DUPFD", unix.F_DUPFD}, {"F_SETFD", unix.F_SETFD}, {"F_SETFL", unix.F_SETFL}, {"F_GETLK", unix.F_GETLK}, {"F_SETLK", unix.F_SETLK},
		{"F_SETLKW", unix.F_SETLKW}, {"F_SETOWN", unix.F_SETOWN}, {"F_SETSIG", unix.F_SETSIG}, {"F_OFD_GETLK", unix.F_OFD_GETLK},
		{"F_OFD_SETLK", unix.F_OFD_SETLK}, {"F_OFD_SETLKW", unix.F_OFD_SETLKW}, {"F_SETLEASE", unix.F_SETLEASE}, {"F_GETLEASE", unix.F_GETLEASE},
		{"F_NOTIFY", unix.F_NOTIFY}, {"F_DUPFD_CLOEXEC", unix.F_DUPFD_CLOEXEC}, {"F_SETPIPE_SZ", unix.F_SETPIPE_SZ}, {"F_GETPIPE_SZ", unix.F_GETPIPE_SZ},
		{"F_ADD_SEALS", unix.F_ADD_SEALS}, {"F_GET_SEALS", unix.F_GET_SEALS}, {"F_SET_RW_HINT", unix.F_SET_RW_HINT},
	}},
	{unix.SYS_MADVISE, 2, []value{
		{"MADV_NORMAL", unix.MADV_NORMAL}, {"MADV_DONTNEED", unix.MADV_DONTNEED}, {"MADV_FREE", unix.MADV_FREE}, {"MADV_MERGEABLE", unix.MADV_MERGEABLE},
		{"MADV_HUGEPAGE", unix.MADV_HUGEPAGE}, {"MADV_COLD", unix.MADV_COLD}, {"MADV_PAGEOUT", unix.MADV_PAGEOUT},
		{"MADV_POPULATE_WRITE", unix.MADV_POPULATE_WRITE}, {"MADV_COLLAPSE", unix.MADV_COLLAPSE}, {"MADV_HWPOISON", unix.MADV_HWPOISON},
	}},
	{unix.SYS_PRCTL, 0, []value{
		{"PR_SET_NAME", unix.PR_SET_NAME}, {"PR_SET_DUMPABLE", unix.PR_SET_DUMPABLE}, {"PR_SET_SECCOMP", unix.PR_SET_SECCOMP},
		{"PR_CAPBSET_DROP", unix.PR_CAPBSET_DROP}, {"PR_SET_SECUREBITS", unix.PR_SET_SECUREBITS}, {"PR_SET_MM", unix.PR_SET_MM},
		{"PR_SET_NO_NEW_PRIVS", unix.PR_SET_NO_NEW_PRIVS}, {"PR_SET_SPECULATION_CTRL", unix.PR_SET_SPECULATION_CTRL},
		{"PR_SCHED_CORE", unix.PR_SCHED_CORE}, {"PR_SET_MEMORY_MERGE", unix.PR_SET_MEMORY_MERGE}, {"PR_SET_PTRACER", unix.PR_SET_PTRACER},
	}},
}

type value struct {
	name  string
	value int64
}

var families = []value{
	{"AF_UNIX", unix.AF_UNIX}, {"AF_INET", unix.AF_INET}, {"AF_INET6", unix.AF_INET6}, {"AF_NETLINK", unix.AF_NETLINK},
	{"AF_PACKET", unix.AF_PACKET}, {"AF_KEY", unix.AF_KEY}, {"AF_ALG", unix.AF_ALG}, {"AF_VSOCK", unix.AF_VSOCK}, {"AF_XDP", unix.AF_XDP},
}

// TestGolden holds what each profile answers to every system call against a file, and the
// kernel, in a real box, against the filter.
func TestGolden(t *testing.T) {
	e := engine(t)
	b := box(t, e)
	buildProbe(t, b)
	calls := allCalls()
	t.Run("compile", func(t *testing.T) { golden(t, b, seccomp.Compile(), calls) })
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	t.Run("run", func(t *testing.T) { golden(t, b, seccomp.Run(), calls) })
}

func golden(t *testing.T, b sandbox.Box, filter []unix.SockFilter, calls []call) {
	vm := simulate(t, filter)
	answers := make([]uint32, len(calls))
	for i, c := range calls {
		answers[i] = vm.answer(t, c)
	}
	text := describe(calls, answers)
	file := filepath.Join("testdata", strings.TrimPrefix(t.Name(), "TestGolden/")+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("not as in %s; with -update it is written anew\n%s", file, diff)
	}
	for i, got := range try(t, b, calls) {
		if !agrees(answers[i], got) && !calls[i].unfiltered() {
			t.Errorf("%s %s%v: the filter says %s, and the call %q", calls[i].abi.name, calls[i].name, calls[i].args, word(answers[i]), got)
		}
	}
}

// allCalls are those by number, of every ABI, and then those by argument.
func allCalls() []call {
	known := map[int]string{}
	for line := range strings.Lines(names) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.Atoi(number)
		known[n] = name
	}
	var calls []call
	for _, a := range abis {
		for n := range a.last + 1 {
			c := call{abi: a, number: n, args: noArguments}
			if a.name == "x86-64" {
				c.name = known[n]
			}
			calls = append(calls, c)
		}
	}
	for _, d := range byArgument {
		for _, v := range d.values {
			c := call{abi: abis[0], number: d.number, name: known[d.number] + " " + v.name, args: noArguments}
			c.args[d.argument] = v.value
			calls = append(calls, c)
		}
	}
	return calls
}

// describe lists the answers; neighbours without a name that are answered alike share a line.
func describe(calls []call, answers []uint32) string {
	var text strings.Builder
	for i := 0; i < len(calls); i++ {
		c, first := calls[i], calls[i].number
		for c.name == "" && i+1 < len(calls) && calls[i+1].name == "" && calls[i+1].abi == c.abi && answers[i+1] == answers[i] {
			i++
		}
		number := strconv.Itoa(first)
		if last := calls[i].number; last != first {
			number = fmt.Sprintf("%d-%d", first, last)
		}
		fmt.Fprintln(&text, strings.Join(slices.DeleteFunc([]string{c.abi.name, number, c.name, word(answers[i])},
			func(s string) bool { return s == "" }), " "))
	}
	return text.String()
}

func word(answer uint32) string {
	switch answer &^ unix.SECCOMP_RET_DATA {
	case unix.SECCOMP_RET_ALLOW:
		return "allowed"
	case unix.SECCOMP_RET_KILL_PROCESS:
		return "killed"
	}
	if errno := unix.Errno(answer & unix.SECCOMP_RET_DATA); errno != 0 {
		return unix.ErrnoName(errno)
	}
	return "pretended"
}

// unfiltered tells of the two calls that newer kernels put into a program themselves, when
// somebody probes it, and so show to no filter. Made by anybody else they do nothing.
func (c *call) unfiltered() bool {
	const uprobe = 336
	return c.abi.name == "x86-64" && (c.number == unix.SYS_URETPROBE || c.number == uprobe)
}

// agrees says whether what happened is what the filter answers. What the kernel makes of
// an allowed call is its own affair.
func agrees(answer uint32, got string) bool {
	switch answer &^ unix.SECCOMP_RET_DATA {
	case unix.SECCOMP_RET_ALLOW:
		return got != "killed"
	case unix.SECCOMP_RET_KILL_PROCESS:
		return got == "killed"
	}
	return got == strconv.Itoa(-int(answer&unix.SECCOMP_RET_DATA))
}

// machine runs a filter as the kernel does.
type machine struct{ *bpf.VM }

func simulate(t *testing.T, filter []unix.SockFilter) machine {
	t.Helper()
	var raw []bpf.RawInstruction
	for _, i := range filter {
		raw = append(raw, bpf.RawInstruction{Op: i.Code, Jt: i.Jt, Jf: i.Jf, K: i.K})
	}
	program, ok := bpf.Disassemble(raw)
	if !ok {
		t.Fatal("the filter has instructions that are none")
	}
	vm, err := bpf.NewVM(program)
	if err != nil {
		t.Fatal(err)
	}
	return machine{vm}
}

// answer gives the filter's answer to a call. The words of struct seccomp_data are written
// with their high byte first, because this machine reads packets.
func (m machine) answer(t *testing.T, c call) uint32 {
	t.Helper()
	data := binary.BigEndian.AppendUint32(nil, uint32(c.number)|c.abi.bit)
	data = binary.BigEndian.AppendUint32(data, c.abi.arch)
	data = append(data, make([]byte, 8)...) // where the call was made
	for _, a := range c.args {
		data = binary.BigEndian.AppendUint32(data, uint32(a))
		data = binary.BigEndian.AppendUint32(data, uint32(a>>32))
	}
	answer, err := m.Run(data)
	if err != nil {
		t.Fatal(err)
	}
	return uint32(answer)
}

// buildProbe puts testdata/probe.c into a box, compiled there or, on a machine without a
// compiler, before.
func buildProbe(t *testing.T, b sandbox.Box) {
	t.Helper()
	if dir := os.Getenv(boxtest.Prebuilt); dir != "" {
		program, err := os.ReadFile(filepath.Join(dir, "probe"))
		if err == nil {
			err = b.WriteFile("probe", program)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := b.WriteFile("probe.c", probe); err != nil {
		t.Fatal(err)
	}
	succeeds(t, b, []string{"/usr/bin/gcc", "-O1", "-o", "probe", "probe.c"}, "")
}

// try makes the calls in a box.
func try(t *testing.T, b sandbox.Box, calls []call) []string {
	t.Helper()
	input, err := os.CreateTemp(t.TempDir(), "calls")
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	for _, c := range calls {
		fmt.Fprintln(input, c.abi.name, c.number, strings.Trim(fmt.Sprint(c.args), "[]"))
	}
	if _, err := input.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	o := boxtest.Run(t, b, sandbox.Command{Args: []string{"/code/probe"}, Stdin: input, Stdout: &out, KeepStderr: 4096, Limits: limits})
	results := strings.Fields(out.String())
	if boxtest.Ending(o) != "exit 0" || len(results) != len(calls) {
		t.Fatalf("%d calls, %d answers: %s\n%s", len(calls), len(results), boxtest.Ending(o), o.Stderr)
	}
	return results
}

// TestArgumentsCount holds that no argument counts but those of byArgument.
func TestArgumentsCount(t *testing.T) {
	ruled := map[int]bool{}
	for _, d := range byArgument {
		ruled[d.number] = true
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, filter := range [][]unix.SockFilter{seccomp.Compile(), seccomp.Run()} {
		vm := simulate(t, filter)
		for _, c := range allCalls() {
			if ruled[c.number] && c.abi.name == "x86-64" {
				continue
			}
			want := vm.answer(t, c)
			for range 20 {
				for i := range c.args {
					c.args[i] = int64(random.Uint64()) >> random.IntN(64)
				}
				if got := vm.answer(t, c); got != want {
					t.Fatalf("%s %d%v: %s, and %s with other arguments", c.abi.name, c.number, c.args, word(got), word(want))
				}
			}
		}
	}
}

// TestHighHalves holds that what the kernel cuts off an argument does not change the answer.
func TestHighHalves(t *testing.T) {
	for _, filter := range [][]unix.SockFilter{seccomp.Compile(), seccomp.Run()} {
		vm := simulate(t, filter)
		for _, c := range allCalls() {
			want := vm.answer(t, c)
			for i := range c.args {
				c.args[i] ^= 1 << 40
			}
			if got := vm.answer(t, c); got != want {
				t.Errorf("%s: %s, and %s with high bits", c.name, word(want), word(got))
			}
		}
	}
}

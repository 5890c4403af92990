package seccomp_test

import (
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/seccomp"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// BenchmarkInstall is what a profile costs whom it is installed for: a process is forked,
// gives up new privileges, installs it and fails to become a program that is not there.
// None is the same without a filter.
func BenchmarkInstall(b *testing.B) {
	for _, profile := range []struct {
		name   string
		filter []unix.SockFilter
	}{{"none", nil}, {"compile", seccomp.Compile()}, {"run", seccomp.Run()}} {
		b.Run(profile.name, func(b *testing.B) {
			null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
			if err != nil {
				b.Fatal(err)
			}
			defer null.Close()
			fd := int(null.Fd())
			child := spawn.Child{
				Path: "/none", File: -1, Args: []string{"none"}, Files: []int{fd, fd, fd},
				PidNamespace: -1, UserNamespace: -1, KeepID: true, Landlock: -1, Cgroup: -1, Filter: profile.filter,
			}
			for b.Loop() {
				var failed *spawn.Error
				if _, err := child.Start(0); !errors.As(err, &failed) || failed.Step != spawn.StepExec {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(profile.filter)), "instructions")
		})
	}
}

package attack

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Prebuild copies the programs in dir to out and compiles those in C beside them, linked
// statically and outside any box: for a machine that has no compiler. A built program has
// its source's name without the extension. Attacks on the compiler are not built.
func Prebuild(dir, out string) error {
	programs, err := Load(dir)
	if err != nil {
		return err
	}
	if err := os.CopyFS(out, os.DirFS(dir)); err != nil {
		return fmt.Errorf("attack: %w", err)
	}
	for _, p := range programs {
		if p.Extension() != "c" || p.AtCompileTime() {
			continue
		}
		sources := []string{filepath.Join(dir, p.Name)}
		if inside, _ := filepath.Glob(filepath.Join(dir, p.Name, "*.c")); len(inside) > 0 {
			sources = inside
		}
		if err := compile(filepath.Join(out, p.binary()), sources); err != nil {
			return err
		}
	}
	return nil
}

func (p Program) binary() string { return strings.TrimSuffix(p.Name, ".c") }

func compile(out string, sources []string) error {
	arguments := append([]string{"-O0", "-w", "-pthread", "-static", "-s", "-o", out, "-x", "c"}, sources...)
	log, err := exec.Command("/usr/bin/gcc", arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("attack: compile %s: %w\n%s", filepath.Base(out), err, log)
	}
	return nil
}

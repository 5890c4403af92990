package attack

import (
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// control is an honest program, which is judged beside the attacks.
//
//go:embed testdata/control.c
var control string

// controlName is that of the control when it is built.
const controlName = "control"

// buildControl compiles the control into dir.
func buildControl(dir string) error {
	source := filepath.Join(dir, controlName+".c")
	if err := os.WriteFile(source, []byte(control), 0o600); err != nil {
		return fmt.Errorf("attack: %w", err)
	}
	if err := compile(filepath.Join(dir, controlName), []string{source}); err != nil {
		return err
	}
	return os.Remove(source)
}

// Prebuild copies the programs in dir to out and compiles those in C beside them, linked
// statically and outside any box, and the control: for a machine that has no compiler. A
// built program has its source's name without the extension. Attacks on the compiler are
// not built.
func Prebuild(dir, out string) error {
	programs, err := Load(dir)
	if err != nil {
		return err
	}
	if err := os.CopyFS(out, os.DirFS(dir)); err != nil {
		return fmt.Errorf("attack: %w", err)
	}
	if err := buildControl(out); err != nil {
		return err
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

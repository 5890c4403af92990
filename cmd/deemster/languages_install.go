package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
)

// npmPrefix is below what boxes see of this machine.
const npmPrefix = "/usr/local"

// installLanguagesCommand is `deemster languages install`.
type installLanguagesCommand struct {
	IDs []string `arg:"" optional:"" name:"id" help:"Languages to install, by their ids."`
	All bool     `help:"Install all languages."`
	Yes bool     `short:"y" help:"Do not ask."`
}

// Help is shown below the flags.
func (installLanguagesCommand) Help() string {
	return `Languages come from Debian's packages, and TypeScript from npm. They are installed on this machine, where boxes see them; a service that runs finds them when it is started again.

    deemster languages install kotlin ruby
    deemster languages install --all --yes`
}

// Run installs what is missing of the languages.
func (c *installLanguagesCommand) Run() error {
	all, err := lang.Load(nil)
	if err != nil {
		return err
	}
	wanted, err := c.choose(all)
	if err != nil {
		return err
	}
	var there, missing []string
	var debian, npm []string
	for _, l := range wanted {
		if !l.Lacking() {
			there = append(there, l.Name)
			continue
		}
		missing = append(missing, l.Name)
		debian = append(debian, strings.Fields(l.Package)...)
		npm = append(npm, strings.Fields(l.Npm)...)
	}
	if len(there) > 0 {
		fmt.Println(strings.Join(there, ", ") + ": installed already")
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(debian)
	steps := installSteps(slices.Compact(debian), npm)
	fmt.Println(strings.Join(missing, ", ") + " will be installed with")
	for _, step := range steps {
		fmt.Println("    " + strings.Join(step, " "))
	}
	if os.Geteuid() != 0 {
		return deemster.Errorf(deemster.Forbidden, "installing takes root: run this command with sudo")
	}
	if !c.Yes {
		if !isTerminal(os.Stdin) {
			return deemster.Errorf(deemster.Invalid, "nobody is there to be asked: say --yes to install")
		}
		if yes, err := confirmed(os.Stdin); err != nil || !yes {
			return errors.Join(err, errNo)
		}
	}
	ctx, stop := interruptible()
	defer stop()
	for _, step := range steps {
		if err := runStep(ctx, step); err != nil {
			return err
		}
	}
	for _, l := range wanted {
		if l.Lacking() {
			return fmt.Errorf("%s: not everything of it came with its packages (%s)", l.Name, l.Package)
		}
	}
	fmt.Println("Installed. \"deemster doctor\" tries every language in a box; a service finds new ones when it is started again.")
	return nil
}

// choose gives the languages that are asked for.
func (c *installLanguagesCommand) choose(all []lang.Language) ([]lang.Language, error) {
	if c.All {
		return all, nil
	}
	if len(c.IDs) == 0 {
		return nil, deemster.Errorf(deemster.Invalid, "name languages, or say --all; \"deemster languages\" lists them")
	}
	var chosen []lang.Language
	for _, id := range c.IDs {
		l, ok := lang.ByID(all, id)
		if !ok {
			return nil, deemster.Errorf(deemster.Invalid, "there is no language %q; do you mean %s?", id, strings.Join(lang.Nearest(all, id), ", "))
		}
		chosen = append(chosen, l)
	}
	return chosen, nil
}

// installSteps are the commands that install packages.
func installSteps(debian, npm []string) [][]string {
	steps := [][]string{
		{"apt-get", "update"},
		append([]string{"apt-get", "install", "--yes", "--no-install-recommends"}, debian...),
	}
	if len(npm) > 0 {
		steps = append(steps, append([]string{"npm", "install", "--global", "--prefix", npmPrefix, "--no-audit", "--no-fund"}, npm...))
	}
	return steps
}

// confirmed asks whether to go on.
func confirmed(answers io.Reader) (bool, error) {
	fmt.Print("Go on? [y/N] ")
	answer, err := bufio.NewReader(answers).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes", nil
}

// runStep runs a command that says itself how far it is.
func runStep(ctx context.Context, step []string) error {
	path, err := exec.LookPath(step[0])
	if err != nil {
		return fmt.Errorf("this machine has no %s: install the packages above with its own package manager", step[0])
	}
	command := exec.CommandContext(ctx, path, step[1:]...)
	command.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	// What is asked to stop puts its database in order first.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(step, " "), err)
	}
	return nil
}

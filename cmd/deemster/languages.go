package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// languageFlags choose what is known of languages.
type languageFlags struct {
	Allowances string `env:"DEEMSTER_ALLOWANCES" placeholder:"FILE" type:"existingfile" help:"YAML that changes what languages are allowed beyond a problem's limits."`
}

// load reads the languages with the allowances chosen.
func (f languageFlags) load() ([]lang.Language, error) { return lang.LoadFile(f.Allowances) }

// languagesCommand is `deemster languages`.
type languagesCommand struct {
	List    listLanguagesCommand    `cmd:"" default:"withargs" help:"List the languages, what they are allowed, and what this machine lacks for them. This is what \"deemster languages\" does by itself."`
	Install installLanguagesCommand `cmd:"" help:"Install languages on this machine, with apt-get and npm."`
}

// listLanguagesCommand is `deemster languages list`.
type listLanguagesCommand struct {
	languageFlags
	boxFlags
	JSON bool `name:"json" help:"Print JSON."`
}

// Help is shown below the flags.
func (languagesCommand) Help() string {
	return `Languages are allowed more time and memory than a problem says where their runtimes need it. To allow them other amounts, write a file like

    java:
      time_factor: 3
      time_extra: 1s
      memory_extra: 256 MiB

and name it with --allowances or DEEMSTER_ALLOWANCES.

    deemster languages
    deemster languages install kotlin ruby`
}

// Run lists the languages.
func (c *listLanguagesCommand) Run() error {
	if err := engine.Prepare(c.Box); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	languages, err := c.load()
	if err != nil {
		return err
	}
	boxes, err := engine.Open(ctx, c.Box, engine.Config{
		Slots: 1, Pool: 1, Image: c.Image, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	_, infos, err := lang.Find(ctx, boxes, languages)
	if err = errors.Join(err, boxes.Close()); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(deemster.Page[deemster.LanguageInfo]{Items: infos})
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tNAME\tFILES\tTIME\tMEMORY\tVERSION")
	for _, info := range infos {
		said := info.Version
		if !info.Available {
			said = "missing: " + info.Missing
		}
		fmt.Fprintf(table, "%s\t%s\t.%s\t%s\t%s\t%s\n", info.ID, info.Name, strings.Join(info.Extensions, " ."),
			timeAllowance(info), memoryAllowance(info), visible(said))
	}
	return table.Flush()
}

func timeAllowance(info deemster.LanguageInfo) string {
	s := fmt.Sprintf("×%g", info.TimeFactor)
	if info.TimeExtraMS > 0 {
		s += fmt.Sprintf(" +%d ms", info.TimeExtraMS)
	}
	return s
}

func memoryAllowance(info deemster.LanguageInfo) string {
	if info.MemoryExtra == 0 {
		return "–"
	}
	return "+" + info.MemoryExtra.String()
}

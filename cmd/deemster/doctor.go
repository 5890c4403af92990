package main

import (
	"context"
	"encoding/json"
	"os"
	"sync"

	"github.com/deemster-oj/deemster/internal/doctor"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// doctorCommand is `deemster doctor`.
type doctorCommand struct {
	languageFlags
	boxFlags
	JSON          bool   `name:"json" help:"Print JSON."`
	Progress      bool   `help:"Tell on standard error what is being done, also when it is no terminal."`
	Data          string `default:"./data" env:"DEEMSTER_DATA" placeholder:"DIR" help:"The data directory that will be served from (${default})."`
	Slots         int    `env:"DEEMSTER_SLOTS" placeholder:"N" help:"Submissions that will be judged at a time (the cores but one)."`
	LanguageCache string `env:"DEEMSTER_LANGUAGE_CACHE" placeholder:"DIR" help:"Where prepared languages are kept (root: /var/cache/deemster/languages; others: their cache directory)."`
}

// Help is shown below the flags.
func (doctorCommand) Help() string {
	return `Says item by item what this machine lacks for safe and exact judging, and what to do about it. It makes a box, tries what the box holds, and judges a small program in every language:

    deemster doctor
    deemster doctor --data /var/lib/deemster --slots 4
    deemster doctor --box oci:runsc
    deemster doctor --json | jq -r '.items[] | select(.state == "missing") | .name + ": " + .advice'

"missing" is what nothing is served without; "advice" is safe as it is, and better otherwise. The exit status is 0 when nothing essential is missing, 1 when something is, 2 when that could not be found out.`
}

// Run examines this machine.
func (c *doctorCommand) Run() error {
	_ = engine.Prepare(c.Box) // what keeps an ordinary user from it is among what is told
	ctx, stop := interruptible()
	defer stop()
	all, err := c.load()
	if err != nil {
		return err
	}
	var opened *bench
	defer func() {
		if opened != nil {
			_ = opened.close()
		}
	}()
	progress := newProgress(c.Progress)
	var told sync.Mutex
	report, err := doctor.Examine(ctx, doctor.Config{
		Data: c.Data, Image: c.Image, Slots: c.Slots,
		Boxes: func(ctx context.Context) (doctor.Bench, error) {
			var err error
			opened, err = judgingFlags{Jobs: c.Slots, LanguageCache: c.LanguageCache, boxFlags: c.boxFlags}.openBench(ctx, all)
			if err != nil {
				return doctor.Bench{}, err
			}
			return doctor.Bench{Engine: opened.engine, Languages: all, Ready: opened.languages, Infos: opened.infos}, nil
		},
		Progress: func(what string) {
			told.Lock()
			defer told.Unlock()
			progress.show("%s", what)
		},
	})
	progress.clear()
	if err != nil {
		return err
	}
	for i, item := range report.Items { // paths and what toolchains say of themselves
		report.Items[i].Found, report.Items[i].Advice = visible(item.Found), visible(item.Advice)
	}
	if c.JSON {
		err = json.NewEncoder(os.Stdout).Encode(report)
	} else {
		err = report.Print(os.Stdout, isTerminal(os.Stdout))
	}
	if err == nil && !report.OK {
		return errNo
	}
	return err
}

package main

import (
	"log/slog"
	"os"
	"slices"

	"github.com/deemster-oj/deemster/internal/app"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// serveCommand is `deemster serve [role…]`.
type serveCommand struct {
	app.Settings

	LogLevel slog.Level `default:"info" env:"DEEMSTER_LOG_LEVEL" placeholder:"LEVEL" help:"What is logged to standard error: debug, info, warn or error (${default})."`
	Roles    []string   `arg:"" optional:"" name:"role" help:"Which roles this process serves: gateway, catalog, submission, executor. All when none is named."`
}

// Help is shown below the flags.
func (serveCommand) Help() string {
	return `Without anything else it is a whole judge on this machine, at http://127.0.0.1:8080, and keeps everything in ./data:

    deemster serve

On many machines, each process serves some of the roles. They meet on a NATS server and share a database and a blob store:

    export DEEMSTER_BUS=nats://bus:4222 DEEMSTER_DB='mysql:judge:secret@tcp(db:3306)/deemster'
    deemster serve gateway --addr 0.0.0.0:8080
    deemster serve catalog submission
    deemster serve executor --slots 8

The password of the first start's administrator is DEEMSTER_ADMIN_PASSWORD, or is made up and printed once.
SIGTERM stops it: no new request is taken, what is being judged may end or is handed back, and nothing accepted is lost.`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run() error {
	if len(c.Roles) == 0 || slices.Contains(c.Roles, app.Executor) {
		if err := engine.Prepare(c.Box); err != nil {
			return err
		}
	}
	ctx, restore := interruptible()
	defer restore()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	return app.Run(ctx, c.Settings, c.Roles, os.Stdout, log)
}

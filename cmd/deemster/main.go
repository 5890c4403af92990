// Command deemster is an online judge: the service, and the tools around it.
//
// Each command is a struct with its flags and a Run method, in the file of its name.
// Commands that judge end with status 0 when all is well, 1 when a program or a package
// is not, and 2 when deemster itself could not do what it was asked to.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are what the command line offers.
type commands struct {
	Serve     serveCommand     `cmd:"" help:"Run the service: all of it, or some of its roles."`
	Judge     judgeCommand     `cmd:"" help:"Judge one solution against a problem package, without a server."`
	Verify    verifyCommand    `cmd:"" help:"Check problem packages, and that every submission in them gets the verdict its folder expects."`
	Doctor    doctorCommand    `cmd:"" help:"Say what this machine lacks for safe and exact judging, and how to get it."`
	Languages languagesCommand `cmd:"" help:"List the languages, and what this machine lacks for them."`
	Version   versionCommand   `cmd:"" help:"Say which version this is."`
}

const (
	exitNo     = 1 // the program or the package is not right
	exitFailed = 2 // deemster failed, or was asked something that cannot be
)

// errNo ends a command that has said all there is to say: the answer is no.
var errNo = errors.New("no")

func main() { os.Exit(run(os.Args[1:])) }

// run runs a command line and returns the exit status.
func run(args []string) int {
	var c commands
	ended := -1 // what --help ends with
	parser, err := kong.New(&c,
		kong.Name("deemster"),
		kong.Description("An online judge: it runs programs of strangers safely and says what they are worth."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(func(status int) { ended = status }),
	)
	if err != nil {
		return failed(err)
	}
	ctx, err := parser.Parse(args)
	if ended >= 0 {
		return ended
	}
	if err != nil {
		return failed(fmt.Errorf("%w (see deemster --help)", err))
	}
	err = ctx.Run()
	if errors.Is(err, errNo) {
		return exitNo
	}
	if err != nil {
		return failed(err)
	}
	return 0
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "deemster:", visible(err.Error()))
	return exitFailed
}

// interruptible is a context that ends at the first signal to stop; the second one ends
// the process.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, restore := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, restore)
	return ctx, restore
}

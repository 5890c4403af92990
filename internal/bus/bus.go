// Package bus is how the roles meet: NATS, embedded in the process or a cluster
// elsewhere, behind one client. It is the only package that names a subject.
//
// It carries four kinds of traffic:
//
//   - Requests ([Serve], [Call]): one of the processes that serve an [Endpoint] answers.
//     Kinds of [deemster.Error] survive the way.
//   - The queue ([Bus.Enqueue], [Bus.Queue]): a JetStream work queue, one consumer a lane.
//     A ticket is delivered until it is acknowledged; it is an index of the rows in SQL
//     and may be thrown away.
//   - Reports ([Bus.Report], [Bus.Reports]): a JetStream work queue from executors to the
//     submission role; delivered at least once, so recording one must be idempotent.
//   - Events ([Bus.Publish], [Bus.Events]): to everybody who listens now, at most once.
//
// Large values never travel here: they go into the blob store and their hash travels.
package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// MaxMessage is the largest message the bus takes, in bytes: NATS's own default, so that
// a cluster needs no setting.
const MaxMessage = 1 << 20

// How long a try may take to find the streams after the connection was lost, and how
// long until the next.
const (
	redeclareTimeout = 10 * time.Second
	redeclarePause   = time.Second
)

// Bus is a connection to NATS. It is safe for use by many goroutines.
type Bus struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	server *server.Server // nil when NATS runs elsewhere
	log    *slog.Logger
}

// Open connects to the bus that spec names: "embedded:DIR" starts a NATS server in this
// process, which opens no port and keeps its streams in DIR; "nats://HOST:PORT,…" (or
// "nats:URL") joins servers that run elsewhere.
func Open(ctx context.Context, spec string, log *slog.Logger) (*Bus, error) {
	b := &Bus{log: log}
	options := []nats.Option{
		nats.Name("deemster"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ErrorHandler(func(_ *nats.Conn, s *nats.Subscription, err error) {
			subject := ""
			if s != nil {
				subject = s.Subject
			}
			log.Warn("bus: asynchronous error", "subject", subject, "err", err)
		}),
		nats.ReconnectHandler(func(*nats.Conn) { go b.redeclare() }),
	}
	var address string
	switch {
	case strings.HasPrefix(spec, "embedded:"):
		if err := b.embed(strings.TrimPrefix(spec, "embedded:")); err != nil {
			return nil, err
		}
		options = append(options, nats.InProcessServer(b.server))
	case strings.HasPrefix(spec, "nats:"):
		address = spec
		if rest := strings.TrimPrefix(spec, "nats:"); strings.Contains(rest, "://") {
			address = rest
		}
		if _, err := url.Parse(strings.Split(address, ",")[0]); err != nil {
			return nil, fmt.Errorf("bus: %q is not a NATS address: %w", spec, err)
		}
	default:
		return nil, fmt.Errorf("bus: %q: want embedded:DIR or nats://HOST:PORT", spec)
	}
	var err error
	if b.conn, err = nats.Connect(address, options...); err != nil {
		b.Close()
		return nil, fmt.Errorf("bus: connect to %s: %w", redact(spec), err)
	}
	if b.js, err = jetstream.New(b.conn); err != nil {
		b.Close()
		return nil, fmt.Errorf("bus: %w", err)
	}
	if err := b.declare(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// redeclare makes the streams again if the server has lost them while it was away. Until
// then tickets and reports are refused; they are tried again by those who send them.
func (b *Bus) redeclare() {
	for !b.conn.IsClosed() {
		ctx, cancel := context.WithTimeout(context.Background(), redeclareTimeout)
		err := b.declare(ctx)
		cancel()
		if err == nil {
			return
		}
		b.log.Warn("bus: streams not found again; trying again", "err", err)
		time.Sleep(redeclarePause)
	}
}

// embed starts a NATS server in this process. Streams acknowledge only what is on disk.
func (b *Bus) embed(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	b.server, err = server.NewServer(&server.Options{
		ServerName: "deemster",
		DontListen: true,
		JetStream:  true,
		StoreDir:   dir,
		SyncAlways: true,
		NoSigs:     true,
		NoLog:      true,
		MaxPayload: MaxMessage,
	})
	if err != nil {
		return fmt.Errorf("bus: embedded server: %w", err)
	}
	b.server.Start()
	if !b.server.ReadyForConnections(10 * time.Second) {
		b.server.Shutdown()
		return errors.New("bus: the embedded server did not start within 10 s")
	}
	return nil
}

// Flush waits until all that was published has reached the server.
func (b *Bus) Flush(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout) // NATS insists on a deadline
	defer cancel()
	if err := b.conn.FlushWithContext(ctx); err != nil {
		return fmt.Errorf("bus: flush: %w", err)
	}
	return nil
}

// Healthy says why the bus cannot be used now, or nil.
func (b *Bus) Healthy() error {
	if s := b.conn.Status(); s != nats.CONNECTED {
		return fmt.Errorf("bus: %s", strings.ToLower(s.String()))
	}
	return nil
}

// Close ends the connection and the embedded server, if there is one.
func (b *Bus) Close() {
	if b.conn != nil {
		b.conn.Close()
	}
	if b.server != nil {
		b.server.Shutdown()
		b.server.WaitForShutdown()
	}
}

// redact leaves out what an address may carry of user and password.
func redact(spec string) string {
	if i := strings.LastIndex(spec, "@"); i >= 0 {
		return "nats://***@" + spec[i+1:]
	}
	return spec
}

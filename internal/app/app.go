// Package app is all of the wiring: it reads the settings, opens the backends that the
// chosen roles need, starts the roles, and stops them in order. Whatever differs between
// one process on one machine and many on many is decided here, by addresses; no role
// knows of it.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/catalog"
	"github.com/deemster-oj/deemster/internal/executor"
	"github.com/deemster-oj/deemster/internal/gateway"
	"github.com/deemster-oj/deemster/internal/submission"
	"github.com/deemster-oj/deemster/problems"
	"github.com/deemster-oj/deemster/web"
)

// The roles by name.
const (
	Gateway    = "gateway"
	Catalog    = "catalog"
	Submission = "submission"
	Executor   = "executor"
)

// Roles lists every role in the order they are started. They are stopped in the
// opposite order: first nobody may ask, then nothing more is judged, then what was
// reported is recorded.
var Roles = []string{Catalog, Submission, Executor, Gateway}

const (
	// httpStop is how long requests under way may take when the gateway stops.
	httpStop = 5 * time.Second
	// rolesWithin bounds the wait for the other roles before the gateway says it is ready.
	rolesWithin = 10 * time.Second
)

// Run serves the named roles, all if none is named, until ctx ends. What a person must
// know goes to out: where it listens, and on the first start the administrator's password.
func Run(ctx context.Context, settings Settings, roles []string, out io.Writer, log *slog.Logger) error {
	err := run(ctx, settings, roles, out, log)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil // stopped before it was ready
	}
	return err
}

func run(ctx context.Context, settings Settings, roles []string, out io.Writer, log *slog.Logger) (err error) {
	if roles, err = chosen(roles); err != nil {
		return err
	}
	if settings, err = settings.complete(); err != nil {
		return err
	}
	s, err := openSite(ctx, settings, roles, out, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()

	var parts []part
	for _, role := range roles {
		var p part
		switch role {
		case Catalog:
			p = s.catalog()
		case Submission:
			p = s.submission()
		case Executor:
			p, err = s.executor()
		case Gateway:
			p, err = s.gateway(ctx, out)
		}
		if err != nil {
			return err
		}
		parts = append(parts, p)
	}
	if !slices.Contains(roles, Gateway) {
		fmt.Fprintf(out, "Deemster is running: %s\n", strings.Join(roles, ", "))
	}
	return runParts(ctx, parts, log)
}

// chosen checks the names of roles and brings them into order.
func chosen(names []string) ([]string, error) {
	if len(names) == 0 {
		return Roles, nil
	}
	var roles []string
	for _, role := range Roles {
		if slices.Contains(names, role) {
			roles = append(roles, role)
		}
	}
	for _, name := range names {
		if !slices.Contains(Roles, name) {
			return nil, fmt.Errorf("%q is no role; there are %s", name, strings.Join(Roles, ", "))
		}
	}
	return roles, nil
}

func (s *site) catalog() part {
	c := catalog.New(catalog.Config{Documents: s.documents, Blobs: s.blobs, Bus: s.bus, Log: s.log, Clock: time.Now})
	return part{Catalog, func(ctx context.Context) error {
		if s.settings.Samples {
			if err := c.LoadSamples(ctx, problems.Files()); err != nil {
				return err
			}
		}
		return c.Run(ctx)
	}}
}

func (s *site) submission() part {
	r := submission.New(submission.Config{Store: s.store, Documents: s.documents, Bus: s.bus, Log: s.log})
	return part{Submission, r.Run}
}

func (s *site) executor() (part, error) {
	e, err := executor.New(executor.Config{
		Bus: s.bus, Blobs: s.blobs, Engine: s.engine,
		Languages: s.languages, Info: s.found, Slots: s.settings.Slots,
		CacheDir: filepath.Join(s.settings.Data, "cache"), Cache: deemster.Bytes(s.settings.Cache),
		BuildDir: filepath.Join(s.settings.Data, "builds"),
		Grace:    s.settings.Grace, Log: s.log,
	})
	if err != nil {
		return part{}, err
	}
	return part{Executor, func(ctx context.Context) error {
		var warming sync.WaitGroup
		defer warming.Wait()
		warming.Go(func() { s.warm(ctx) })
		return e.Run(ctx)
	}}, nil
}

// warm makes what languages can do without and compile faster with. A machine does it
// once; meanwhile it judges already.
func (s *site) warm(ctx context.Context) {
	for _, l := range s.languages {
		if err := l.Warm(ctx, s.engine, s.settings.Tools); err != nil && ctx.Err() == nil {
			s.log.Warn("app: a language stays slower than it could be", "language", l.ID, "err", err)
		}
	}
}

// gateway makes the gateway, the administrator on a first start, and takes the addresses.
// Once the other roles answer it says where it listens.
func (s *site) gateway(ctx context.Context, out io.Writer) (p part, err error) {
	rates, err := s.settings.rates()
	if err != nil {
		return p, err
	}
	proxies, err := s.settings.proxies()
	if err != nil {
		return p, err
	}
	g, err := gateway.New(gateway.Config{
		Store: s.store, Bus: s.bus, Blobs: s.blobs, Web: web.Files(), Log: s.log, Clock: time.Now,
		Rates: rates, TrustedProxies: proxies, AdminPassword: s.settings.AdminPassword,
		SecureCookies: s.settings.SecureCookies, OpsElsewhere: s.settings.OpsAddr != "",
	})
	if err != nil {
		return p, err
	}
	listener, err := s.listen("--addr", s.settings.Addr)
	if err != nil {
		return p, err
	}
	servers := map[net.Listener]*http.Server{listener: g.Server(s.settings.Addr)}
	if s.settings.OpsAddr != "" {
		ops, err := s.listen("--ops-addr", s.settings.OpsAddr)
		if err != nil {
			return p, err
		}
		servers[ops] = &http.Server{Handler: g.Ops(), ReadHeaderTimeout: httpStop}
	}
	password, first, err := g.EnsureAdmin(ctx)
	if err != nil {
		return p, err
	}
	if first && s.settings.AdminPassword == "" {
		fmt.Fprintf(out, "This is the first start. Log in as admin with the password %s (it is not shown again).\n", password)
	}
	return part{Gateway, func(ctx context.Context) error {
		group, ctx := errgroup.WithContext(ctx)
		group.Go(func() error { return g.Run(ctx) })
		for listener, server := range servers {
			group.Go(func() error { return serveHTTP(ctx, listener, server) })
		}
		group.Go(func() error {
			if err := s.awaitRoles(ctx); err != nil {
				s.log.Warn("app: not all roles answer yet", "err", err)
			}
			if ctx.Err() == nil {
				fmt.Fprintf(out, "Deemster is ready at http://%s\n", listener.Addr())
			}
			return nil
		})
		return group.Wait()
	}}, nil
}

// serveHTTP serves until ctx ends. Then it takes no new connection and waits for the
// requests under way; sockets and long polls are ended by the gateway.
func serveHTTP(ctx context.Context, listener net.Listener, server *http.Server) error {
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), httpStop)
		defer cancel()
		err := server.Shutdown(within)
		if err != nil {
			err = errors.Join(err, server.Close())
		}
		stopped <- err
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	return <-stopped
}

// listen takes an address. The listener is closed with the site, unless it was before.
func (s *site) listen(flag, addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; stop it, or choose another address with %s", addr, flag)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen at %s; choose a port from 1024 on with %s", addr, flag)
	case err != nil:
		return nil, fmt.Errorf("cannot listen at %s: %w", addr, err)
	}
	s.closers = append(s.closers, func() error {
		if err := listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return listener, nil
}

// awaitRoles waits a while until the other roles answer, wherever they are, so that what
// is said to be ready is. While they do not, the gateway answers that a part is away.
func (s *site) awaitRoles(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, rolesWithin)
	defer cancel()
	heard := make(chan struct{})
	first := sync.OnceFunc(func() { close(heard) })
	if err := s.bus.Executors(ctx, func(deemster.ExecutorInfo) { first() }); err != nil {
		return err
	}
	for {
		_, err := bus.Call(ctx, s.bus, bus.ListProblems, bus.ProblemFilter{Limit: 1})
		if err == nil {
			_, err = bus.Call(ctx, s.bus, bus.ListSubmissions, deemster.SubmissionFilter{Limit: 1})
		}
		if err == nil {
			break
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
	select {
	case <-heard:
		return nil
	case <-ctx.Done():
		return errors.New("no executor answers")
	}
}

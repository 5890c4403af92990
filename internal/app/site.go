package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/doctor"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/store"
)

// site is what the roles of this process share. What none of them needs is nil: a
// process that only executes never sees the database.
type site struct {
	settings  Settings
	log       *slog.Logger
	bus       *bus.Bus
	store     *store.Store
	documents document.Store
	blobs     blob.Store
	engine    sandbox.Engine
	languages []lang.Language         // those this machine has
	found     []deemster.LanguageInfo // of all, also what is missing
	closers   []func() error
}

// openSite opens the backends that roles need.
func openSite(ctx context.Context, settings Settings, roles []string, out io.Writer, log *slog.Logger) (_ *site, err error) {
	s := &site{settings: settings, log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	needed := func(by ...string) bool {
		return slices.ContainsFunc(by, func(role string) bool { return slices.Contains(roles, role) })
	}
	if err := os.MkdirAll(settings.Data, 0o700); err != nil {
		return s, fmt.Errorf("data directory: %w", err)
	}
	if err := s.openBus(ctx, roles); err != nil {
		return s, err
	}
	if needed(Gateway, Submission) {
		if s.store, err = store.Open(ctx, settings.DB, log); err != nil {
			return s, err
		}
		s.closers = append(s.closers, s.store.Close)
	}
	if needed(Catalog, Submission) {
		if s.documents, err = document.Open(ctx, settings.Docs); err != nil {
			return s, err
		}
		s.closers = append(s.closers, s.documents.Close)
	}
	if needed(Gateway, Catalog, Executor) {
		if s.blobs, err = blob.Open(ctx, settings.Blobs); err != nil {
			return s, err
		}
	}
	if needed(Executor) {
		if err := s.openBox(ctx, out); err != nil {
			return s, err
		}
	}
	return s, nil
}

// openBus joins the bus. An embedded one is this process's alone, so it takes all roles
// and locks its directory.
func (s *site) openBus(ctx context.Context, roles []string) error {
	if dir, embedded := strings.CutPrefix(s.settings.Bus, "embedded:"); embedded {
		if len(roles) < len(Roles) {
			return fmt.Errorf("serving only %s takes a bus that other processes can join: --bus nats://HOST:PORT", strings.Join(roles, ", "))
		}
		lock, err := lockDir(dir)
		if err != nil {
			return err
		}
		s.closers = append(s.closers, lock.Close)
	}
	var err error
	if s.bus, err = bus.Open(ctx, s.settings.Bus, s.log); err != nil {
		return err
	}
	s.closers = append(s.closers, func() error {
		err := s.bus.Flush(context.WithoutCancel(ctx))
		s.bus.Close()
		return err
	})
	return nil
}

// openBox prepares the languages and what their programs are boxed with.
func (s *site) openBox(ctx context.Context, out io.Writer) error {
	if err := doctor.Refuse(doctor.Config{Data: s.settings.Data, Image: s.settings.Image, Slots: s.settings.Slots}); err != nil {
		return err
	}
	all, err := lang.LoadFile(s.settings.Allowances)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.settings.Tools, 0o755); err != nil {
		return fmt.Errorf("language cache: %w", err)
	}
	boxes, err := engine.Open(ctx, s.settings.Box, engine.Config{
		Slots: s.settings.Slots, Pool: s.settings.Slots, Image: s.settings.Image,
		ReadOnly: []image.Dir{{Host: s.settings.Tools, Box: lang.CacheDir}}, Log: s.log,
	})
	if err != nil {
		return fmt.Errorf("%w (deemster doctor tells what this machine lacks)", err)
	}
	s.engine = boxes
	s.closers = append(s.closers, boxes.Close)
	slow := time.AfterFunc(2*time.Second, func() {
		fmt.Fprintln(out, "Preparing the languages. This is done once with a toolchain and may take some minutes.")
	})
	s.languages, s.found, err = lang.Detect(ctx, boxes, all, s.settings.Tools)
	slow.Stop()
	if err != nil {
		return err
	}
	for _, l := range s.found {
		if !l.Available {
			s.log.Warn("app: a language is missing", "language", l.ID, "reason", l.Missing)
		}
	}
	return nil
}

// close closes what is open, the last opened first.
func (s *site) close() error {
	var errs []error
	for _, closer := range slices.Backward(s.closers) {
		errs = append(errs, closer())
	}
	s.closers = nil
	return errors.Join(errs...)
}

// lockDir makes a directory and keeps it for this process until the lock is closed or
// the process ends, however it ends.
func lockDir(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("another Deemster is running on %s; stop it, or give this one another --data directory: %w", dir, err)
	}
	return lock, nil
}

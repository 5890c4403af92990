package store_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/deemster-oj/deemster/internal/store"
	"github.com/deemster-oj/deemster/internal/store/storetest"
)

// engines are what the contract holds on.
var engines = []struct {
	name string
	spec func(testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "a b?%#.db") }},
	{"mariadb", storetest.MariaDB},
}

// onEngines runs a test of the contract on every engine, each with a database of its own.
func onEngines(t *testing.T, test func(*testing.T, *store.Store)) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) { test(t, open(t, engine.spec(t))) })
	}
}

func open(t testing.TB, spec string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), spec, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// morning is when the tests take place.
var morning = time.Date(2026, 3, 14, 9, 26, 53, 589_793_000, time.UTC)

func TestOpenRefuses(t *testing.T) {
	for _, spec := range []string{"", "sqlite", "sqlite:", "mysql:", "postgres:x", "mysql:root@nowhere", "mysql:root@tcp(127.0.0.1:1)/"} {
		if s, err := store.Open(context.Background(), spec, slog.Default()); err == nil {
			t.Errorf("%q was opened", spec)
			s.Close()
		}
	}
}

func TestHealthyAndOpenedTwice(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			spec := engine.spec(t)
			first, second := open(t, spec), open(t, spec)
			for _, s := range []*store.Store{first, second} {
				if err := s.Healthy(context.Background()); err != nil {
					t.Error(err)
				}
			}
			if err := first.AddUser(context.Background(), account("ada")); err != nil {
				t.Fatal(err)
			}
			if n, err := second.CountUsers(context.Background()); n != 1 || err != nil {
				t.Errorf("the second handle counts %d users, %v", n, err)
			}
		})
	}
}

// Processes that start together migrate once.
func TestMigrateAtOnce(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			spec := engine.spec(t)
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					s, err := store.Open(context.Background(), spec, slog.Default())
					if err != nil {
						t.Error(err)
						return
					}
					if err := s.Healthy(context.Background()); err != nil {
						t.Error(err)
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		})
	}
}

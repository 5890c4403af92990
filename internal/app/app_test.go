package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/deemster-oj/deemster/internal/gateway"
)

var quiet = slog.New(slog.DiscardHandler)

func TestPartsStopInReverseOrder(t *testing.T) {
	var mu sync.Mutex
	var ended []string
	var started sync.WaitGroup
	started.Add(3)
	until := func(name string) part {
		return part{name, func(ctx context.Context) error {
			started.Done()
			<-ctx.Done()
			mu.Lock()
			defer mu.Unlock()
			ended = append(ended, name)
			return ctx.Err()
		}}
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { started.Wait(); cancel() }()
	if err := runParts(ctx, []part{until("a"), until("b"), until("c")}, quiet); err != nil {
		t.Errorf("an ordered stop gives %v", err)
	}
	if !slices.Equal(ended, []string{"c", "b", "a"}) {
		t.Errorf("ended in the order %v, want c, b, a", ended)
	}
}

func TestOnePartsEndEndsAll(t *testing.T) {
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		run  func(context.Context) error
		want string
	}{
		"error":     {func(context.Context) error { return broken }, "b: broken"},
		"no reason": {func(context.Context) error { return nil }, "b: it ended by itself"},
	} {
		t.Run(name, func(t *testing.T) {
			stopped := false
			wait := func(ctx context.Context) error { <-ctx.Done(); stopped = true; return nil }
			err := runParts(t.Context(), []part{{"a", wait}, {"b", test.run}}, quiet)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if !stopped {
				t.Error("the other part was left running")
			}
		})
	}
}

func TestRates(t *testing.T) {
	t.Setenv("DEEMSTER_RATE_SUBMIT", "7/m")
	t.Setenv("DEEMSTER_RATE_LOGIN", "8/m")
	got, err := Settings{Rate: []string{"login=9/s"}}.rates()
	want := gateway.DefaultRates
	if e := errors.Join(want.Submit.UnmarshalText([]byte("7/m")), want.Login.UnmarshalText([]byte("9/s"))); e != nil {
		t.Fatal(e)
	}
	if err != nil || got != want {
		t.Errorf("rates %v, %v; want %v: the flag over the environment over the default", got, err, want)
	}
	for _, wrong := range []string{"submit", "submit=", "submit=x", "submit=5", "submit=5/h", "=5/m", "upload=5/m", "submit=-1/m"} {
		if _, err := (Settings{Rate: []string{wrong}}).rates(); err == nil {
			t.Errorf("--rate %s was taken", wrong)
		}
	}
	t.Setenv("DEEMSTER_RATE_OTHER", "many")
	if _, err := (Settings{}).rates(); err == nil || !strings.Contains(err.Error(), "DEEMSTER_RATE_OTHER") {
		t.Errorf("a wrong environment variable gives %v, want its name", err)
	}
}

func TestProxies(t *testing.T) {
	got, err := Settings{Proxies: []string{"10.0.0.0/8", "192.0.2.1", "2001:db8::1"}}.proxies()
	if err != nil || len(got) != 3 || got[1].Bits() != 32 || got[2].Bits() != 128 {
		t.Errorf("proxies %v, %v", got, err)
	}
	if _, err := (Settings{Proxies: []string{"proxy.example"}}).proxies(); err == nil {
		t.Error("a name was taken for a proxy's address")
	}
}

func TestChosen(t *testing.T) {
	for _, test := range []struct{ names, want []string }{
		{nil, Roles},
		{[]string{Gateway, Catalog}, []string{Catalog, Gateway}},
		{[]string{Executor, Executor}, []string{Executor}},
	} {
		got, err := chosen(test.names)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, %v; want %v", test.names, got, err, test.want)
		}
	}
	if _, err := chosen([]string{Gateway, "judge"}); err == nil || !strings.Contains(err.Error(), `"judge"`) {
		t.Errorf("an unknown role gives %v", err)
	}
}

func TestLockIsExclusive(t *testing.T) {
	dir := t.TempDir() + "/bus"
	lock, err := lockDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := lockDir(dir); err == nil {
		second.Close()
		t.Error("two have the lock")
	} else if !strings.Contains(err.Error(), dir) {
		t.Errorf("the error does not say which directory: %v", err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory's mode: %v, %v", info.Mode(), err)
	}
	lock.Close()
	again, err := lockDir(dir)
	if err != nil {
		t.Errorf("after it was given back: %v", err)
	} else {
		again.Close()
	}
}

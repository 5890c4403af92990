package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/store"
)

var ctx = context.Background()

func account(handle string) store.Account {
	return store.Account{
		User: deemster.User{
			ID: "id-" + handle, Handle: handle, Email: handle + "@example.org",
			Role: deemster.RoleUser, Plan: deemster.PlanFree, CreatedAt: morning,
		},
		PasswordHash: "hash of " + handle,
	}
}

func addUsers(t *testing.T, s *store.Store, handles ...string) {
	t.Helper()
	for _, handle := range handles {
		if err := s.AddUser(ctx, account(handle)); err != nil {
			t.Fatal(err)
		}
	}
}

func wantKind(t *testing.T, err error, want deemster.Kind) {
	t.Helper()
	if got := deemster.KindOf(err); got != want {
		t.Errorf("error is %q (%v), want %q", got, err, want)
	}
}

func TestAccounts(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		addUsers(t, s, "Ada", "bob")
		got, err := s.UserByHandle(ctx, "aDA")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(account("Ada"), got); diff != "" {
			t.Errorf("UserByHandle: %s", diff)
		}
		changed := account("Ada")
		changed.Email, changed.PasswordHash, changed.Role, changed.Plan, changed.Disabled =
			"Ada@Example.net", "other", deemster.RoleAdmin, deemster.PlanPremium, true
		for range 2 { // the second changes nothing and is no error
			if err := s.SetUser(ctx, changed); err != nil {
				t.Fatal(err)
			}
		}
		got, err = s.UserByID(ctx, "id-Ada")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(changed, got); diff != "" {
			t.Errorf("UserByID after SetUser: %s", diff)
		}
		if n, err := s.CountUsers(ctx); n != 2 || err != nil {
			t.Errorf("CountUsers: %d, %v; want 2", n, err)
		}
		for _, handle := range []string{"", "ad", "ada ", "a%", "ada\x00", "ada\\", "' OR '1'='1"} {
			_, err := s.UserByHandle(ctx, handle)
			wantKind(t, err, deemster.NotFound)
		}
		_, err = s.UserByID(ctx, "ID-ADA")
		wantKind(t, err, deemster.NotFound)
		wantKind(t, s.SetUser(ctx, account("carol")), deemster.NotFound)
	})
}

func TestAccountsTaken(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		addUsers(t, s, "ada", "email_key")
		for _, test := range []struct{ handle, email, field string }{
			{"ADA", "new@example.org", "handle"},
			{"Ada", "", "handle"},
			{"new", "ADA@example.ORG", "email"},
			{"Email_Key", "for key 'email_key'@example.org", "handle"}, // no engine's message misleads us
		} {
			a := account(test.handle)
			a.ID, a.Email = "new", test.email
			err := s.AddUser(ctx, a)
			wantKind(t, err, deemster.Conflict)
			var e *deemster.Error
			if errors.As(err, &e) && e.Field != test.field {
				t.Errorf("%s, %s: field %q, want %q", test.handle, test.email, e.Field, test.field)
			}
		}
		taken := account("email_key")
		taken.Email = "Ada@Example.Org"
		wantKind(t, s.SetUser(ctx, taken), deemster.Conflict)
		for _, handle := range []string{"x", "y"} { // many have no address
			a := account(handle)
			a.Email = ""
			if err := s.AddUser(ctx, a); err != nil {
				t.Error(err)
			}
		}
	})
}

// Of many who register one handle at once, one gets it.
func TestAccountsRace(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		var all sync.WaitGroup
		won := make(chan string, 20)
		for i := range 20 {
			all.Go(func() {
				a := account("ada")
				a.ID, a.Email = fmt.Sprint(i), fmt.Sprintf("%d@example.org", i)
				if err := s.AddUser(ctx, a); err == nil {
					won <- a.ID
				} else {
					wantKind(t, err, deemster.Conflict)
				}
			})
		}
		all.Wait()
		if len(won) != 1 {
			t.Errorf("%d accounts of one handle", len(won))
		}
	})
}

func TestSessions(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		addUsers(t, s, "ada", "bob")
		add := func(hash, user string, life time.Duration) {
			err := s.AddSession(ctx, store.Session{
				Hash: hash, UserID: user, CreatedAt: morning, ExpiresAt: morning.Add(life),
				UserAgent: strings.Repeat("é", 200) + "\xff", Address: "2001:db8::1",
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		add("a1", "id-ada", time.Hour)
		add("a2", "id-ada", 2*time.Hour)
		add("b1", "id-bob", time.Hour)
		u, err := s.SessionUser(ctx, "a1", morning.Add(time.Hour-time.Microsecond))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(account("ada").User, u); diff != "" {
			t.Error(diff)
		}
		_, err = s.SessionUser(ctx, "a1", morning.Add(time.Hour))
		wantKind(t, err, deemster.NotFound)
		_, err = s.SessionUser(ctx, "A1", morning)
		wantKind(t, err, deemster.NotFound)

		if n, err := s.DeleteExpired(ctx, morning.Add(time.Hour)); n != 2 || err != nil {
			t.Errorf("DeleteExpired: %d, %v; want 2", n, err)
		}
		add("b2", "id-bob", time.Hour)
		for _, err := range []error{s.DeleteUserSessions(ctx, "id-ada"), s.DeleteSession(ctx, "none")} {
			if err != nil {
				t.Error(err)
			}
		}
		_, err = s.SessionUser(ctx, "a2", morning)
		wantKind(t, err, deemster.NotFound)
		if _, err := s.SessionUser(ctx, "b2", morning); err != nil {
			t.Errorf("another's session ended: %v", err)
		}
		if err := s.DeleteSession(ctx, "b2"); err != nil {
			t.Error(err)
		}
		_, err = s.SessionUser(ctx, "b2", morning)
		wantKind(t, err, deemster.NotFound)
		if err := s.AddSession(ctx, store.Session{Hash: "x", UserID: "nobody"}); err == nil {
			t.Error("a session of nobody was stored")
		}
	})
}

func TestTokens(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		addUsers(t, s, "ada", "bob")
		end := morning.Add(time.Hour)
		lasting := store.APIToken{Token: deemster.Token{ID: "t1", Name: "lasting", CreatedAt: morning}, UserID: "id-ada", Hash: "h1"}
		ending := store.APIToken{Token: deemster.Token{ID: "t0", Name: "ending", CreatedAt: morning.Add(time.Second), ExpiresAt: &end}, UserID: "id-ada", Hash: "h2"}
		for _, token := range []store.APIToken{lasting, ending} {
			if err := s.AddToken(ctx, token); err != nil {
				t.Fatal(err)
			}
		}
		tokens, err := s.Tokens(ctx, "id-ada")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]deemster.Token{lasting.Token, ending.Token}, tokens); diff != "" {
			t.Error(diff)
		}
		if tokens, err := s.Tokens(ctx, "id-bob"); tokens == nil || len(tokens) != 0 || err != nil {
			t.Errorf("bob's tokens: %#v, %v; want an empty list", tokens, err)
		}
		u, token, err := s.TokenUser(ctx, "h2", end.Add(-time.Second))
		if err != nil || u.Handle != "ada" || token.ID != "t0" {
			t.Errorf("TokenUser: %v %v %v", u, token, err)
		}
		_, _, err = s.TokenUser(ctx, "h2", end)
		wantKind(t, err, deemster.NotFound)
		wantKind(t, s.DeleteToken(ctx, "id-bob", "t1"), deemster.NotFound)
		if err := s.DeleteToken(ctx, "id-ada", "t1"); err != nil {
			t.Error(err)
		}
		wantKind(t, s.DeleteToken(ctx, "id-ada", "t1"), deemster.NotFound)
		_, _, err = s.TokenUser(ctx, "h1", morning)
		wantKind(t, err, deemster.NotFound)
		if n, err := s.DeleteExpired(ctx, end); n != 1 || err != nil {
			t.Errorf("DeleteExpired: %d, %v; want the ending token", n, err)
		}
	})
}

// A token's last use is written at most once a minute.
func TestTokenLastUse(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		addUsers(t, s, "ada")
		if err := s.AddToken(ctx, store.APIToken{Token: deemster.Token{ID: "t"}, UserID: "id-ada", Hash: "h"}); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct{ use, noted time.Duration }{
			{0, 0}, {59 * time.Second, 0}, {time.Minute, time.Minute}, {30 * time.Second, time.Minute},
		} {
			if _, _, err := s.TokenUser(ctx, "h", morning.Add(step.use)); err != nil {
				t.Fatal(err)
			}
			tokens, err := s.Tokens(ctx, "id-ada")
			if err != nil {
				t.Fatal(err)
			}
			if last := tokens[0].LastUsed; last == nil || !last.Equal(morning.Add(step.noted)) {
				t.Errorf("used after %s: last use %v, want after %s", step.use, last, step.noted)
			}
		}
	})
}

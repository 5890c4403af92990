package gateway

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestPasswords(t *testing.T) {
	p, ctx := newPasswords(), t.Context()
	hash, err := p.hash(ctx, "correct horse")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("hash %q, %v", hash, err)
	}
	if again, _ := p.hash(ctx, "correct horse"); again == hash {
		t.Error("two hashes of one password are equal: no salt")
	}
	for _, test := range []struct {
		name, hash, password string
		right, outdated      bool
	}{
		{"right", hash, "correct horse", true, false},
		{"wrong", hash, "correct horsf", false, false},
		{"empty", hash, "", false, false},
		{"no account", "", "correct horse", false, false},
		// A vector of the reference implementation's test.c.
		{"older setting", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password", true, true},
	} {
		right, outdated, err := p.verify(ctx, test.hash, test.password)
		if err != nil || right != test.right || outdated != test.outdated {
			t.Errorf("%s: right %v, outdated %v, %v", test.name, right, outdated, err)
		}
	}
	for _, bad := range []string{"x", "$argon2id$", "$argon2i$v=19$m=1,t=1,p=1$YQ$YQ", "$argon2id$v=19$m=8,t=0,p=1$YQ$YQ", "$argon2id$v=19$m=8,t=1,p=1$YQ"} {
		if _, _, err := p.verify(ctx, bad, "x"); !errors.Is(err, errNotAHash) {
			t.Errorf("%q: %v, want errNotAHash", bad, err)
		}
	}
}

// When every core hashes, the next one waits, and gives up with its request.
func TestPasswordsAreBounded(t *testing.T) {
	p := newPasswords()
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("hash with no slot free: %v", err)
	}
}

func TestCredentials(t *testing.T) {
	secret, hash := newCredential(tokenPrefix)
	other, _ := newCredential(tokenPrefix)
	if !strings.HasPrefix(secret, "dmst_") || len(secret) != len("dmst_")+43 || secret == other {
		t.Errorf("token %q", secret)
	}
	if hash != hashCredential(secret) || len(hash) != 64 || strings.Contains(hash, secret) {
		t.Errorf("hash %q", hash)
	}
}

package gateway

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/crypto/argon2"
)

// argon is a setting of argon2id. The present one is OWASP's recommendation for
// passwords: 19 MiB, two passes, one lane.
type argon struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

var argonNow = argon{MemoryKiB: 19 * 1024, Passes: 2, Lanes: 1}

const (
	saltBytes = 16
	keyBytes  = 32
)

// errNotAHash is the error of a stored password that is not in the PHC form of argon2id.
var errNotAHash = errors.New("gateway: not an argon2id hash")

// slotPatience is how long a password waits for a core before people are told to come
// again.
const slotPatience = 5 * time.Second

// passwords hashes and verifies. Each takes 19 MiB and some 40 ms of a core, so only as
// many run at a time as there are cores.
type passwords struct {
	slots chan struct{}
	// nobody is a hash that no password has: verifying against it takes as long as
	// verifying a real one, so an absent account can't be told by the clock.
	nobody string
}

func newPasswords() *passwords {
	p := &passwords{slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	p.nobody = encodeHash(argonNow, randomBytes(saltBytes), randomBytes(keyBytes))
	return p
}

// hash makes the PHC string to store: "$argon2id$v=19$m=19456,t=2,p=1$salt$key".
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := randomBytes(saltBytes)
	key, err := p.derive(ctx, argonNow, password, salt, keyBytes)
	if err != nil {
		return "", err
	}
	return encodeHash(argonNow, salt, key), nil
}

// verify reports whether password is the one that hash was made of, and whether the hash
// is of an older setting and should be made anew. An empty hash stands for an absent
// account: it takes the usual time and is never right.
func (p *passwords) verify(ctx context.Context, hash, password string) (right, outdated bool, err error) {
	if hash == "" {
		hash = p.nobody
	}
	setting, salt, want, err := decodeHash(hash)
	if err != nil {
		return false, false, err
	}
	got, err := p.derive(ctx, setting, password, salt, uint32(len(want)))
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, setting != argonNow, nil
}

func (p *passwords) derive(ctx context.Context, a argon, password string, salt []byte, length uint32) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, slotPatience)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("gateway: wait to hash a password: %w", ctx.Err())
	}
	return argon2.IDKey([]byte(password), salt, a.Passes, a.MemoryKiB, a.Lanes, length), nil
}

func encodeHash(a argon, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, a.MemoryKiB, a.Passes, a.Lanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decodeHash(s string) (a argon, salt, key []byte, err error) {
	var version int
	var rest string
	n, err := fmt.Sscanf(s, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &a.MemoryKiB, &a.Passes, &a.Lanes, &rest)
	if err != nil || n != 5 || version != argon2.Version || a.Passes == 0 || a.Lanes == 0 {
		return a, nil, nil, errNotAHash
	}
	for i := range rest {
		if rest[i] != '$' {
			continue
		}
		salt, err = base64.RawStdEncoding.DecodeString(rest[:i])
		if err == nil {
			key, err = base64.RawStdEncoding.DecodeString(rest[i+1:])
		}
		if err == nil && len(salt) > 0 && len(key) > 0 {
			return a, salt, key, nil
		}
	}
	return a, nil, nil, errNotAHash
}

// randomBytes never fails: crypto/rand ends the process rather than return less.
func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// tokenPrefix marks our bearer tokens, so that scanners of leaked secrets know them.
const tokenPrefix = "dmst_"

// newCredential makes a session's or token's secret, 256 random bits, and the hash under
// which it is stored.
func newCredential(prefix string) (secret, hash string) {
	secret = prefix + base64.RawURLEncoding.EncodeToString(randomBytes(32))
	return secret, hashCredential(secret)
}

// hashCredential is what is stored of a session's or token's secret. It is random
// enough that a plain hash can't be searched.
func hashCredential(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

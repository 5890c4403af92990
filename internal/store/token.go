package store

import (
	"context"
	"fmt"
	"time"

	"github.com/deemster-oj/deemster"
)

// APIToken is a bearer token as it is stored: not the secret, but its hash.
type APIToken struct {
	deemster.Token
	UserID string
	Hash   string // SHA-256 of the secret, in 64 hexadecimal digits
}

// tokenUseInterval is how exactly a token's last use is known: writing every one would
// make each request a disk write.
const tokenUseInterval = time.Minute

const tokenColumns = "tokens.id, tokens.name, tokens.created_at, tokens.expires_at, tokens.last_used_at"

func tokenFields(t *deemster.Token) []any {
	return []any{&t.ID, &t.Name, into(&t.CreatedAt), intoOptional(&t.ExpiresAt), intoOptional(&t.LastUsed)}
}

// AddToken stores a token; its ID and CreatedAt are the caller's to set.
func (s *Store) AddToken(ctx context.Context, t APIToken) error {
	_, err := s.change(ctx, `INSERT INTO tokens
		(id, user_id, hash, name, created_at, expires_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		t.ID, t.UserID, t.Hash, t.Name, micros(t.CreatedAt), microsOrZero(t.ExpiresAt), microsOrZero(t.LastUsed))
	if err != nil {
		return fmt.Errorf("store: add token: %w", err)
	}
	return nil
}

// Tokens lists a user's tokens, oldest first, expired ones too.
func (s *Store) Tokens(ctx context.Context, userID string) ([]deemster.Token, error) {
	tokens, err := collect(ctx, s, tokenFields, "SELECT "+tokenColumns+" FROM tokens WHERE user_id = ? ORDER BY created_at, id", userID)
	if err != nil {
		return nil, fmt.Errorf("store: tokens: %w", err)
	}
	return tokens, nil
}

// DeleteToken removes a user's token; NotFound when it is absent or another's.
func (s *Store) DeleteToken(ctx context.Context, userID, id string) error {
	n, err := s.change(ctx, "DELETE FROM tokens WHERE id = ? AND user_id = ?", id, userID)
	if err != nil {
		return fmt.Errorf("store: delete token: %w", err)
	}
	if n == 0 {
		return deemster.Errorf(deemster.NotFound, "no such token")
	}
	return nil
}

// TokenUser finds whose token it is; NotFound when there is no such token or it has
// expired. The user is answered even when disabled. That the token was used is noted,
// at most once a minute.
func (s *Store) TokenUser(ctx context.Context, hash string, now time.Time) (deemster.User, deemster.Token, error) {
	var u deemster.User
	var t deemster.Token
	row := s.read.QueryRowContext(ctx, "SELECT "+userColumns+", "+tokenColumns+` FROM tokens JOIN users ON users.id = tokens.user_id
		WHERE tokens.hash = ? AND (tokens.expires_at = 0 OR tokens.expires_at > ?)`, hash, micros(now))
	if err := row.Scan(append(userFields(&u), tokenFields(&t)...)...); err != nil {
		return deemster.User{}, deemster.Token{}, fmt.Errorf("store: token: %w", absent(err, "token"))
	}
	if t.LastUsed == nil || now.Sub(*t.LastUsed) >= tokenUseInterval {
		_, err := s.change(ctx, "UPDATE tokens SET last_used_at = ? WHERE id = ? AND last_used_at <= ?",
			micros(now), t.ID, micros(now.Add(-tokenUseInterval)))
		if err != nil { // the token is good all the same
			s.log.Warn("store: a token's use was not noted", "token", t.ID, "err", err)
		}
	}
	return u, t, nil
}

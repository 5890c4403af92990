package store

import (
	"context"
	"fmt"
	"time"

	"github.com/deemster-oj/deemster"
)

// Session is a log-in. The secret itself is never stored.
type Session struct {
	Hash                 string // SHA-256 of the secret, in 64 hexadecimal digits
	UserID               string
	CreatedAt, ExpiresAt time.Time
	UserAgent            string // cut to 256 bytes
	Address              string // of the client; cut to 64 bytes
}

// AddSession stores a session.
func (s *Store) AddSession(ctx context.Context, n Session) error {
	_, err := s.change(ctx, `INSERT INTO sessions
		(hash, user_id, created_at, expires_at, user_agent, address) VALUES (?, ?, ?, ?, ?, ?)`,
		n.Hash, n.UserID, micros(n.CreatedAt), micros(n.ExpiresAt), cut(n.UserAgent, 256), cut(n.Address, 64))
	if err != nil {
		return fmt.Errorf("store: add session: %w", err)
	}
	return nil
}

// SessionUser finds whose session it is; NotFound when there is no such session or it
// has expired. The user is answered even when disabled.
func (s *Store) SessionUser(ctx context.Context, hash string, now time.Time) (deemster.User, error) {
	var u deemster.User
	row := s.read.QueryRowContext(ctx, "SELECT "+userColumns+` FROM sessions JOIN users ON users.id = sessions.user_id
		WHERE sessions.hash = ? AND sessions.expires_at > ?`, hash, micros(now))
	if err := row.Scan(userFields(&u)...); err != nil {
		return deemster.User{}, fmt.Errorf("store: session: %w", absent(err, "session"))
	}
	return u, nil
}

// DeleteSession ends a session; one that is not there is ended already.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	if _, err := s.change(ctx, "DELETE FROM sessions WHERE hash = ?", hash); err != nil {
		return fmt.Errorf("store: delete session: %w", err)
	}
	return nil
}

// DeleteUserSessions ends all sessions of a user.
func (s *Store) DeleteUserSessions(ctx context.Context, userID string) error {
	if _, err := s.change(ctx, "DELETE FROM sessions WHERE user_id = ?", userID); err != nil {
		return fmt.Errorf("store: delete a user's sessions: %w", err)
	}
	return nil
}

// DeleteExpired removes sessions and tokens that have expired, and tells how many.
func (s *Store) DeleteExpired(ctx context.Context, now time.Time) (int, error) {
	sessions, err := s.change(ctx, "DELETE FROM sessions WHERE expires_at <= ?", micros(now))
	if err != nil {
		return 0, fmt.Errorf("store: delete expired sessions: %w", err)
	}
	tokens, err := s.change(ctx, "DELETE FROM tokens WHERE expires_at <> 0 AND expires_at <= ?", micros(now))
	if err != nil {
		return sessions, fmt.Errorf("store: delete expired tokens: %w", err)
	}
	return sessions + tokens, nil
}

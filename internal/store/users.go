package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/deemster-oj/deemster"
)

// Users lists at most limit accounts whose handles come after the given one, in the order
// of their handles whatever their case.
func (s *Store) Users(ctx context.Context, after string, limit int) ([]deemster.User, error) {
	users, err := collect(ctx, s, userFields, "SELECT "+userColumns+` FROM users
		WHERE handle_key > ? ORDER BY handle_key LIMIT ?`, strings.ToLower(after), limit)
	if err != nil {
		return nil, fmt.Errorf("store: users: %w", err)
	}
	return users, nil
}

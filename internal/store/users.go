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
	rows, err := s.read.QueryContext(ctx, "SELECT "+userColumns+` FROM users
		WHERE handle_key > ? ORDER BY handle_key LIMIT ?`, strings.ToLower(after), limit)
	if err != nil {
		return nil, fmt.Errorf("store: users: %w", err)
	}
	defer rows.Close()
	users := []deemster.User{}
	for rows.Next() {
		var u deemster.User
		if err := rows.Scan(userFields(&u)...); err != nil {
			return nil, fmt.Errorf("store: users: %w", err)
		}
		users = append(users, u)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: users: %w", err)
	}
	return users, nil
}

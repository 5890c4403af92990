package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/deemster-oj/deemster"
)

// Account is a user and what only the gateway may know of him.
type Account struct {
	deemster.User
	PasswordHash string
}

const userColumns = "users.id, users.handle, users.email, users.role, users.plan, users.disabled, users.created_at"

// fold is what handles and e-mail addresses are compared by. The empty address folds to
// nothing: many accounts may have none.
func fold(s string) any {
	if s == "" {
		return nil
	}
	return strings.ToLower(s)
}

// AddUser stores a new account; its ID and CreatedAt are the caller's to set. The error
// is a Conflict whose Field is "handle" or "email" when one is taken, however spelled.
func (s *Store) AddUser(ctx context.Context, a Account) error {
	_, err := s.change(ctx, `INSERT INTO users
		(id, handle, handle_key, email, email_key, password_hash, role, plan, disabled, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Handle, fold(a.Handle), a.Email, fold(a.Email), a.PasswordHash,
		string(a.Role), string(a.Plan), a.Disabled, micros(a.CreatedAt))
	if err != nil {
		return fmt.Errorf("store: add user: %w", s.taken(err))
	}
	return nil
}

// taken turns a violated unique key of users into the error that people see.
func (s *Store) taken(err error) error {
	switch column, _ := s.duplicate(err); column {
	case "handle_key":
		return &deemster.Error{Kind: deemster.Conflict, Field: "handle", Title: "this handle is taken; choose another"}
	case "email_key":
		return &deemster.Error{Kind: deemster.Conflict, Field: "email", Title: "this e-mail address is in use; log in instead"}
	}
	return err
}

// UserByHandle finds an account by its handle, however spelled; NotFound when there is none.
func (s *Store) UserByHandle(ctx context.Context, handle string) (Account, error) {
	return s.account(ctx, "handle_key", fold(handle))
}

// UserByID finds an account; NotFound when there is none.
func (s *Store) UserByID(ctx context.Context, id string) (Account, error) {
	return s.account(ctx, "id", id)
}

func (s *Store) account(ctx context.Context, column string, value any) (Account, error) {
	var a Account
	row := s.read.QueryRowContext(ctx,
		"SELECT "+userColumns+", password_hash FROM users WHERE "+column+" = ?", value)
	if err := row.Scan(append(userFields(&a.User), &a.PasswordHash)...); err != nil {
		return Account{}, fmt.Errorf("store: user: %w", absent(err, "user"))
	}
	return a, nil
}

// userFields is where userColumns are scanned to.
func userFields(u *deemster.User) []any {
	return []any{&u.ID, &u.Handle, &u.Email, &u.Role, &u.Plan, &u.Disabled, into(&u.CreatedAt)}
}

// SetUser changes an account's e-mail address, password hash, role, plan and whether it is
// disabled. The error is NotFound when there is no such ID, and a Conflict when the
// address is another's.
func (s *Store) SetUser(ctx context.Context, a Account) error {
	n, err := s.change(ctx, `UPDATE users
		SET email = ?, email_key = ?, password_hash = ?, role = ?, plan = ?, disabled = ? WHERE id = ?`,
		a.Email, fold(a.Email), a.PasswordHash, string(a.Role), string(a.Plan), a.Disabled, a.ID)
	if err != nil {
		return fmt.Errorf("store: set user: %w", s.taken(err))
	}
	if n == 0 {
		return deemster.Errorf(deemster.NotFound, "no such user")
	}
	return nil
}

// CountUsers tells how many accounts there are.
func (s *Store) CountUsers(ctx context.Context) (int, error) {
	var n int
	if err := s.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM users").Scan(&n); err != nil {
		return 0, fmt.Errorf("store: count users: %w", err)
	}
	return n, nil
}

package deemster

import "time"

// Role says what an account may do.
type Role string

// Every role. A setter manages problems; an admin everything.
const (
	RoleUser   Role = "user"
	RoleSetter Role = "setter"
	RoleAdmin  Role = "admin"
)

// Plan says which lane an account's submissions wait in.
type Plan string

// Every plan.
const (
	PlanFree    Plan = "free"
	PlanPremium Plan = "premium"
)

// User is an account as its owner and administrators see it.
type User struct {
	ID        string    `json:"id"`
	Handle    string    `json:"handle"`
	Email     string    `json:"email"`
	Role      Role      `json:"role"`
	Plan      Plan      `json:"plan"`
	Disabled  bool      `json:"disabled"`
	CreatedAt time.Time `json:"created_at"`
}

// Token is a bearer token as its owner sees it: never the token itself.
type Token struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt *time.Time `json:"expires_at,omitempty"`
	LastUsed  *time.Time `json:"last_used_at,omitempty"`
}

// Secret is a value that must not be printed: formatted in any way it is "***".
type Secret string

// String hides the secret.
func (Secret) String() string { return "***" }

// GoString hides the secret from %#v.
func (Secret) GoString() string { return "***" }

// MarshalText hides the secret from JSON and logs.
func (Secret) MarshalText() ([]byte, error) { return []byte("***"), nil }

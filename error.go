package deemster

import (
	"errors"
	"fmt"
	"time"
)

// Kind sorts errors by what the one who asked can do about them. A kind survives the
// bus, and the gateway maps it to an HTTP status in one place.
type Kind string

// Every kind of error.
const (
	Internal     Kind = "internal"     // our fault; the sentence tells nothing of the cause
	Invalid      Kind = "invalid"      // the request cannot be meant; Field says where
	Unauthorized Kind = "unauthorized" // log in first
	Forbidden    Kind = "forbidden"    // logged in, and not allowed
	NotFound     Kind = "not_found"    // absent, or somebody else's
	Conflict     Kind = "conflict"     // taken, or already so
	Stale        Kind = "stale"        // changed by somebody since it was read
	TooLarge     Kind = "too_large"    // over a limit, which the sentence names
	Limited      Kind = "limited"      // over a rate; RetryAfter says when
	Unavailable  Kind = "unavailable"  // a part is away; RetryAfter says when to try again
)

// Error is the one error type that people see. Title is a sentence for them: it names
// the limit and the remedy and no secret. What else is known goes to Cause, which is
// logged and never leaves the process.
type Error struct {
	Kind       Kind          `json:"kind"`
	Title      string        `json:"title"`
	Field      string        `json:"field,omitempty"` // the request's field at fault: "source", "files[3].name"
	RetryAfter time.Duration `json:"retry_after_ns,omitempty"`
	Cause      error         `json:"-"`
}

func (e *Error) Error() string {
	s := e.Title
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an error for people.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Title: fmt.Sprintf(format, args...)}
}

// FieldErrorf makes an [Invalid] error about one field of a request.
func FieldErrorf(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Field: field, Title: fmt.Sprintf(format, args...)}
}

// KindOf tells the kind of err: of the nearest [Error] in its chain, or Internal.
// It is empty for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// PublicError is what may be told of err outside: its nearest [Error] without the
// cause, or a plain "internal error".
func PublicError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		public := *e
		public.Cause = nil
		return &public
	}
	return &Error{Kind: Internal, Title: "internal error"}
}

package store

import (
	"database/sql"
	"time"
)

// micros is t as it is stored: microseconds since 1970, or 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func microsOrZero(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return micros(*t)
}

// instant scans what micros has stored and hands it on.
type instant func(time.Time)

// Scan implements [sql.Scanner].
func (set instant) Scan(src any) error {
	var us sql.NullInt64
	if err := us.Scan(src); err != nil {
		return err
	}
	if us.Int64 == 0 {
		set(time.Time{})
		return nil
	}
	set(time.UnixMicro(us.Int64).UTC())
	return nil
}

// into scans an instant into t.
func into(t *time.Time) instant { return func(v time.Time) { *t = v } }

// intoOptional scans an instant into t, nil when it is not set.
func intoOptional(t **time.Time) instant {
	return func(v time.Time) {
		*t = nil
		if !v.IsZero() {
			*t = &v
		}
	}
}

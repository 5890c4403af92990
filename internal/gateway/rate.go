package gateway

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// Rate is how often something may be done: Count times in Period at once, and then
// again as time passes, evenly. The zero Rate is no limit.
type Rate struct {
	Count  int
	Period time.Duration
}

// Rates are the limits for each account and for each client address.
type Rates struct {
	Submit Rate // submissions accepted
	Run    Rate // runs
	Login  Rate // log-ins, and other tries at a password
	Other  Rate // all requests to the API but log-ins
}

// DefaultRates hold unless set otherwise.
var DefaultRates = Rates{
	Submit: Rate{5, time.Minute},
	Run:    Rate{20, time.Minute},
	Login:  Rate{10, time.Minute},
	Other:  Rate{300, time.Minute},
}

// ParseRate reads "5/m": a count, and s or m for a second or a minute. "0" is no limit.
func ParseRate(s string) (Rate, error) {
	if s == "0" {
		return Rate{}, nil
	}
	count, unit, _ := strings.Cut(s, "/")
	n, err := strconv.Atoi(count)
	period := map[string]time.Duration{"s": time.Second, "m": time.Minute}[unit]
	if err != nil || n < 1 || n > 1_000_000 || period == 0 {
		return Rate{}, fmt.Errorf("rate %q: want a count a second or a minute, as in 5/m, or 0 for no limit", s)
	}
	return Rate{n, period}, nil
}

// UnmarshalText reads a rate from a flag or the environment.
func (r *Rate) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRate(string(text))
	return err
}

// String writes the rate as ParseRate reads it.
func (r Rate) String() string {
	switch r.Period {
	case time.Second:
		return strconv.Itoa(r.Count) + "/s"
	case time.Minute:
		return strconv.Itoa(r.Count) + "/m"
	}
	return "0"
}

// interval is the time after which one more is allowed.
func (r Rate) interval() time.Duration { return r.Period / time.Duration(r.Count) }

// decision is what a limiter said.
type decision struct {
	allowed   bool
	remaining int           // more that would be allowed now
	reset     time.Duration // until all are allowed again
	retry     time.Duration // until one is; 0 when allowed
}

// gcra is the generic cell rate algorithm. full is the time at which the rate is all
// unused again (in the past: it is unused); the answer is the same after one more use.
func gcra(r Rate, now, full time.Time) (after time.Time, d decision) {
	if full.Before(now) {
		full = now
	}
	step := r.interval()
	burst := step * time.Duration(r.Count)
	after = full.Add(step)
	if over := after.Sub(now) - burst; over > 0 {
		return full, decision{reset: full.Sub(now), retry: over}
	}
	return after, decision{
		allowed:   true,
		remaining: int((burst - after.Sub(now)) / step),
		reset:     after.Sub(now),
	}
}

// limiter counts on the bus, for all gateways together. Compare-and-set makes it exact: of
// any number of parallel requests, no more than the rate are allowed.
type limiter struct {
	numbers *bus.Numbers // by key, when its rate is all unused again: nanoseconds since 1970
	clock   func() time.Time
	seed    maphash.Seed
	// queues makes this process's own requests for one key wait for each other here,
	// where it costs less than losing a compare-and-set.
	queues [64]sync.Mutex
}

func newLimiter(numbers *bus.Numbers, clock func() time.Time) *limiter {
	return &limiter{numbers: numbers, clock: clock, seed: maphash.MakeSeed()}
}

// take uses the rate once for each key, or for none. The decision is that of the key
// that leaves the least.
func (l *limiter) take(ctx context.Context, r Rate, keys ...string) (decision, error) {
	least := decision{allowed: true, remaining: r.Count}
	if r.Count == 0 {
		return least, nil
	}
	for i, key := range keys {
		d, err := l.use(ctx, r, key, r.interval())
		if err != nil {
			return d, err
		}
		if !d.allowed {
			for _, used := range keys[:i] {
				if _, err := l.use(ctx, r, used, -r.interval()); err != nil {
					return d, err
				}
			}
			return d, nil
		}
		if i == 0 || d.remaining < least.remaining {
			least = d
		}
	}
	return least, nil
}

// use moves the key's time by step: forward as far as the rate allows, or back.
func (l *limiter) use(ctx context.Context, r Rate, key string, step time.Duration) (decision, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	queue := &l.queues[maphash.String(l.seed, key)%uint64(len(l.queues))]
	queue.Lock()
	defer queue.Unlock()
	for {
		nanos, revision, err := l.numbers.Get(ctx, key)
		if err != nil {
			return decision{}, rateError(err)
		}
		full := time.Unix(0, nanos)
		after, d := full.Add(step), decision{allowed: true}
		if step > 0 {
			if after, d = gcra(r, l.clock(), full); !d.allowed {
				return d, nil
			}
		}
		set, err := l.numbers.Set(ctx, key, after.UnixNano(), revision)
		if err != nil {
			return decision{}, rateError(err)
		}
		if set {
			return d, nil
		}
	}
}

func rateError(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &deemster.Error{
		Kind: deemster.Unavailable, Title: "requests cannot be counted now; try again shortly",
		RetryAfter: time.Second, Cause: fmt.Errorf("gateway: count a request: %w", err),
	}
}

// Keys. The bus allows few characters in them, hence hexadecimal.

func accountKey(class, account string) string {
	return class + ".account." + hex.EncodeToString([]byte(account))
}

func addressKey(class string, a netip.Addr) string {
	if !a.IsValid() {
		return class + ".address.none"
	}
	return class + ".address." + hex.EncodeToString(network(a).AsSlice())
}

// header tells the client where it stands, after draft-ietf-httpapi-ratelimit-headers.
func (d decision) header(h http.Header, class string, r Rate) {
	if r.Count == 0 {
		return
	}
	h.Set("RateLimit-Policy", fmt.Sprintf("%q;q=%d;w=%d", class, r.Count, wholeSeconds(r.Period)))
	reset := d.reset
	if !d.allowed {
		reset = d.retry
	}
	h.Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", class, d.remaining, wholeSeconds(reset)))
}

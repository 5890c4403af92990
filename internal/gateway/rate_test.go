package gateway

import (
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseRate(t *testing.T) {
	for text, want := range map[string]Rate{"5/m": {5, time.Minute}, "300/s": {300, time.Second}, "0": {}} {
		got, err := ParseRate(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("ParseRate(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "5", "5/", "/m", "-1/m", "0/m", "5/h", "5.5/m", "5/m ", "9999999/s"} {
		if got, err := ParseRate(text); err == nil {
			t.Errorf("ParseRate(%q) = %v, want an error", text, got)
		}
	}
}

// Whatever the times of the requests: in no stretch of time are more allowed than the
// burst and what the stretch refills, and who waits as told is allowed.
func TestGCRA(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate{rapid.IntRange(1, 20).Draw(t, "count"), time.Minute}
		start := time.Unix(1_700_000_000, 0)
		now, full := start, time.Time{}
		var allowed []time.Time
		for range rapid.IntRange(1, 80).Draw(t, "requests") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(20*time.Second)).Draw(t, "gap")))
			after, d := gcra(r, now, full)
			if !d.allowed {
				if after != full && full.After(now) {
					t.Fatalf("a refusal used the rate")
				}
				if _, then := gcra(r, now.Add(d.retry), full); !then.allowed {
					t.Fatalf("refused after waiting for %v as told", d.retry)
				}
				if _, then := gcra(r, now.Add(d.retry-1), full); then.allowed {
					t.Fatalf("told to wait longer than needed")
				}
				continue
			}
			full = after
			allowed = append(allowed, now)
			for i, from := range allowed {
				if n, most := len(allowed)-i, r.Count+int(now.Sub(from)/r.interval()); n > most {
					t.Fatalf("%d allowed in %v, at most %d may be", n, now.Sub(from), most)
				}
			}
			for i := range d.remaining + 1 {
				var then decision
				if after, then = gcra(r, now, after); then.allowed != (i < d.remaining) {
					t.Fatalf("%d were said to remain, but the next %d: allowed %v", d.remaining, i+1, then.allowed)
				}
			}
		}
	})
}

// Two gateways on one bus, fifty requests at the same instant: five.
func TestLimiterIsExact(t *testing.T) {
	b := openBus(t)
	now := time.Unix(1_700_000_000, 0)
	var limiters []*limiter
	for range 2 {
		numbers, err := b.Numbers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		limiters = append(limiters, newLimiter(numbers, func() time.Time { return now }))
	}
	rate := Rate{5, time.Minute}
	var allowed atomic.Int32
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			d, err := limiters[i%2].take(t.Context(), rate, "test.a", "test.b")
			if err != nil {
				t.Error(err)
			}
			if d.allowed {
				allowed.Add(1)
			}
		})
	}
	wg.Wait()
	if allowed.Load() != 5 {
		t.Errorf("%d of 50 parallel requests were allowed, want 5", allowed.Load())
	}
}

// What one key refuses is not taken from the others.
func TestLimiterGivesBack(t *testing.T) {
	numbers, err := openBus(t).Numbers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1_700_000_000, 0)
	l := newLimiter(numbers, func() time.Time { return now })
	rate := Rate{2, time.Minute}
	take := func(want bool, keys ...string) {
		t.Helper()
		d, err := l.take(t.Context(), rate, keys...)
		if err != nil || d.allowed != want {
			t.Errorf("take %v: allowed %v, %v; want %v", keys, d.allowed, err, want)
		}
	}
	take(true, "x")
	take(true, "x")
	take(false, "y", "x")
	take(false, "y", "x")
	take(true, "y")
	take(true, "y")
	take(false, "y")
}

func TestClientAddress(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, test := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "198.51.100.7:1234", nil, "198.51.100.7"},
		{"a client's own header", "198.51.100.7:1234", []string{"203.0.113.1"}, "198.51.100.7"},
		{"a proxy", "10.0.0.1:80", []string{"203.0.113.1"}, "203.0.113.1"},
		{"two proxies", "10.0.0.1:80", []string{"203.0.113.1, 10.0.0.2"}, "203.0.113.1"},
		{"forged left part", "10.0.0.1:80", []string{"192.0.2.99, 203.0.113.1"}, "203.0.113.1"},
		{"forged in a header of its own", "10.0.0.1:80", []string{"192.0.2.99", "203.0.113.1"}, "203.0.113.1"},
		{"nonsense", "10.0.0.1:80", []string{"203.0.113.1, unknown"}, "10.0.0.1"},
		{"a proxy without the header", "10.0.0.1:80", nil, "10.0.0.1"},
		{"only proxies", "10.0.0.1:80", []string{"10.0.0.3"}, "10.0.0.3"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:80", []string{"::ffff:203.0.113.1"}, "203.0.113.1"},
		{"IPv6 with a zone", "[::1]:80", []string{"fe80::1%eth0"}, "fe80::1"},
	} {
		r := &http.Request{RemoteAddr: test.peer, Header: http.Header{"X-Forwarded-For": test.forwarded}}
		if got := trusted.client(r).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	a, b := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::ffff:2")
	if addressKey("other", a) != addressKey("other", b) {
		t.Error("two addresses of one IPv6 network are counted apart")
	}
	if addressKey("other", a) == addressKey("login", a) {
		t.Error("two classes are counted together")
	}
}

package app

import (
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/executor"
	"github.com/deemster-oj/deemster/internal/gateway"
	"github.com/deemster-oj/deemster/internal/lang"
)

// Settings are what a person may choose. The tags make each a flag and an environment
// variable; [Settings.complete] fills what was not chosen.
type Settings struct {
	Addr    string   `default:"127.0.0.1:8080" env:"DEEMSTER_ADDR" placeholder:"HOST:PORT" help:"Where the gateway listens (${default}). Port 0 takes a free one."`
	Data    string   `default:"./data" env:"DEEMSTER_DATA" placeholder:"DIR" help:"Where everything is kept that has no place of its own (${default})."`
	DB      string   `env:"DEEMSTER_DB" placeholder:"SPEC" help:"SQL database: sqlite:FILE or mysql:DSN (sqlite:DATA/deemster.db)."`
	Docs    string   `env:"DEEMSTER_DOCS" placeholder:"SPEC" help:"Document store: sqlite:FILE (sqlite:DATA/documents.db)."`
	Blobs   string   `env:"DEEMSTER_BLOBS" placeholder:"SPEC" help:"Blob store: dir:PATH (dir:DATA/blobs)."`
	Bus     string   `env:"DEEMSTER_BUS" placeholder:"SPEC" help:"Message bus: embedded:DIR or nats://HOST:PORT (embedded:DATA/bus)."`
	Samples bool     `default:"true" env:"DEEMSTER_SAMPLES" negatable:"" help:"Load the sample problems when the catalog is empty."`
	Rate    []string `env:"DEEMSTER_RATE" placeholder:"CLASS=N/UNIT" help:"Requests allowed for each account and address, as in submit=5/m; classes submit, run, login and other; 0 is no limit. Also DEEMSTER_RATE_SUBMIT=5/m and so on."`
	Proxies []string `name:"trusted-proxies" env:"DEEMSTER_TRUSTED_PROXIES" placeholder:"CIDR" help:"Proxies whose word on a client's address is taken."`

	SecureCookies bool   `env:"DEEMSTER_SECURE_COOKIES" help:"Mark cookies as for TLS only, where it ends at a proxy that does not say so."`
	OpsAddr       string `env:"DEEMSTER_OPS_ADDR" placeholder:"HOST:PORT" help:"Serve /metrics here, and not at the gateway's address."`

	Box        string        `default:"native" env:"DEEMSTER_BOX" placeholder:"SPEC" help:"What programs are boxed with: native, oci:runc, oci:crun, oci:runsc (or a path after oci:), docker:HOST (${default})."`
	Image      string        `env:"DEEMSTER_IMAGE" placeholder:"DIR" help:"Root file system that boxes see, as scripts/make-image makes it; with docker the name of an image (this machine's own toolchains)."`
	Slots      int           `env:"DEEMSTER_SLOTS" placeholder:"N" help:"Submissions an executor judges at a time (the cores but one)."`
	Cache      deemster.Size `default:"2GiB" env:"DEEMSTER_CACHE_BYTES" name:"cache-bytes" placeholder:"SIZE" help:"Disk an executor may use for test data (${default})."`
	Tools      string        `name:"language-cache" env:"DEEMSTER_LANGUAGE_CACHE" placeholder:"DIR" help:"What languages need to compile faster; shared by the processes of a machine (root: /var/cache/deemster/languages; others: their cache directory)."`
	Allowances string        `env:"DEEMSTER_ALLOWANCES" placeholder:"FILE" type:"existingfile" help:"YAML that changes what languages are allowed beyond a problem's limits; see deemster languages --help."`
	Grace      time.Duration `default:"10s" env:"DEEMSTER_GRACE" placeholder:"TIME" help:"How long judging may go on after the signal to stop (${default})."`

	// AdminPassword is for the first start. It has no flag: others could read it in the
	// list of processes.
	AdminPassword deemster.Secret `kong:"-"`
}

// The environment variables that have no flag.
const (
	envAdminPassword = "DEEMSTER_ADMIN_PASSWORD"
	envRatePrefix    = "DEEMSTER_RATE_"
)

// complete fills what was not chosen, from the data directory and the environment.
func (s Settings) complete() (Settings, error) {
	data, err := filepath.Abs(s.Data)
	if err != nil {
		return s, fmt.Errorf("data directory: %w", err)
	}
	s.Data = data
	for spec, standard := range map[*string]string{
		&s.DB:    "sqlite:" + filepath.Join(data, "deemster.db"),
		&s.Docs:  "sqlite:" + filepath.Join(data, "documents.db"),
		&s.Blobs: "dir:" + filepath.Join(data, "blobs"),
		&s.Bus:   "embedded:" + filepath.Join(data, "bus"),
	} {
		if *spec == "" {
			*spec = standard
		}
	}
	if s.Tools == "" {
		if s.Tools, err = lang.DefaultCacheDir(); err != nil { // a service without a home
			s.Tools = filepath.Join(data, "languages")
		}
	}
	if s.Slots < 0 || s.Slots > 1024 {
		return s, fmt.Errorf("--slots %d: want 1 to 1024", s.Slots)
	}
	if s.Slots == 0 {
		s.Slots = executor.DefaultSlots()
	}
	if s.AdminPassword == "" {
		s.AdminPassword = deemster.Secret(os.Getenv(envAdminPassword))
	}
	return s, nil
}

// rates are the gateway's limits: its own, unless the environment, unless a flag says
// otherwise.
func (s Settings) rates() (gateway.Rates, error) {
	rates := gateway.DefaultRates
	classes := map[string]*gateway.Rate{
		"submit": &rates.Submit, "run": &rates.Run, "login": &rates.Login, "other": &rates.Other,
	}
	for class, rate := range classes {
		name := envRatePrefix + strings.ToUpper(class)
		if value := os.Getenv(name); value != "" {
			if err := rate.UnmarshalText([]byte(value)); err != nil {
				return rates, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	for _, setting := range s.Rate {
		class, value, _ := strings.Cut(setting, "=")
		rate, ok := classes[class]
		if !ok {
			names := slices.Sorted(maps.Keys(classes))
			return rates, fmt.Errorf("--rate %s: want one of the classes %s, as in submit=5/m", setting, strings.Join(names, ", "))
		}
		if err := rate.UnmarshalText([]byte(value)); err != nil {
			return rates, fmt.Errorf("--rate %s: %w", setting, err)
		}
	}
	return rates, nil
}

// proxies are the trusted proxies: addresses, or networks as in 10.0.0.0/8.
func (s Settings) proxies() ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, name := range s.Proxies {
		prefix, err := netip.ParsePrefix(name)
		if addr, addrErr := netip.ParseAddr(name); addrErr == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %s: want an address or a network, as in 10.0.0.0/8", name)
		}
		proxies = append(proxies, prefix)
	}
	return proxies, nil
}

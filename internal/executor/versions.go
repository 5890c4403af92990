package executor

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// keptVersions is how many problem versions are kept in memory. The largest is some
// hundred kilobytes.
const keptVersions = 32

// versions keeps the problem versions that were judged against last. A version never
// changes, so what is kept is never wrong.
type versions struct {
	bus *bus.Bus

	mu   sync.Mutex
	kept []deemster.ProblemVersion // the last used at the end
}

// get finds a version here or asks the catalog for it.
func (v *versions) get(ctx context.Context, slug string, number int) (deemster.ProblemVersion, error) {
	if version, ok := v.find(slug, number); ok {
		return version, nil
	}
	version, err := bus.Call(ctx, v.bus, bus.GetVersion, bus.BySlugVersion{Slug: slug, Version: number})
	if err != nil {
		return version, fmt.Errorf("executor: version %d of problem %s: %w", number, slug, err)
	}
	v.keep(version)
	return version, nil
}

func (v *versions) find(slug string, number int) (deemster.ProblemVersion, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	i := v.index(slug, number)
	if i < 0 {
		return deemster.ProblemVersion{}, false
	}
	version := v.kept[i]
	v.kept = append(slices.Delete(v.kept, i, i+1), version)
	return version, true
}

func (v *versions) keep(version deemster.ProblemVersion) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.index(version.Slug, version.Version) >= 0 {
		return
	}
	if len(v.kept) == keptVersions {
		v.kept = slices.Delete(v.kept, 0, 1)
	}
	v.kept = append(v.kept, version)
}

func (v *versions) index(slug string, number int) int {
	return slices.IndexFunc(v.kept, func(p deemster.ProblemVersion) bool {
		return p.Slug == slug && p.Version == number
	})
}

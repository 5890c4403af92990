package lang

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Identity is other text for every language, and for every other toolchain of it that was
// found, as far as versions, sizes and times of change tell.
func (l Language) Identity() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q %q", l.ID, l.root, l.version)
	for _, name := range slices.Sorted(maps.Keys(l.found)) {
		fmt.Fprintf(&b, " %q %q %q", name, l.found[name].place, l.found[name].stamp)
	}
	return b.String()
}

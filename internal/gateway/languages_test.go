package gateway

import (
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

func TestExecutorsLanguages(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	x := newExecutors(func() time.Time { return now })
	check := func(id string, want deemster.Kind) {
		t.Helper()
		if _, err := x.language(id); deemster.KindOf(err) != want {
			t.Errorf("%s after %v: %v, want kind %q", id, now.Sub(time.Unix(1_700_000_000, 0)), err, want)
		}
	}
	java := deemster.LanguageInfo{ID: "java", Name: "Java"}
	missing := java
	missing.Missing = "install openjdk-17-jdk-headless"
	java.Available = true
	check("python3", deemster.Unavailable) // nothing is known yet

	x.hear(deemster.ExecutorInfo{ID: "a", Host: "one", Languages: []deemster.LanguageInfo{python, missing}})
	check("python3", "")
	check("cobol", deemster.Invalid)
	check("java", deemster.Invalid)
	if _, err := x.language("java"); !strings.Contains(err.Error(), "openjdk-17") {
		t.Errorf("the error does not name the package: %v", err)
	}
	x.hear(deemster.ExecutorInfo{ID: "b", Host: "two", Languages: []deemster.LanguageInfo{java, python}})
	check("java", "")
	if n := len(x.alive()); n != 2 {
		t.Errorf("%d alive, want 2", n)
	}

	now = now.Add(time.Minute) // both restart
	if n := len(x.alive()); n != 0 {
		t.Errorf("%d alive after a minute of silence", n)
	}
	check("java", "")
	now = now.Add(24 * time.Hour)
	check("java", "") // still the last that was known

	x.hear(deemster.ExecutorInfo{ID: "c", Host: "two", Languages: []deemster.LanguageInfo{python}}) // without Java now
	check("python3", "")
	check("java", deemster.Invalid)
}

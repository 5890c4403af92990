package cgroup

import (
	"os"
	"path/filepath"
	"testing"
)

// A base is removed by others only when its owner is gone. Any directory shows it.
func TestOnlyUnlockedBasesAreStale(t *testing.T) {
	parent := t.TempDir()
	living, err := newBase(parent)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(parent, basePrefix+"1-00000000")
	for _, dir := range []string{left, filepath.Join(left, "7"), filepath.Join(living.dir, "1"), filepath.Join(parent, "others")} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	second, err := newBase(parent)
	if err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]bool{
		left: false, living.dir: true, filepath.Join(living.dir, "1"): true, second.dir: true, filepath.Join(parent, "others"): true,
	} {
		if _, err := os.Stat(dir); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", dir, err == nil, want)
		}
	}
	living.lock.close() // its owner dies
	removeStale(parent)
	if _, err := os.Stat(living.dir); err == nil {
		t.Error("what a dead owner left is still there")
	}
}

package image_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// An image directory gives all, and a link that leads out of it stays a link: nothing of
// the host comes in with it.
func TestDirectory(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"usr/bin", "etc/alternatives", "etc/java-17", "root"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"bin": "usr/bin", "lib": "/usr/lib", "etc/php": "/etc/shadow"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	i, err := image.Open(dir, []image.Dir{{Host: "/var/cache/x", Box: "/cache"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []image.Mount{
		{Source: dir + "/usr", Target: "/usr"},
		{Source: dir + "/etc/alternatives", Target: "/etc/alternatives"},
		{Source: dir + "/etc/java-17", Target: "/etc/java-17"},
		{Source: "/var/cache/x", Target: "/cache"},
	}
	if !slices.Equal(i.Mounts, want) {
		t.Errorf("mounts %v, want %v", i.Mounts, want)
	}
	for _, link := range []image.Link{{Name: "/bin", Target: "usr/bin"}, {Name: "/lib", Target: "/usr/lib"}, {Name: "/etc/php", Target: "/etc/shadow"}} {
		if !slices.Contains(i.Links, link) {
			t.Errorf("no link %v in %v", link, i.Links)
		}
	}
}

func TestDirectoryWithoutAnImage(t *testing.T) {
	_, err := image.Open(t.TempDir(), nil)
	if err == nil || !strings.Contains(err.Error(), "scripts/make-image") {
		t.Errorf("got %v", err)
	}
}

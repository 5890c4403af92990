// Package image describes what a box sees of the world: toolchains, read-only, a few
// devices, a handful of small files, and nothing else. Where it comes from is either this
// machine or a directory that holds another root file system: see [Open].
//
// An engine gives boxes the description by [Image.Assemble], or in its own way.
package image

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Dir is a directory of the host that boxes see besides their image, read-only.
type Dir struct {
	Host string
	Box  string // absolute
}

// Image is the root file system of boxes, without what each has of its own: /code,
// /scratch and /proc are empty directories in it.
type Image struct {
	Root    string // the directory of this machine that Mounts of toolchains lie in
	Dirs    []string
	Links   []Link
	Files   []File
	Devices []string // character devices of this machine, the same in the box
	Mounts  []Mount
}

// Link is a symbolic link in the box.
type Link struct{ Name, Target string }

// File is a small file in the box, readable by all.
type File struct{ Name, Content string }

// Mount is a file or directory of the host that the box sees, read-only, without what is
// mounted below it, with neither devices nor set-user-id.
type Mount struct{ Source, Target string }

// toolchains are the places programs come from. Those that are links in the image ("/bin"
// on a merged-/usr system) become the same links.
var toolchains = []string{"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt"}

// settings are the parts of /etc, and of the like, that toolchains read. Nothing else of
// those is there.
var settings = []string{
	"/etc/alternatives", "/etc/ld.so.cache", "/etc/java*", "/etc/fpc*", "/etc/ghc", "/etc/mono", "/etc/php",
	"/etc/R", "/etc/gnucobol", "/etc/ldc2.conf", "/etc/nim", "/etc/racket",
	"/var/lib/ghc", // where Debian keeps the list of GHC's own libraries
}

// own is what every image has, wherever the rest comes from.
func own() *Image {
	return &Image{
		Dirs: []string{"/code", "/scratch", "/proc", "/etc", "/dev"},
		Links: []Link{
			{"/tmp", "scratch"}, {"/dev/shm", "../scratch"}, {"/dev/fd", "/proc/self/fd"},
			{"/dev/stdin", "/proc/self/fd/0"}, {"/dev/stdout", "/proc/self/fd/1"}, {"/dev/stderr", "/proc/self/fd/2"},
		},
		Files: []File{
			{"/etc/passwd", "nobody:x:1:1:nobody:/scratch:/bin/sh\n"},
			{"/etc/group", "nogroup:x:1:\n"},
			{"/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
			{"/etc/hosts", "127.0.0.1 localhost\n"},
		},
		Devices: []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"},
	}
}

// Open gives the image in a directory, or this machine's own when dir is empty, and the
// further directories.
func Open(dir string, readOnly []Dir) (*Image, error) {
	i := own()
	i.Root = "/"
	if dir != "" {
		var err error
		if i.Root, err = filepath.Abs(dir); err != nil {
			return nil, fmt.Errorf("image: %w", err)
		}
		if info, err := os.Stat(filepath.Join(i.Root, "usr")); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("image: %s holds no root file system: it has no directory usr; make one with scripts/make-image %s", dir, dir)
		}
	}
	for _, path := range toolchains {
		if err := i.add(path); err != nil {
			return nil, fmt.Errorf("image: %w", err)
		}
	}
	for _, pattern := range settings {
		found, _ := filepath.Glob(filepath.Join(i.Root, pattern)) // the patterns are well-formed
		for _, path := range found {
			if err := i.add("/" + strings.TrimPrefix(strings.TrimPrefix(path, i.Root), "/")); err != nil {
				return nil, fmt.Errorf("image: %w", err)
			}
		}
	}
	for _, d := range readOnly {
		i.Mounts = append(i.Mounts, Mount{Source: d.Host, Target: filepath.Clean(d.Box)})
	}
	return i, nil
}

// add adds what is at a path of the root: a link as the same link, what is not there not
// at all. A link is never followed here: it may lead out of the root.
func (i *Image) add(path string) error {
	source := filepath.Join(i.Root, path)
	info, err := os.Lstat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode()&os.ModeSymlink == 0 {
		i.Mounts = append(i.Mounts, Mount{Source: source, Target: path})
		return nil
	}
	target, err := os.Readlink(source)
	if err != nil {
		return err
	}
	i.Links = append(i.Links, Link{Name: path, Target: target})
	return nil
}

package pack

import (
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

// File is a file of a package, read when it is needed.
type File struct {
	Path string         // in the package: "data/secret/1.in"
	Size deemster.Bytes // as the package tells it; reading more is an error
	open func() (io.ReadCloser, error)
}

// Open opens the file for reading. A file of a zip that turns out damaged or larger than
// the zip says gives an Invalid error.
func (f File) Open() (io.ReadCloser, error) { return f.open() }

// Read reads a whole file of at most limit bytes; a larger one gives a TooLarge error.
func (f File) Read(limit deemster.Bytes) ([]byte, error) {
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err == nil && len(content) > int(limit) {
		err = deemster.Errorf(deemster.TooLarge, "is larger than %s", limit)
	}
	if err != nil {
		return nil, fmt.Errorf("pack: read %s: %w", f.Path, err)
	}
	return content, nil
}

// content reads a small file. One that is too large is a finding, and not ok.
func (p *Package) content(f File, limit deemster.Bytes) (content []byte, ok bool, err error) {
	content, err = f.Read(limit)
	if deemster.KindOf(err) == deemster.TooLarge {
		p.errorf(f.Path, "%s", deemster.PublicError(err).Title)
		return nil, false, nil
	}
	return content, err == nil, err
}

// tree is all files of a package, whatever it comes from.
type tree struct {
	files map[string]File
	paths []string // sorted
}

func (t *tree) add(f File) {
	if t.files == nil {
		t.files = make(map[string]File)
	}
	t.files[f.Path] = f
	t.paths = append(t.paths, f.Path)
}

// under lists the files in a directory and below it, by path relative to it.
func (t *tree) under(dir string) []string {
	first, _ := slices.BinarySearch(t.paths, dir+"/")
	var names []string
	for _, p := range t.paths[first:] {
		name, inside := strings.CutPrefix(p, dir+"/")
		if !inside {
			break
		}
		names = append(names, name)
	}
	return names
}

// goodName is what the format allows a file or directory to be called.
var goodName = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$`)

// settingsNames are the files that count although their names begin with a period.
var settingsNames = []string{".timelimit"}

// ignored reports whether the format wants a file or directory treated as if it were not
// there, and whether that may surprise its author.
func ignored(name string) (ignore, surprising bool) {
	if slices.Contains(settingsNames, name) {
		return false, false
	}
	for element := range strings.SplitSeq(name, "/") {
		switch {
		case strings.HasPrefix(element, "."), element == "__MACOSX":
			return true, false
		case !goodName.MatchString(element):
			return true, true
		}
	}
	return false, false
}

// treeOfFS lists the files of a directory.
func treeOfFS(files fs.FS, p *Package) (*tree, error) {
	t := &tree{}
	var entries int
	var total deemster.Bytes
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if entries++; entries > MaxEntries {
			return tooManyEntries()
		}
		if ignore, surprising := ignored(name); ignore {
			if surprising {
				p.warnf(fmt.Sprintf("%.100q", name), "is ignored: names may have letters, digits and _.- only")
			}
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		info, err := fs.Stat(files, name) // follows links, which cannot leave an os.Root
		if err != nil || !info.Mode().IsRegular() {
			p.errorf(name, "is not a file, or is a link that leaves the package or leads to a directory")
			return nil
		}
		size := deemster.Bytes(info.Size())
		if total += size; size > MaxFile || total > MaxTotal {
			return tooLarge(name)
		}
		t.add(File{name, size, func() (io.ReadCloser, error) { return files.Open(name) }})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	slices.Sort(t.paths)
	return t, nil
}

func tooManyEntries() error {
	return deemster.Errorf(deemster.TooLarge, "the package has more than %d files and directories", MaxEntries)
}

func tooLarge(name string) error {
	return deemster.Errorf(deemster.TooLarge,
		"the package is too large at %.100q: one file may have %s, all together %s", name, MaxFile, MaxTotal)
}

package pack

import (
	"archive/zip"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

const (
	// maxZipDirectory bounds what is read to list a zip. 20,000 entries with long names
	// need less than a quarter of it.
	maxZipDirectory = 8 * deemster.MiB
	// A package that unpacks to more than freeSize may not be more than maxRatio times
	// as large as its zip.
	freeSize = 64 * deemster.MiB
	maxRatio = 200
	// maxZipName bounds a name, whose parents are all looked at.
	maxZipName = 1000
)

func hostile(name, format string, args ...any) error {
	return deemster.Errorf(deemster.Invalid, "the zip is refused: entry %.100q %s", name, fmt.Sprintf(format, args...))
}

// treeOfZip checks every entry of a zip and lists its files, leaving out the one
// directory they may all be in, which it names.
func treeOfZip(r io.ReaderAt, size int64, p *Package) (t *tree, top string, err error) {
	source := &budgetReader{r, int64(maxZipDirectory)}
	archive, err := zip.NewReader(source, size)
	if errors.Is(err, errBudget) {
		return nil, "", tooManyEntries()
	}
	if err != nil {
		return nil, "", &deemster.Error{Kind: deemster.Invalid, Title: "the package is not a zip that can be read", Cause: err}
	}
	source.left = -1
	if err := checkEntries(archive.File, size); err != nil {
		return nil, "", err
	}
	if err := checkOverlap(archive.File, size); err != nil {
		return nil, "", err
	}
	top = topDirectory(archive.File)
	t = &tree{}
	for _, entry := range archive.File {
		name := strings.TrimPrefix(entry.Name, top)
		if strings.HasSuffix(name, "/") || name == "" {
			continue
		}
		if ignore, surprising := ignored(name); ignore {
			if surprising {
				p.warnf(fmt.Sprintf("%.100q", name), "is ignored: names may have letters, digits and _.- only")
			}
			continue
		}
		t.add(File{name, deemster.Bytes(entry.UncompressedSize64), func() (io.ReadCloser, error) { return openEntry(entry) }})
	}
	slices.Sort(t.paths)
	return t, strings.TrimSuffix(top, "/"), nil
}

// checkEntries refuses a zip for what its directory says of its entries.
func checkEntries(entries []*zip.File, size int64) error {
	if len(entries) > MaxEntries {
		return tooManyEntries()
	}
	var total deemster.Bytes
	isFile := make(map[string]bool, len(entries))
	spelling := make(map[string]string) // of each path and its parents, whatever the case
	for _, e := range entries {
		if err := checkEntry(e); err != nil {
			return err
		}
		// Neither addend is above MaxTotal here, so the sum cannot overflow.
		if total += deemster.Bytes(e.UncompressedSize64); total > MaxTotal {
			return tooLarge(e.Name)
		}
		name, isDir := strings.CutSuffix(e.Name, "/")
		if _, twice := isFile[name]; twice {
			return hostile(e.Name, "is there twice")
		}
		isFile[name] = !isDir
		for dir := name; dir != "."; dir = path.Dir(dir) {
			folded := strings.ToLower(dir)
			if seen, ok := spelling[folded]; ok && seen != dir {
				return hostile(e.Name, "differs from %.100q in case only", seen)
			}
			spelling[folded] = dir
		}
	}
	for _, e := range entries {
		for dir := path.Dir(strings.TrimSuffix(e.Name, "/")); dir != "."; dir = path.Dir(dir) {
			if isFile[dir] {
				return hostile(e.Name, "is in a directory that is a file")
			}
		}
	}
	if total > freeSize && total > maxRatio*deemster.Bytes(size) {
		return deemster.Errorf(deemster.TooLarge, "the zip is refused: it unpacks to more than %d times its size", maxRatio)
	}
	return nil
}

// checkEntry refuses an entry for its name, kind or size.
func checkEntry(e *zip.File) error {
	name := strings.TrimSuffix(e.Name, "/")
	switch {
	case len(e.Name) > maxZipName:
		return hostile(e.Name, "has a name of more than %d bytes", maxZipName)
	case !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:\x00") || !utf8.ValidString(name):
		return hostile(e.Name, "has a name that could lead out of the package")
	case e.Mode()&fs.ModeType != 0 && e.Mode()&fs.ModeType != fs.ModeDir:
		return hostile(e.Name, "is a link or a device")
	case e.Mode().IsDir() != strings.HasSuffix(e.Name, "/"):
		return hostile(e.Name, "is half a directory")
	case e.Flags&1 != 0:
		return hostile(e.Name, "is encrypted")
	case e.Method != zip.Store && e.Method != zip.Deflate:
		return hostile(e.Name, "is compressed by method %d; only stored and deflated entries are read", e.Method)
	case e.UncompressedSize64 > uint64(MaxFile):
		return tooLarge(e.Name)
	}
	return nil
}

// checkOverlap refuses a zip in which two entries share data, the trick of bombs.
func checkOverlap(entries []*zip.File, size int64) error {
	type span struct {
		start, end int64
		name       string
	}
	spans := make([]span, 0, len(entries))
	for _, e := range entries {
		start, err := e.DataOffset()
		if err != nil || e.CompressedSize64 > uint64(size) || start+int64(e.CompressedSize64) > size {
			return hostile(e.Name, "has no data in the zip")
		}
		spans = append(spans, span{start, start + int64(e.CompressedSize64), e.Name})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(spans); i++ {
		if spans[i].start < spans[i-1].end || spans[i].start == spans[i-1].start {
			return hostile(spans[i].name, "overlaps %.100q", spans[i-1].name)
		}
	}
	return nil
}

// topDirectory is the directory that all of the package is in, with a slash, or nothing
// when problem.yaml is at the top.
func topDirectory(entries []*zip.File) string {
	top := ""
	for _, e := range entries {
		first, _, inside := strings.Cut(e.Name, "/")
		if ignore, surprising := ignored(first); ignore && !surprising {
			continue
		}
		if !inside || (top != "" && top != first+"/") {
			return ""
		}
		top = first + "/"
	}
	return top
}

// openEntry opens an entry so that it yields no byte more than it said, and faults of
// the zip are told from ours.
func openEntry(e *zip.File) (io.ReadCloser, error) {
	r, err := e.Open()
	if err != nil {
		return nil, damaged(e, err)
	}
	return &entryReader{r, e, int64(e.UncompressedSize64)}, nil
}

type entryReader struct {
	io.ReadCloser
	entry *zip.File
	left  int64
}

func (r *entryReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, hostile(r.entry.Name, "is larger than it says")
	}
	return n, damaged(r.entry, err)
}

// damaged makes an Invalid error of what reading an entry gives when the zip is at fault.
func damaged(e *zip.File, err error) error {
	var corrupt flate.CorruptInputError
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt) {
		return &deemster.Error{Kind: deemster.Invalid, Title: fmt.Sprintf("the zip is damaged at entry %.100q", e.Name), Cause: err}
	}
	return err
}

var errBudget = errors.New("pack: the zip's directory is too large")

// budgetReader reads no more than left bytes in all, or without a bound when left is
// negative.
type budgetReader struct {
	io.ReaderAt
	left int64
}

func (b *budgetReader) ReadAt(p []byte, offset int64) (int, error) {
	if b.left >= 0 {
		if int64(len(p)) > b.left {
			return 0, errBudget
		}
		b.left -= int64(len(p))
	}
	return b.ReaderAt.ReadAt(p, offset)
}

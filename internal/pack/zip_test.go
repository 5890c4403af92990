package pack_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
)

// craft makes a zip of the good small package with more entries, written as they are.
func craft(t testing.TB, more ...zip.FileHeader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	old, err := zip.NewReader(bytes.NewReader(small.zip(t, "")), int64(len(small.zip(t, ""))))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range more {
		if strings.HasSuffix(h.Name, "/") {
			if _, err := w.CreateRaw(&h); err != nil {
				t.Fatal(err)
			}
			continue
		}
		h.UncompressedSize64 = cmp.Or(h.UncompressedSize64, uint64(len(body)))
		h.CompressedSize64, h.CRC32 = uint64(len(body)), crc32.ChecksumIEEE([]byte(body))
		entry, err := w.CreateRaw(&h)
		if err == nil {
			_, err = io.WriteString(entry, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const body = "body"

func named(name string) zip.FileHeader { return zip.FileHeader{Name: name} }

func moded(name string, mode fs.FileMode) zip.FileHeader {
	h := named(name)
	h.SetMode(mode)
	return h
}

func sized(name string, size deemster.Bytes) zip.FileHeader {
	return zip.FileHeader{Name: name, UncompressedSize64: uint64(size)}
}

// TestHostileZip gives zips that want to lead elsewhere, or to be larger than they look.
// Each is refused as a whole, with an error that says why.
func TestHostileZip(t *testing.T) {
	var many, long []zip.FileHeader
	for i := range pack.MaxEntries + 1 {
		many = append(many, named(fmt.Sprint("x", i)))
		long = append(long, named(fmt.Sprint(strings.Repeat("x", 450), i)))
	}
	overlapping := craft(t, named("x"), named("y"))
	directory := bytes.LastIndex(overlapping, []byte("PK\x01\x02"))
	first := bytes.Index(overlapping, []byte("PK\x01\x02"))
	copy(overlapping[directory+42:directory+46], overlapping[first+42:first+46]) // both begin where the first does
	outside := craft(t, named("x"))
	directory = bytes.LastIndex(outside, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(outside[directory+20:], 1<<30) // compressed size

	for name, c := range map[string]struct {
		zip  []byte
		kind deemster.Kind
		want string
	}{
		"nothing":               {nil, deemster.Invalid, "not a zip"},
		"text":                  {[]byte("hello"), deemster.Invalid, "not a zip"},
		"cut off":               {small.zip(t, "")[:500], deemster.Invalid, "not a zip"},
		"parent":                {craft(t, named("../x")), deemster.Invalid, "could lead out"},
		"parent inside":         {craft(t, named("data/../../x")), deemster.Invalid, "could lead out"},
		"parent of a directory": {craft(t, named("data/../")), deemster.Invalid, "could lead out"},
		"absolute":              {craft(t, named("/etc/x")), deemster.Invalid, "could lead out"},
		"backslashes":           {craft(t, named(`..\x`)), deemster.Invalid, "could lead out"},
		"drive letter":          {craft(t, named("C:/x")), deemster.Invalid, "could lead out"},
		"empty element":         {craft(t, named("data//x")), deemster.Invalid, "could lead out"},
		"here":                  {craft(t, named("./x")), deemster.Invalid, "could lead out"},
		"NUL":                   {craft(t, named("x\x00.in")), deemster.Invalid, "could lead out"},
		"not UTF-8":             {craft(t, named("x\xff")), deemster.Invalid, "could lead out"},
		"no name":               {craft(t, named("")), deemster.Invalid, "could lead out"},
		"long name":             {craft(t, named(strings.Repeat("a/", 600))), deemster.Invalid, "more than 1000 bytes"},
		"link":                  {craft(t, moded("x", fs.ModeSymlink|0o777)), deemster.Invalid, "link or a device"},
		"device":                {craft(t, moded("x", fs.ModeDevice|0o600)), deemster.Invalid, "link or a device"},
		"pipe":                  {craft(t, moded("x", fs.ModeNamedPipe|0o600)), deemster.Invalid, "link or a device"},
		"twice":                 {craft(t, named("x"), named("x")), deemster.Invalid, "is there twice"},
		"file and directory":    {craft(t, named("x"), named("x/")), deemster.Invalid, "is there twice"},
		"in a file":             {craft(t, named("x"), named("x/y/z")), deemster.Invalid, "a directory that is a file"},
		"case":                  {craft(t, named("Problem.yaml")), deemster.Invalid, "in case only"},
		"case of a directory":   {craft(t, named("DATA/x")), deemster.Invalid, "in case only"},
		"encrypted":             {craft(t, zip.FileHeader{Name: "x", Flags: 1}), deemster.Invalid, "encrypted"},
		"unknown compression":   {craft(t, zip.FileHeader{Name: "x", Method: 12}), deemster.Invalid, "method 12"},
		"many entries":          {craft(t, many...), deemster.TooLarge, "more than 20000 files"},
		"large directory":       {craft(t, long...), deemster.TooLarge, "more than 20000 files"},
		"large file":            {craft(t, sized("x", 10*deemster.GiB)), deemster.TooLarge, "one file may have 1 GiB"},
		"large in all":          {craft(t, sized("x", deemster.GiB), sized("y", deemster.GiB)), deemster.TooLarge, "all together 2 GiB"},
		"ratio":                 {craft(t, sized("x", 65*deemster.MiB)), deemster.TooLarge, "200 times its size"},
		"overlap":               {overlapping, deemster.Invalid, "overlaps"},
		"data outside":          {outside, deemster.Invalid, "has no data"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openZip(c.zip)
			if deemster.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %s error %v, want %s with %q", deemster.KindOf(err), err, c.kind, c.want)
			}
		})
	}
	if p, err := openZip(craft(t, named("x"), named("y/"), moded("z", 0o777))); err != nil || p.Err() != nil {
		t.Errorf("harmless entries are refused: %v, %v", err, p.Err())
	}
}

// TestLyingSize opens entries that hold more or less than the zip's directory says: the
// lie comes out when they are read, and never yields more than was said.
func TestLyingSize(t *testing.T) {
	for name, size := range map[string]deemster.Bytes{"more": 2, "less": 5} {
		t.Run(name, func(t *testing.T) {
			content := craft(t, sized("data/secret/2.in", size), named("data/secret/2.ans"))
			p, err := openZip(content)
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Tests[2].Input.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			got, err := io.ReadAll(r)
			if deemster.KindOf(err) != deemster.Invalid || len(got) > int(size) && len(got) > len(body) {
				t.Errorf("read %q, error %v; want an Invalid error", got, err)
			}
		})
	}
}

func TestDamagedZip(t *testing.T) {
	content := small.zip(t, "")
	at := bytes.Index(content, []byte("problem.yaml")) + len("problem.yaml")
	content[at+20] ^= 0xff
	if _, err := openZip(content); deemster.KindOf(err) != deemster.Invalid {
		t.Errorf("error %v, want an Invalid one", err)
	}
}

// TestTopDirectory finds the package in the one directory of a zip, beside what other
// programs leave in zips.
func TestTopDirectory(t *testing.T) {
	inside := small.with(files{})
	for _, c := range []struct {
		top  string
		more files
		slug string
		ok   bool
	}{
		{"", nil, "", true},
		{"sum/", nil, "sum", true},
		{"Sum-2/", files{"__MACOSX/sum/._x": "", ".DS_Store": ""}, "sum-2", true},
		{"A + B/", nil, "", true},
		{"sum/", files{"other/x": ""}, "", false},
		{"a/b/", nil, "a", false},
	} {
		all := files{}
		for name, content := range inside {
			all[c.top+name] = content
		}
		p, err := openZip(all.with(c.more).zip(t, ""))
		if err != nil {
			t.Errorf("%q: %v", c.top, err)
			continue
		}
		if p.Slug != c.slug || (p.Err() == nil) != c.ok {
			t.Errorf("%q: slug %q, error %v; want slug %q, good %v", c.top, p.Slug, p.Err(), c.slug, c.ok)
		}
	}
}

// FuzzZip reads any bytes as a package. Whatever is accepted must keep its own promises.
func FuzzZip(f *testing.F) {
	f.Add(small.zip(f, ""))
	f.Add(small.zip(f, "sum/"))
	f.Add(craft(f, named("../x")))
	f.Add(craft(f, sized("data/secret/2.in", 2), named("data/secret/2.ans")))
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := openZip(content)
		if err != nil {
			if kind := deemster.KindOf(err); kind != deemster.Invalid && kind != deemster.TooLarge {
				t.Errorf("the package is blamed on us: %v", err)
			}
			return
		}
		for _, test := range p.Tests {
			for _, file := range []pack.File{test.Input, test.Answer} {
				if !fs.ValidPath(file.Path) || strings.ContainsAny(file.Path, `\:`) {
					t.Errorf("path %q", file.Path)
				}
				content, err := file.Read(deemster.MiB)
				if kind := deemster.KindOf(err); kind == deemster.Internal {
					t.Errorf("%s: %v", file.Path, err)
				}
				if err == nil && deemster.Bytes(len(content)) != file.Size {
					t.Errorf("%s: %d bytes, said %d", file.Path, len(content), file.Size)
				}
			}
		}
		if p.Err() == nil && (len(p.Tests) == 0 || len(p.Statements) == 0 || p.Title == "") {
			t.Errorf("a package without tests, statement or title is accepted: %+v", p)
		}
	})
}

// FuzzSettings reads any bytes as problem.yaml.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{
		small["problem.yaml"], "", "name: {en: a, sv: b}", "a: &a [*a]", "? [x]\n: y", "limits: {time_limit: 0x1p-2}",
		"keywords: [a, {b: c}]", "credits: {authors: [{name: a}]}", "!!binary x", "name: !!float x", "<<: {name: a}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := pack.OpenFS(small.with(files{"problem.yaml": string(content)}).fs(), "sum")
		if err != nil {
			t.Fatalf("the package is blamed on us: %v", err)
		}
		if p.Err() == nil && (p.Title == "" || p.Limits.CPU < 0 || p.Limits.Memory < 0 || p.Limits.Output < 0) {
			t.Errorf("accepted: %+v", p)
		}
	})
}

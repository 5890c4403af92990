package pack_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/problems"
)

// TestWrite writes packages of every kind, reads what was written and writes it again: the
// same bytes, and a package that means the same.
func TestWrite(t *testing.T) {
	packages := make(map[string]fs.FS)
	for name, f := range formats {
		packages[name] = f.files.fs()
	}
	for name, k := range kinds {
		if len(k.want.Findings) == 0 {
			packages[name] = small.with(k.change).fs()
		}
	}
	// Of the sample problems those that have what others have not, and little data.
	for _, slug := range []string{"aplusb", "stationsign", "fogsignal", "herringbaskets", "keepersnumber", "longestcalm", "peatstacks"} {
		var err error
		if packages[slug], err = fs.Sub(problems.Files(), slug); err != nil {
			t.Fatal(err)
		}
	}
	legacyPoints := 0
	for name, files := range packages {
		t.Run(name, func(t *testing.T) {
			p, err := pack.OpenFS(files, "sum")
			if err != nil {
				t.Fatal(err)
			}
			var first, second bytes.Buffer
			err = pack.Write(&first, p)
			if len(p.Groups) > 0 && p.Groups[0].TestScore != nil {
				if legacyPoints++; deemster.KindOf(err) != deemster.Invalid {
					t.Errorf("points of the legacy format are written: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			again, err := openZip(first.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range again.Findings {
				if f.Level == pack.Error {
					t.Errorf("what was written is not read: %s", f)
				}
			}
			if err := pack.Write(&second, again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("written again, the package has other bytes:\n%s", cmp.Diff(contents(t, first.Bytes()), contents(t, second.Bytes())))
			}
			if diff := cmp.Diff(p, again, cmpopts.IgnoreUnexported(pack.Package{}, pack.File{}), cmpopts.EquateEmpty(),
				cmpopts.IgnoreFields(pack.File{}, "Path"), cmpopts.IgnoreFields(pack.Program{}, "Path"),
				cmpopts.IgnoreFields(pack.Package{}, "Findings"), cmpopts.IgnoreFields(pack.Rule{}, "Permitted", "Required", "Bound", "Always"),
				cmpopts.IgnoreFields(pack.Submission{}, "Rules")); diff != "" {
				t.Errorf("what was written means something else:\n%s", diff)
			}
		})
	}
	if legacyPoints == 0 {
		t.Error("no package had points of the legacy format")
	}
}

// contents are the files of a zip.
func contents(t *testing.T, zipped []byte) files {
	p := files{}
	r := zipReader(t, zipped)
	for _, entry := range r.File {
		content, err := fs.ReadFile(r, entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		p[entry.Name] = string(content)
	}
	return p
}

func zipReader(t *testing.T, zipped []byte) *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(zipped), int64(len(zipped)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

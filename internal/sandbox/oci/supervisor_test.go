package oci

import (
	"bytes"
	"debug/elf"
	"os/exec"
	"path/filepath"
	"testing"
)

// The machine code is what its source assembles to. After a change of the source this
// prints what to put in its place.
func TestCodeIsItsSource(t *testing.T) {
	for name, code := range map[string][]byte{"supervisor": supervisor, "reaper": reaper} {
		object := filepath.Join(t.TempDir(), name+".o")
		if said, err := exec.Command("gcc", "-c", "-o", object, "testdata/"+name+".s").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		file, err := elf.Open(object)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		text, err := file.Section(".text").Data()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, code) {
			t.Errorf("%s.s assembles to\n% #x", name, text)
		}
	}
}

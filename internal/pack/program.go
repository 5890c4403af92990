package pack

import (
	"bytes"
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

// readPrograms reads the package's own programs: the output validator and the validators
// of inputs.
func (p *Package) readPrograms(t *tree, s *settings) error {
	if err := p.readValidator(t, s); err != nil {
		return err
	}
	for _, dir := range []string{"input_validators", "input_format_validators"} {
		for _, files := range programsIn(t, dir) {
			loose := files.names[0] == files.path
			switch {
			case slices.Contains([]string{".viva", ".ctd"}, path.Ext(files.names[0])):
				p.warnf(files.names[0], "is not run: this judge runs input validators that are programs")
				continue
			case loose && (isNote(files.path) || isHeader(files.path)):
				continue
			}
			program, ok, err := p.readSources(t, files, s)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if len(p.InputValidators) == MaxPrograms {
				p.errorf(dir, "has more than %d programs", MaxPrograms)
				return nil
			}
			program.Protocol = cmp.Or(p.inputProtocol, deemster.ProtocolICPC)
			p.InputValidators = append(p.InputValidators, program)
		}
	}
	return nil
}

// readValidator reads the output validator. In legacy packages problem.yaml says whether
// there is one; in later ones it is there or not.
func (p *Package) readValidator(t *tree, s *settings) error {
	dir := "output_validator"
	if len(t.under(dir)) == 0 {
		dir = "output_validators"
	}
	here := len(t.under(dir)) > 0
	if s.format != legacy {
		s.custom = here
	}
	talks := p.Mode.Interactive || p.Mode.Passes > 0
	switch {
	case s.custom && !here:
		p.errorf(settingsFile+": validation", "is custom, and there is no program in output_validators")
		return nil
	case !s.custom && here:
		p.warnf(dir, "is not used, because %s does not say validation: custom", settingsFile)
		return nil
	case !here && talks:
		p.errorf("output_validator", "is missing: a problem of this type needs a program that submissions talk with")
		return nil
	case !here:
		return nil
	}
	programs := programsIn(t, dir)
	if dir == "output_validator" || oneSource(programs) {
		programs = []programFiles{together(t, dir)}
	}
	if len(programs) > 1 {
		p.errorf(dir, "has %d programs; a problem has one output validator", len(programs))
		return nil
	}
	program, ok, err := p.readSources(t, programs[0], s)
	if !ok {
		return err
	}
	program.Protocol = cmp.Or(p.protocol, deemster.ProtocolICPC)
	program.Limits = s.validation
	if p.Signature != nil {
		p.errorf(dir, "results of a function are compared as values; remove the validator")
	}
	p.Validator = &program
	return nil
}

// programFiles are the files of a program, by path in the package.
type programFiles struct {
	path  string // of its file or directory
	names []string
}

// programsIn lists the programs in a directory: each file, and each directory with all that
// is in it.
func programsIn(t *tree, dir string) []programFiles {
	var programs []programFiles
	for _, name := range t.under(dir) {
		first, _, _ := strings.Cut(name, "/")
		if n := len(programs); n == 0 || programs[n-1].path != dir+"/"+first {
			programs = append(programs, programFiles{path: dir + "/" + first})
		}
		last := &programs[len(programs)-1]
		last.names = append(last.names, dir+"/"+name)
	}
	return programs
}

// oneSource reports whether files that lie in a directory without one of their own are a
// source with its headers, as DOMjudge's packages have it.
func oneSource(programs []programFiles) bool {
	sources := 0
	for _, program := range programs {
		if len(program.names) != 1 || program.names[0] != program.path {
			return false
		}
		if !isHeader(program.path) && !isNote(program.path) {
			sources++
		}
	}
	return sources == 1
}

// together is one program of all that is in a directory, or in the one directory in it.
func together(t *tree, dir string) programFiles {
	programs := programsIn(t, dir)
	if len(programs) == 1 {
		return programs[0]
	}
	all := programFiles{path: dir}
	for _, program := range programs {
		all.names = append(all.names, program.names...)
	}
	return all
}

func isHeader(name string) bool {
	return slices.Contains([]string{".h", ".hpp", ".hh", ".hxx"}, path.Ext(name))
}

// isNote reports whether a file beside sources is not for compilers.
func isNote(name string) bool {
	return slices.Contains([]string{"", ".md", ".txt", ".rst", ".pdf"}, path.Ext(name))
}

// readSources reads the sources of a program, with constants replaced. They are small, and
// stay in memory.
func (p *Package) readSources(t *tree, from programFiles, s *settings) (program Program, ok bool, err error) {
	program.Path = from.path
	left := MaxProgram
	for _, name := range from.names {
		f := t.files[name]
		switch base := path.Base(name); {
		case base == "build" || base == "run":
			p.errorf(name, "scripts that build and run a program are not supported: validators are sources in one of the languages")
			return program, false, nil
		case isNote(base) && len(from.names) > 1:
			continue
		case path.Dir(name) != from.path && name != from.path:
			p.errorf(name, "the files of a program are in one directory")
			return program, false, nil
		case len(base) > deemster.MaxFileName:
			p.errorf(name, "the name has more than %d bytes", deemster.MaxFileName)
			return program, false, nil
		case f.Size > left:
			p.errorf(from.path, "is larger than %s", MaxProgram)
			return program, false, nil
		}
		content, err := f.Read(left)
		if err != nil {
			return program, false, err
		}
		if !utf8.Valid(content) {
			p.errorf(name, "is not UTF-8")
			return program, false, nil
		}
		content = s.replaced(content)
		if left -= deemster.Bytes(len(content)); left < 0 || len(program.Files) == deemster.MaxFiles {
			p.errorf(from.path, "is larger than %s, or has more than %d files", MaxProgram, deemster.MaxFiles)
			return program, false, nil
		}
		program.Files = append(program.Files, FileOf(name, content))
	}
	if len(program.Files) == 0 {
		p.errorf(from.path, "has no sources")
		return program, false, nil
	}
	// A Python program of several files begins in __main__.py.
	slices.SortStableFunc(program.Files, func(a, b File) int {
		return cmp.Compare(notMain(a.Path), notMain(b.Path))
	})
	return program, true, nil
}

func notMain(name string) int {
	if path.Base(name) == "__main__.py" {
		return 0
	}
	return 1
}

// FileOf is a file with content in memory.
func FileOf(path string, content []byte) File {
	return File{path, deemster.Bytes(len(content)), func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// Name is what the program is called in the package.
func (program Program) Name() string { return path.Base(program.Path) }

package pack

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/signature"
)

// written is the version of the format that packages are written in.
const written = "2025-09"

// Write writes a package as a zip in version 2025-09 of the format, in one directory called
// by its slug. The same package makes the same bytes, and reading them makes a package that
// is written as the same bytes again. What a package has that is not read, such as
// generators, is not written. The error is of kind Invalid when the version has no words
// for something: points by the rules of legacy packages.
func Write(w io.Writer, p *Package) error {
	out := make(writer)
	for _, add := range []func(*Package) error{
		out.settings, out.statements, out.tests, out.groups, out.programs, out.submissions, out.extensions,
	} {
		if err := add(p); err != nil {
			return fmt.Errorf("pack: write: %w", err)
		}
	}
	archive := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(out)) {
		if err := copyInto(archive, cmp.Or(p.Slug, "problem")+"/"+name, out[name]); err != nil {
			return fmt.Errorf("pack: write %s: %w", name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("pack: write: %w", err)
	}
	return nil
}

func copyInto(archive *zip.Writer, name string, f File) (err error) {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	// Without a time, which would be another at every writing.
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = io.Copy(entry, r)
	}
	return err
}

// writer is the files of a package to be written, by their paths.
type writer map[string]File

func (w writer) yaml(name string, value any) error {
	content, err := yaml.Marshal(value)
	if err == nil {
		w[name] = FileOf(name, content)
	}
	return err
}

// Files of the format as they are written. The order of keys is that of the fields.
type (
	writtenSettings struct {
		Version     string          `yaml:"problem_format_version"`
		Type        []string        `yaml:"type,omitempty,flow"`
		Name        any             `yaml:"name"`
		UUID        string          `yaml:"uuid,omitempty"`
		Credits     *writtenCredits `yaml:"credits,omitempty"`
		Source      []string        `yaml:"source,omitempty"`
		License     string          `yaml:"license,omitempty"`
		RightsOwner string          `yaml:"rights_owner,omitempty"`
		Limits      writtenLimits   `yaml:"limits,omitempty"`
		Keywords    []string        `yaml:"keywords,omitempty,flow"`
	}
	writtenCredits struct {
		Authors []string `yaml:"authors"`
	}
	writtenLimits struct {
		Time             float64            `yaml:"time_limit,omitempty"`
		Multipliers      map[string]float64 `yaml:"time_multipliers,omitempty"`
		Resolution       float64            `yaml:"time_resolution,omitempty"`
		Memory           int64              `yaml:"memory,omitempty"`
		Output           int64              `yaml:"output,omitempty"`
		ValidationTime   float64            `yaml:"validation_time,omitempty"`
		ValidationMemory int64              `yaml:"validation_memory,omitempty"`
		ValidationOutput int64              `yaml:"validation_output,omitempty"`
		Passes           int                `yaml:"validation_passes,omitempty"`
	}
	writtenGroup struct {
		MaxScore   any      `yaml:"max_score,omitempty"`
		Aggregate  string   `yaml:"score_aggregation,omitempty"`
		Require    []string `yaml:"require_pass,omitempty,flow"`
		Inputs     any      `yaml:"input_validator_args,omitempty"`
		OutputArgs []string `yaml:"output_validator_args,omitempty,flow"`
	}
	writtenSignature struct {
		Function   string             `yaml:"function"`
		Parameters []writtenParameter `yaml:"parameters"`
		Returns    string             `yaml:"returns"`
	}
	writtenParameter struct {
		Name string `yaml:"name"`
		Type string `yaml:"type"`
	}
)

func (w writer) settings(p *Package) error {
	s := writtenSettings{Version: written, UUID: p.UUID, License: p.License, RightsOwner: p.RightsOwner}
	if len(p.Groups) > 0 {
		s.Type = append(s.Type, "scoring")
	}
	for _, kind := range []struct {
		set  bool
		name string
	}{{p.Mode.Interactive, "interactive"}, {p.Mode.Passes > 0, "multi-pass"}, {p.Mode.SubmitAnswer, "submit-answer"}} {
		if kind.set {
			s.Type = append(s.Type, kind.name)
		}
	}
	names := make(map[string]string)
	for _, statement := range p.Statements {
		names[statement.Language] = statement.Title
	}
	if s.Name = any(names); len(names) == 1 && names["en"] != "" {
		s.Name = p.Title
	}
	if p.Author != "" {
		s.Credits = &writtenCredits{strings.Split(p.Author, ", ")}
	}
	if p.Source != "" {
		s.Source = strings.Split(p.Source, ", ")
	}
	if p.Difficulty != "" {
		s.Keywords = append(s.Keywords, p.Difficulty)
	}
	s.Keywords = append(s.Keywords, p.Tags...)
	mebibytes := func(b deemster.Bytes) int64 { return int64(b / deemster.MiB) }
	s.Limits = writtenLimits{Time: p.Limits.CPU.Seconds(), Memory: mebibytes(p.Limits.Memory), Output: mebibytes(p.Limits.Output), Passes: p.Mode.Passes}
	if p.Timing != defaultTiming && p.Timing != (Timing{}) {
		s.Limits.Multipliers = map[string]float64{"ac_to_time_limit": p.Timing.ToLimit, "time_limit_to_tle": p.Timing.ToTLE}
		s.Limits.Resolution = p.Timing.Resolution.Seconds()
	}
	if p.Validator != nil {
		l := p.Validator.Limits
		s.Limits.ValidationTime, s.Limits.ValidationMemory, s.Limits.ValidationOutput = l.CPU.Seconds(), mebibytes(l.Memory), mebibytes(l.Output)
	}
	return w.yaml(settingsFile, s)
}

func (w writer) statements(p *Package) error {
	for _, s := range p.Statements {
		name := "statement/problem." + s.Language + ".md"
		w[name] = FileOf(name, []byte(s.Markdown))
	}
	for _, picture := range p.Pictures {
		w["statement/"+picture.Name] = picture.File
	}
	return nil
}

func (w writer) tests(p *Package) error {
	for _, t := range p.Tests {
		name := "data/" + t.Name
		w[name+".in"], w[name+".ans"] = t.Input, t.Answer
		for end, shown := range map[string]*File{".in.statement": t.Shown.Input, ".ans.statement": t.Shown.Answer, ".interaction": t.Shown.Interaction} {
			if shown != nil {
				w[name+end] = *shown
			}
		}
	}
	for _, e := range p.Examples {
		name := "data/" + e.Name
		w[name+".in"] = e.Input
		if e.Output != nil {
			w[name+".ans"], w[name+".out"] = e.Answer, *e.Output
		}
		if len(e.Args) > 0 || len(e.InputArgs) > 0 {
			if err := w.yaml(name+".yaml", writtenGroup{OutputArgs: e.Args, Inputs: writtenInputs(e.InputArgs)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// groups writes what groups are worth and, beside each group's tests, the arguments that
// most of them have; tests with others have them in a file of their own.
func (w writer) groups(p *Package) error {
	groups := make(map[string]*writtenGroup)
	for _, g := range p.Groups {
		if g.Accept != "" || g.Break || g.TestScore != nil || strings.Count(g.Name, "/") > 1 || g.Name == "." {
			return deemster.Errorf(deemster.Invalid, "the points of group %s are by rules that version %s of the format does not have", g.Name, written)
		}
		one := &writtenGroup{MaxScore: "unbounded", Aggregate: string(g.Aggregate), Require: g.Require}
		if g.MaxScore != nil {
			one.MaxScore = *g.MaxScore
		}
		groups[g.Name] = one
	}
	of := make(map[string][]Test)
	for _, t := range p.Tests {
		group := groupOf(t.Group, released)
		of[group] = append(of[group], t)
	}
	for group, tests := range of {
		if groups[group] == nil {
			groups[group] = &writtenGroup{}
		}
		common := mostCommon(p, tests)
		groups[group].OutputArgs, groups[group].Inputs = common.OutputArgs, common.Inputs
		for _, t := range tests {
			own := argsOf(p, t)
			if reflect.DeepEqual(own, common) {
				continue
			}
			// What is not said is the group's, so that nothing has to be said too.
			if err := w.yaml("data/"+t.Name+".yaml", map[string]any{
				"output_validator_args": append([]string{}, own.OutputArgs...), "input_validator_args": orNone(own.Inputs),
			}); err != nil {
				return err
			}
		}
	}
	for name, g := range groups {
		if reflect.DeepEqual(*g, writtenGroup{}) {
			continue
		}
		if err := w.yaml("data/"+name+"/test_group.yaml", g); err != nil {
			return err
		}
	}
	return nil
}

func orNone(inputs any) any {
	if inputs == nil {
		return []string{}
	}
	return inputs
}

// argsOf are the arguments on a test.
func argsOf(p *Package, t Test) writtenGroup {
	args := writtenGroup{OutputArgs: t.Args, Inputs: writtenInputs(t.InputArgs)}
	if p.Validator == nil {
		c := p.Checker
		if t.Checker != nil {
			c = *t.Checker
		}
		if p.Signature == nil || !reflect.DeepEqual(c, signature.Checker(*p.Signature)) {
			args.OutputArgs = flagsOf(c)
		}
	}
	if len(args.OutputArgs) == 0 {
		args.OutputArgs = nil
	}
	return args
}

// writtenInputs are the arguments of input validators: one list when all have the same.
func writtenInputs(args map[string][]string) any {
	all, one := args[""]
	switch {
	case len(args) == 0 || one && len(all) == 0:
		return nil
	case one:
		return all
	}
	return args
}

// mostCommon are the arguments that most of the tests have; of several the first.
func mostCommon(p *Package, tests []Test) writtenGroup {
	var best writtenGroup
	most := 0
	for _, t := range tests {
		args, count := argsOf(p, t), 0
		if most > 0 && reflect.DeepEqual(args, best) {
			continue
		}
		for _, other := range tests {
			if reflect.DeepEqual(argsOf(p, other), args) {
				count++
			}
		}
		if count > most {
			best, most = args, count
		}
		if most*2 >= len(tests) {
			break
		}
	}
	return best
}

func (w writer) programs(p *Package) error {
	if p.Validator != nil {
		for _, f := range p.Validator.Files {
			w["output_validator/"+path.Base(f.Path)] = f
		}
	}
	for _, program := range p.InputValidators {
		for _, f := range program.Files {
			name := "input_validators/" + program.Name()
			if f.Path != program.Path {
				name += "/" + path.Base(f.Path)
			}
			w[name] = f
		}
	}
	return nil
}

func (w writer) submissions(p *Package) error {
	for _, s := range p.Submissions {
		for _, f := range s.Files {
			name := s.Path
			if len(s.Files) > 1 || path.Base(s.Path) != f.Name {
				name += "/" + f.Name
			}
			w[name] = FileOf(name, []byte(f.Content))
		}
	}
	if p.demands != nil {
		w[demandsFile] = *p.demands
	}
	return nil
}

func (w writer) extensions(p *Package) error {
	said := make(map[string]string)
	if p.Validator != nil && p.Validator.Protocol == deemster.ProtocolTestlib {
		said["validator_protocol"] = string(deemster.ProtocolTestlib)
	}
	if len(p.InputValidators) > 0 && p.InputValidators[0].Protocol == deemster.ProtocolTestlib {
		said["input_validator_protocol"] = string(deemster.ProtocolTestlib)
	}
	if len(said) > 0 {
		if err := w.yaml(extensionFile, said); err != nil {
			return err
		}
	}
	if p.Signature == nil {
		return nil
	}
	s := writtenSignature{Function: p.Signature.Function, Returns: p.Signature.Returns}
	for _, q := range p.Signature.Parameters {
		s.Parameters = append(s.Parameters, writtenParameter(q))
	}
	return w.yaml(signatureFile, s)
}

// flagsOf are the flags that checker.Parse reads as c.
func flagsOf(c deemster.Checker) []string {
	var flags []string
	for _, f := range []struct {
		set  bool
		flag string
	}{
		{c.Exact, "exact"}, {c.Unordered, "unordered_lines"}, {c.Lists, "lists"},
		{c.CaseSensitive, "case_sensitive"}, {c.SpaceSensitive, "space_change_sensitive"},
	} {
		if f.set {
			flags = append(flags, f.flag)
		}
	}
	for _, f := range []struct {
		value *float64
		flag  string
	}{{c.FloatAbsolute, "float_absolute_tolerance"}, {c.FloatRelative, "float_relative_tolerance"}} {
		if f.value != nil {
			flags = append(flags, f.flag, strconv.FormatFloat(*f.value, 'g', -1, 64))
		}
	}
	return flags
}

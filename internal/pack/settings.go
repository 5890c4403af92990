package pack

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/deemster-oj/deemster"
)

const settingsFile = "problem.yaml"

// Bounds of what a package may ask for.
const (
	minTimeLimit = 0.05 // seconds
	maxTimeLimit = 120
	maxMemory    = 16 * 1024 // MiB
	maxOutput    = 1024      // MiB
	maxTags      = 32

	maxValidationTime = 600 // seconds
	maxPasses         = 100
)

// Versions of the format. Drafts are read as the version they became.
var formatVersions = []string{"legacy", "legacy-icpc", "2023-07-draft", "2023-07", "2025-09-draft", "2025-09", "draft"}

// Keywords that tell the difficulty; any other keyword is a tag.
var difficulties = []string{"easy", "medium", "hard"}

var licenses = []string{"unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission"}

// settings is what problem.yaml says that other parts of the package are read by.
type settings struct {
	format    format
	names     map[string]string // the title by language; by "" when there is one
	flags     []string          // of the output validator
	constants *strings.Replacer // nil when there are none

	scored bool
	// What legacy packages say of validation: default, or custom with some of the rest.
	custom, validatorScores bool
	passes                  int             // limits.validation_passes
	validation              deemster.Limits // of validators
	lowest                  bool            // grading.objective: min
}

// format is what differs between the versions of the format.
type format int

const (
	legacy   format = iota
	draft           // 2023-07: groups lie in one another and take arguments from those above
	released        // 2025-09
)

func formatOf(version string) format {
	switch {
	case strings.HasPrefix(version, "legacy"):
		return legacy
	case strings.HasPrefix(version, "2023-07"):
		return draft
	}
	return released
}

// readSettings reads problem.yaml and the files that say more beside it.
func (p *Package) readSettings(t *tree) (*settings, error) {
	s := &settings{names: make(map[string]string), passes: 2}
	p.Timing = legacyTiming
	f, ok := t.files[settingsFile]
	if !ok {
		p.errorf(settingsFile, "is missing: it must be at the top of the package, or of the one directory in it")
	} else if root, ok, err := p.readYAML(f); err != nil {
		return nil, err
	} else if ok {
		// What limits mean depends on the version, whose key may stand anywhere.
		if version := root.value("problem_format_version"); version != "" && formatOf(version) != legacy {
			s.format, p.Timing = formatOf(version), defaultTiming
		}
		root.each(p.settingHandlers(s))
	}
	if p.Mode.Passes > 0 {
		p.Mode.Passes = s.passes
	}
	if p.Mode.SubmitAnswer && (p.Mode.Interactive || p.Mode.Passes > 0) {
		p.errorf(settingsFile+": type", "submit-answer does not go with interactive or multi-pass")
	}
	if s.lowest && s.scored {
		p.errorf(settingsFile+": grading.objective", "this judge gives more points for the better; the fewest points cannot win")
	}
	if err := p.readOutside(t, s); err != nil {
		return nil, err
	}
	if len(t.under("include")) > 0 {
		p.errorf("include", "code that is put into every submission is not supported; for a function that is asked for write signature.yaml")
	}
	if len(t.under("static_validator")) > 0 {
		p.errorf("static_validator", "this judge looks at what programs do and not at their sources; remove the directory")
	}
	if len(t.under("graders")) > 0 && s.scored {
		p.errorf("graders", "graders of a package's own are not supported; the default one and its flags are")
	}
	return s, nil
}

// readOutside reads what packages say outside of problem.yaml: the time limit, the kind of
// validator, the function that is asked for.
func (p *Package) readOutside(t *tree, s *settings) error {
	if err := p.readTimeLimit(t, s); err != nil {
		return err
	}
	if err := p.readExtension(t); err != nil {
		return err
	}
	return p.readSignature(t)
}

// settingHandlers says what is done with each key of problem.yaml.
func (p *Package) settingHandlers(s *settings) map[string]func(setting) {
	ignore := func(setting) {}
	return map[string]func(setting){
		"problem_format_version": func(v setting) {
			if version := v.text(); !slices.Contains(formatVersions, version) {
				v.errorf("is %q; this version reads %s", version, strings.Join(formatVersions, ", "))
			}
		},
		"type":                  func(v setting) { v.kind(&p.Mode, &s.scored) },
		"name":                  func(v setting) { s.names = v.names() },
		"author":                func(v setting) { p.Author = v.persons() },
		"credits":               func(v setting) { p.Author = v.credits() },
		"source":                func(v setting) { p.Source = v.persons() },
		"license":               func(v setting) { p.License = v.license() },
		"keywords":              func(v setting) { p.Difficulty, p.Tags = v.keywords() },
		"limits":                func(v setting) { v.limits(p, s) },
		"validation":            func(v setting) { v.validationKind(&p.Mode, s) },
		"validator_flags":       func(v setting) { s.flags = v.flags() },
		"output_validator_args": func(v setting) { s.flags = v.flags() },
		"languages": func(v setting) {
			if len(v.items()) != 1 || v.items()[0].text() != "all" {
				v.warnf("this judge lets every language solve every problem")
			}
		},
		"constants":     func(v setting) { s.constants = v.constants() },
		"embargo_until": func(v setting) { v.warnf("is not kept: the problem is published at once") },
		"grading": func(v setting) {
			v.each(map[string]func(setting){
				"objective":             func(o setting) { s.lowest = o.text() == "min" },
				"show_test_data_groups": ignore, "on_reject": ignore, "accept_score": ignore, "reject_score": ignore, "range": ignore,
			})
		},
		"uuid":         func(v setting) { p.UUID = v.text() },
		"rights_owner": func(v setting) { p.RightsOwner = v.persons() },
		"version":      ignore, "source_url": ignore, "allow_file_writing": ignore,
	}
}

// kind reads what type of problem it is.
func (v setting) kind(mode *deemster.Mode, scored *bool) {
	seen := make(map[string]bool)
	for _, item := range v.items() {
		name := item.text()
		switch name {
		case "pass-fail":
		case "scoring":
			*scored = true
		case "interactive":
			mode.Interactive = true
		case "multi-pass":
			mode.Passes = 2
		case "submit-answer":
			mode.SubmitAnswer = true
		case "":
		default:
			item.errorf("%q is no type of problem", name)
		}
		if seen[name] {
			item.errorf("%q is there twice", name)
		}
		seen[name] = true
	}
	if seen["pass-fail"] && seen["scoring"] {
		v.errorf("a problem is either pass-fail or scoring")
	}
}

// validationKind reads how legacy packages say what their validator does.
func (v setting) validationKind(mode *deemster.Mode, s *settings) {
	for i, word := range strings.Fields(v.text()) {
		switch {
		case i == 0 && (word == "default" || word == "custom"):
			s.custom = word == "custom"
		case s.custom && word == "interactive":
			mode.Interactive = true
		case s.custom && word == "score":
			s.validatorScores = true
		case s.custom && word == "multi-pass": // DOMjudge's
			mode.Passes = 2
		default:
			v.errorf("%q cannot be meant: it is default, or custom with interactive, score or multi-pass behind", word)
		}
	}
}

// constantName is what a constant may be called.
var constantName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// constants makes what replaces {{name}} by the value of the constant.
func (v setting) constants() *strings.Replacer {
	var pairs []string
	handlers := make(map[string]func(setting))
	if v.isMapping() {
		for i := 0; i < len(v.node.Content); i += 2 {
			name := v.node.Content[i].Value
			if !constantName.MatchString(name) {
				v.errorf("%.60q is no name of a constant: want letters, digits and underscores", name)
				continue
			}
			handlers[name] = func(value setting) { pairs = append(pairs, "{{"+name+"}}", value.text()) }
		}
	}
	v.each(handlers)
	return strings.NewReplacer(pairs...)
}

// replaced is content with the constants of the package in it.
func (s *settings) replaced(content []byte) []byte {
	if s.constants == nil {
		return content
	}
	return []byte(s.constants.Replace(string(content)))
}

// names reads a title, or a mapping of languages to titles.
func (v setting) names() map[string]string {
	names := make(map[string]string)
	if !v.isMapping() {
		if name := v.text(); name != "" {
			names[""] = name
		}
		return names
	}
	handlers := make(map[string]func(setting))
	for i := 0; i < len(v.node.Content); i += 2 {
		language := v.node.Content[i].Value
		if languageCode.MatchString(language) {
			handlers[language] = func(title setting) { names[language] = title.text() }
		}
	}
	v.each(handlers)
	return names
}

var email = regexp.MustCompile(`\s*<[^>]*>`)

// persons reads a name, or a list of names, each a text or a mapping with a name.
// Addresses are left out: they are for the setter, not for the page.
func (v setting) persons() string {
	var names []string
	for _, person := range v.items() {
		if !person.isMapping() {
			names = append(names, email.ReplaceAllString(person.text(), ""))
			continue
		}
		ignore := func(setting) {}
		person.each(map[string]func(setting){
			"name":  func(name setting) { names = append(names, name.text()) },
			"email": ignore, "orcid": ignore, "kattis": ignore, "url": ignore,
		})
	}
	return strings.Join(slices.DeleteFunc(names, func(s string) bool { return s == "" }), ", ")
}

func (v setting) credits() string {
	if !v.isMapping() {
		return v.persons()
	}
	authors := ""
	ignore := func(setting) {}
	v.each(map[string]func(setting){
		"authors":      func(a setting) { authors = a.persons() },
		"contributors": ignore, "testers": ignore, "translators": ignore, "packagers": ignore, "acknowledgements": ignore,
	})
	return authors
}

func (v setting) license() string {
	name := v.text()
	if !slices.Contains(licenses, name) {
		v.warnf("%q is not a licence of the format, which has: %s", name, strings.Join(licenses, ", "))
	}
	return name
}

// keywords reads a list of words, or words separated by spaces.
func (v setting) keywords() (difficulty string, tags []string) {
	for _, item := range v.items() {
		words := []string{item.text()}
		if len(v.items()) == 1 && item.node == v.node {
			words = strings.Fields(item.text())
		}
		for _, word := range words {
			word = strings.ToLower(word)
			switch {
			case slices.Contains(difficulties, word):
				difficulty = word
			case word != "" && !slices.Contains(tags, word):
				tags = append(tags, word)
			}
		}
	}
	if len(tags) > maxTags {
		v.errorf("has %d keywords; at most %d are allowed", len(tags), maxTags)
		tags = tags[:maxTags]
	}
	return difficulty, tags
}

// limits reads the limits on submissions and on validators.
func (v setting) limits(p *Package, s *settings) {
	unused := func(v setting) { v.warnf("is not used: this judge has one value for all problems") }
	multiplier := func(to *float64) func(setting) {
		return func(v setting) { *to = v.number(1, 1000) }
	}
	mebibytes := func(to *deemster.Bytes, most int64) func(setting) {
		return func(v setting) { *to = deemster.Bytes(v.integer(1, most)) * deemster.MiB }
	}
	v.each(map[string]func(setting){
		"time_limit": func(v setting) { p.Limits.CPU = seconds(v.number(minTimeLimit, maxTimeLimit)) },
		"memory":     mebibytes(&p.Limits.Memory, maxMemory),
		"output":     mebibytes(&p.Limits.Output, maxOutput),
		"time_multipliers": func(v setting) {
			v.each(map[string]func(setting){
				"ac_to_time_limit": multiplier(&p.Timing.ToLimit), "time_limit_to_tle": multiplier(&p.Timing.ToTLE),
			})
		},
		"time_multiplier":    multiplier(&p.Timing.ToLimit),
		"time_safety_margin": multiplier(&p.Timing.ToTLE),
		"time_resolution":    func(v setting) { p.Timing.Resolution = seconds(v.number(0.001, maxTimeLimit)) },
		"validation_time":    func(v setting) { s.validation.CPU = seconds(v.number(1, maxValidationTime)) },
		"validation_memory":  mebibytes(&s.validation.Memory, maxMemory),
		"validation_output":  mebibytes(&s.validation.Output, maxOutput),
		"validation_passes":  func(v setting) { s.passes = int(v.integer(2, maxPasses)) },
		"code":               unused, "compilation_time": unused, "compilation_memory": unused,
	})
}

func seconds(s float64) time.Duration {
	return time.Duration(math.Round(s * float64(time.Second)))
}

// flags reads arguments: a list of them, or a text separated by spaces. It is not nil, also
// when there are none.
func (v setting) flags() []string {
	if v.node.Kind != yaml.SequenceNode {
		return append([]string{}, strings.Fields(v.text())...)
	}
	return v.texts()
}

// texts reads a list of texts, or one.
func (v setting) texts() []string {
	texts := []string{}
	for _, item := range v.items() {
		texts = append(texts, item.text())
	}
	return texts
}

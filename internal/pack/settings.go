package pack

import (
	"bufio"
	"bytes"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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
)

// Versions of the format. Drafts are read as the version they became.
var formatVersions = []string{"legacy", "legacy-icpc", "2023-07-draft", "2023-07", "2025-09-draft", "2025-09", "draft"}

// Keywords that tell the difficulty; any other keyword is a tag.
var difficulties = []string{"easy", "medium", "hard"}

var licenses = []string{"unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission"}

// settings is what problem.yaml says that other parts of the package are read by.
type settings struct {
	legacy bool
	custom bool              // validation: custom
	names  map[string]string // the title by language; by "" when there is one
	flags  []string          // of the default output validator
}

// readSettings reads problem.yaml and the files that set a time limit without it.
func (p *Package) readSettings(t *tree) (*settings, error) {
	s := &settings{legacy: true, names: make(map[string]string)}
	f, ok := t.files[settingsFile]
	if !ok {
		p.errorf(settingsFile, "is missing: it must be at the top of the package, or of the one directory in it")
	} else if root, ok, err := p.readYAML(f); err != nil {
		return nil, err
	} else if ok {
		root.each(p.settingHandlers(s))
		if len(s.names) == 0 {
			p.errorf(settingsFile, "has no name")
		}
	}
	if p.Limits.CPU == 0 {
		if err := p.readTimeLimit(t); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{"include", "static_validator"} {
		if len(t.under(dir)) > 0 {
			p.errorf(dir, "this version judges complete programs by their output only; remove the directory")
		}
	}
	validators := len(t.under("output_validators"))+len(t.under("output_validator")) > 0
	switch {
	case s.custom || validators && !s.legacy:
		p.errorf("output_validators", "this version has the default output validator only; custom and interactive ones come later")
	case validators:
		p.warnf("output_validators", "are not used, because %s does not say validation: custom", settingsFile)
	}
	return s, nil
}

// settingHandlers says what is done with each key of problem.yaml.
func (p *Package) settingHandlers(s *settings) map[string]func(setting) {
	ignore := func(setting) {}
	return map[string]func(setting){
		"problem_format_version": func(v setting) {
			version := v.text()
			if !slices.Contains(formatVersions, version) {
				v.errorf("is %q; this version reads %s", version, strings.Join(formatVersions, ", "))
			}
			s.legacy = strings.HasPrefix(version, "legacy")
		},
		"type": func(v setting) {
			for _, kind := range v.items() {
				if name := kind.text(); name != "pass-fail" {
					kind.errorf("this version has pass-fail problems only, not %q", name)
				}
			}
		},
		"name":     func(v setting) { s.names = v.names() },
		"author":   func(v setting) { p.Author = v.persons() },
		"credits":  func(v setting) { p.Author = v.credits() },
		"source":   func(v setting) { p.Source = v.persons() },
		"license":  func(v setting) { p.License = v.license() },
		"keywords": func(v setting) { p.Difficulty, p.Tags = v.keywords() },
		"limits":   func(v setting) { v.limits(&p.Limits) },
		"validation": func(v setting) {
			s.custom = v.text() != "default"
		},
		"validator_flags":       func(v setting) { s.flags = v.flags() },
		"output_validator_args": func(v setting) { s.flags = v.flags() },
		"languages": func(v setting) {
			if len(v.items()) != 1 || v.items()[0].text() != "all" {
				v.warnf("this version lets every language solve every problem")
			}
		},
		"constants":     func(v setting) { v.errorf("constants are not supported by this version; write the values") },
		"embargo_until": func(v setting) { v.warnf("is not kept: the problem is published at once") },
		"grading":       func(v setting) { v.warnf("is not used: only scored problems are graded") },
		"uuid":          ignore, "version": ignore, "rights_owner": ignore, "source_url": ignore, "allow_file_writing": ignore,
	}
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

// limits reads the limits on submissions.
func (v setting) limits(limits *deemster.Limits) {
	ignore := func(setting) {}
	unused := func(v setting) { v.warnf("is not used: this judge has one value for all problems") }
	multiplier := func(v setting) { v.number(0, 1000) }
	v.each(map[string]func(setting){
		"time_limit": func(v setting) { limits.CPU = seconds(v.number(minTimeLimit, maxTimeLimit)) },
		"memory":     func(v setting) { limits.Memory = deemster.Bytes(v.integer(1, maxMemory)) * deemster.MiB },
		"output":     func(v setting) { limits.Output = deemster.Bytes(v.integer(1, maxOutput)) * deemster.MiB },
		// These serve to work out a time limit, which here is always given.
		"time_multipliers": func(v setting) {
			v.each(map[string]func(setting){"ac_to_time_limit": multiplier, "time_limit_to_tle": multiplier})
		},
		"time_multiplier": multiplier, "time_safety_margin": multiplier, "time_resolution": ignore,
		"code": unused, "compilation_time": unused, "compilation_memory": unused,
		"validation_time": unused, "validation_memory": unused, "validation_output": unused, "validation_passes": unused,
	})
}

func seconds(s float64) time.Duration {
	return time.Duration(math.Round(s * float64(time.Second)))
}

// flags reads arguments as a list, or as a text separated by spaces.
func (v setting) flags() []string {
	var flags []string
	for _, item := range v.items() {
		flags = append(flags, strings.Fields(item.text())...)
	}
	return flags
}

// checkerOf reads the flags of the default output validator.
func checkerOf(flags []string) (c deemster.Checker, problem string) {
	for i := 0; i < len(flags); i++ {
		switch flag := flags[i]; flag {
		case "case_sensitive":
			c.CaseSensitive = true
		case "space_change_sensitive":
			c.SpaceSensitive = true
		case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance":
			i++
			if i == len(flags) {
				return c, flag + " needs a number"
			}
			tolerance, err := strconv.ParseFloat(flags[i], 64)
			if err != nil || math.IsInf(tolerance, 0) || !(tolerance >= 0) {
				return c, flag + " must be a number from 0, not " + strconv.Quote(flags[i])
			}
			if flag != "float_relative_tolerance" {
				c.FloatAbsolute = &tolerance
			}
			if flag != "float_absolute_tolerance" {
				c.FloatRelative = &tolerance
			}
		default:
			return c, strconv.Quote(flag) + " is not a flag of the default output validator"
		}
	}
	return c, ""
}

// readTimeLimit looks for a time limit where packages without one in problem.yaml have
// it: in .timelimit, a number, or in domjudge-problem.ini.
func (p *Package) readTimeLimit(t *tree) error {
	for _, name := range []string{".timelimit", "domjudge-problem.ini"} {
		f, ok := t.files[name]
		if !ok {
			continue
		}
		content, ok, err := p.content(f, MaxSettings)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		value := strings.TrimSpace(string(content))
		if name != ".timelimit" {
			value = iniValue(content, "timelimit")
		}
		if value == "" {
			continue
		}
		limit, err := strconv.ParseFloat(value, 64)
		if err != nil || !(limit >= minTimeLimit && limit <= maxTimeLimit) {
			p.errorf(name, "the time limit is %.40q and must be from %v to %v seconds", value, minTimeLimit, maxTimeLimit)
			return nil
		}
		p.Limits.CPU = seconds(limit)
		return nil
	}
	p.warnf(settingsFile+": limits.time_limit", "is not set; the limit is %v", deemster.DefaultLimits.CPU)
	return nil
}

// iniValue finds "key = value" in a file of such lines. Quotes around the value are
// left out.
func iniValue(content []byte, key string) string {
	for lines := bufio.NewScanner(bytes.NewReader(content)); lines.Scan(); {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if ok && strings.TrimSpace(name) == key {
			return strings.Trim(strings.TrimSpace(value), `'"`)
		}
	}
	return ""
}

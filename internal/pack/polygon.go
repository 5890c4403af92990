package pack

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
)

// A full package of Polygon is read by making the same package of the format's latest
// version of it, which then is read as any other. What it has that the format has not, the
// protocol of testlib.h, goes into the file of ours.

const (
	polygonFile = "problem.xml"
	// maxPolygon bounds problem.xml, which has a line for every test.
	maxPolygon = 4 * deemster.MiB
)

// polygon is what is used of problem.xml.
type polygon struct {
	ShortName string `xml:"short-name,attr"`
	Names     []struct {
		Language string `xml:"language,attr"`
		Value    string `xml:"value,attr"`
	} `xml:"names>name"`
	Judging struct {
		Input    string           `xml:"input-file,attr"`
		Output   string           `xml:"output-file,attr"`
		Runs     int              `xml:"run-count,attr"`
		TestSets []polygonTestSet `xml:"testset"`
	} `xml:"judging"`
	Resources []polygonSource `xml:"files>resources>file"`
	Assets    struct {
		Checker struct {
			Name   string        `xml:"name,attr"`
			Source polygonSource `xml:"source"`
		} `xml:"checker"`
		Interactor struct {
			Source polygonSource `xml:"source"`
		} `xml:"interactor"`
		Validators []struct {
			Source polygonSource `xml:"source"`
		} `xml:"validators>validator"`
		Solutions []struct {
			Tag    string        `xml:"tag,attr"`
			Source polygonSource `xml:"source"`
		} `xml:"solutions>solution"`
	} `xml:"assets"`
	Tags []struct {
		Value string `xml:"value,attr"`
	} `xml:"tags>tag"`
}

type polygonSource struct {
	Path string `xml:"path,attr"`
	Type string `xml:"type,attr"`
}

type polygonTestSet struct {
	Name    string         `xml:"name,attr"`
	Time    int64          `xml:"time-limit"`   // ms
	Memory  int64          `xml:"memory-limit"` // bytes
	Inputs  string         `xml:"input-path-pattern"`
	Answers string         `xml:"answer-path-pattern"`
	Tests   []polygonTest  `xml:"tests>test"`
	Groups  []polygonGroup `xml:"groups>group"`
}

type polygonTest struct {
	Sample bool    `xml:"sample,attr"`
	Group  string  `xml:"group,attr"`
	Points float64 `xml:"points,attr"`
}

type polygonGroup struct {
	Name         string  `xml:"name,attr"`
	Points       float64 `xml:"points,attr"`
	Policy       string  `xml:"points-policy,attr"`
	Dependencies []struct {
		Group string `xml:"group,attr"`
	} `xml:"dependencies>dependency"`
}

// fromPolygon makes a tree of the format's latest version of a Polygon package.
func (p *Package) fromPolygon(t *tree) (*tree, error) {
	content, ok, err := p.content(t.files[polygonFile], maxPolygon)
	if !ok {
		return &tree{}, err
	}
	var q polygon
	decoder := xml.NewDecoder(bytes.NewReader(content))
	if err := decoder.Decode(&q); err != nil {
		p.errorf(polygonFile, "is not the description of a problem in XML and UTF-8: %v", err)
		return &tree{}, nil
	}
	c := &conversion{Package: p, from: t, polygon: q, to: make(writer)}
	for _, step := range []func() error{c.tests, c.programs, c.solutions, c.statements, c.settings} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	made := &tree{}
	for name, f := range c.to { // under the names that findings tell
		made.add(File{name, f.Size, f.open})
	}
	slices.Sort(made.paths)
	if p.Slug == "" {
		p.Slug = slugOf(q.ShortName)
	}
	return made, nil
}

// conversion makes a package of the format of one of Polygon's.
type conversion struct {
	*Package
	polygon
	from   *tree
	to     writer
	scored bool
	titles map[string]string
}

var testPattern = regexp.MustCompile(`^([^%]*)%(0[1-9])?d([^%]*)$`)

// numbered is the path of the test with a number, by a pattern like tests/%02d.a.
func numbered(pattern string, number int) string {
	match := testPattern.FindStringSubmatch(pattern)
	if match == nil {
		return ""
	}
	width, _ := strconv.Atoi(match[2])
	return match[1] + fmt.Sprintf("%0*d", width, number) + match[3]
}

// set is the set of tests that judges.
func (c *conversion) set() polygonTestSet {
	sets := c.Judging.TestSets
	if i := slices.IndexFunc(sets, func(s polygonTestSet) bool { return s.Name == "tests" }); i >= 0 {
		return sets[i]
	}
	if len(sets) > 0 {
		return sets[0]
	}
	return polygonTestSet{}
}

func (c *conversion) tests() error {
	set := c.set()
	if len(set.Tests) > deemster.MaxTests {
		c.errorf(polygonFile, "there are %d tests; at most %d are allowed", len(set.Tests), deemster.MaxTests)
		return nil
	}
	for _, t := range set.Tests {
		c.scored = c.scored || t.Points > 0
	}
	for _, g := range set.Groups {
		c.scored = c.scored || g.Points > 0
	}
	dirs := c.groups(set)
	samples, missing := 0, 0
	for i, t := range set.Tests {
		input, hasInput := c.from.files[numbered(set.Inputs, i+1)]
		answer, hasAnswer := c.from.files[numbered(set.Answers, i+1)]
		if !hasInput || !hasAnswer {
			missing++
			continue
		}
		name := fmt.Sprintf("%03d", i+1)
		if t.Sample {
			samples++
			c.to["data/sample/"+name+".in"], c.to["data/sample/"+name+".ans"] = input, answer
			c.example(samples, "data/sample/"+name)
		}
		if dir := dirs[i]; !t.Sample || c.scored && t.Points > 0 {
			c.to["data/"+dir+"/"+name+".in"], c.to["data/"+dir+"/"+name+".ans"] = input, answer
		}
	}
	if missing > 0 {
		c.errorf(polygonFile, "%d of %d tests are not in the package but have to be generated: export a full package from Polygon, not a standard one", missing, len(set.Tests))
	}
	return nil
}

// example takes what the statement shows of a sample, when that is not the test itself.
func (c *conversion) example(number int, name string) {
	if c.Assets.Interactor.Source.Path == "" {
		return
	}
	for _, dir := range c.from.languages() {
		input, ok := c.from.files[fmt.Sprintf("statements/%s/example.%02d", dir, number)]
		answer, hasAnswer := c.from.files[fmt.Sprintf("statements/%s/example.%02d.a", dir, number)]
		if ok && hasAnswer {
			c.to[name+".in.statement"], c.to[name+".ans.statement"] = input, answer
			return
		}
	}
}

// languages lists the directories of statements.
func (t *tree) languages() []string {
	var dirs []string
	for _, name := range t.under("statements") {
		if dir, _, inside := strings.Cut(name, "/"); inside && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

var notInNames = regexp.MustCompile(`[^a-zA-Z0-9_-]+`)

// groups gives every test its directory, and writes what the groups are worth. Where the
// tests of a group have different points each, every one is a group of its own, because the
// format shares points out evenly.
func (c *conversion) groups(set polygonTestSet) (dirs []string) {
	if !c.scored {
		return slices.Repeat([]string{"secret"}, len(set.Tests))
	}
	byName := make(map[string]polygonGroup)
	for _, g := range set.Groups {
		byName[g.Name] = g
	}
	members := make(map[string][]int)
	var order []string
	dirs = make([]string, len(set.Tests))
	for i, t := range set.Tests {
		if t.Sample && t.Points == 0 {
			continue
		}
		if members[t.Group] == nil {
			order = append(order, t.Group)
		}
		members[t.Group] = append(members[t.Group], i)
	}
	made := make(map[string][]string) // groups of the format by Polygon's
	total := 0.0
	for n, name := range order {
		g := byName[name]
		var require []string
		for _, d := range g.Dependencies {
			if len(members[d.Group]) == 0 {
				require = append(require, "sample")
			}
			require = append(require, made[d.Group]...)
		}
		sum, even := 0.0, true
		for _, i := range members[name] {
			sum += set.Tests[i].Points
			even = even && set.Tests[i].Points == set.Tests[members[name][0]].Points
		}
		dir := fmt.Sprintf("secret/%03d-%s", n+1, cut(notInNames.ReplaceAllString(name, "-"), 40))
		complete := g.Policy == "complete-group"
		if complete && sum == 0 {
			sum = g.Points
		}
		total += sum
		one := writtenGroup{MaxScore: sum, Aggregate: string(deemster.AggregateSum), Require: require}
		if complete {
			one.Aggregate = string(deemster.AggregatePassFail)
		}
		if complete || even {
			c.group(dir, one)
			made[name] = []string{dir}
		}
		for k, i := range members[name] {
			dirs[i] = dir
			if !complete && !even {
				dirs[i] = fmt.Sprintf("%s-%03d", dir, k+1)
				c.group(dirs[i], writtenGroup{MaxScore: set.Tests[i].Points, Aggregate: one.Aggregate, Require: require})
				made[name] = append(made[name], dirs[i])
			}
		}
	}
	c.group("secret", writtenGroup{MaxScore: total, Aggregate: string(deemster.AggregateSum)})
	return dirs
}

func (c *conversion) group(dir string, g writtenGroup) {
	if err := c.to.yaml("data/"+dir+"/test_group.yaml", g); err != nil {
		c.errorf(polygonFile, "%v", err)
	}
}

func cut(s string, most int) string { return s[:min(len(s), most)] }

// standardCheckers are testlib's own whose comparison is ours too, with their flags.
var standardCheckers = map[string][]string{
	"wcmp": {"case_sensitive"}, "ncmp": {"case_sensitive"}, "hcmp": {"case_sensitive"}, "icmp": {"case_sensitive"},
	"yesno": {}, "nyesno": {},
	"rcmp4": {"float_tolerance", "1e-4"}, "rcmp6": {"float_tolerance", "1e-6"}, "rcmp9": {"float_tolerance", "1e-9"}, "dcmp": {"float_tolerance", "1e-6"},
}

// programs takes checker or interactor, and validators.
func (c *conversion) programs() error {
	extension := make(map[string]string)
	checker := c.Assets.Checker
	standard, known := standardCheckers[strings.TrimSuffix(strings.TrimPrefix(checker.Name, "std::"), ".cpp")]
	known = known && strings.HasPrefix(checker.Name, "std::")
	switch interactor := c.Assets.Interactor.Source; {
	case interactor.Path != "":
		c.source(interactor, "output_validator")
		extension["validator_protocol"] = string(deemster.ProtocolTestlib)
		if checker.Source.Path != "" && !known {
			c.warnf(checker.Source.Path, "is not run: the interactor alone says what a program is worth")
		}
	case known:
		for _, side := range []string{"sample", "secret"} {
			if err := c.flags(side, standard); err != nil {
				return err
			}
		}
	case checker.Source.Path != "":
		c.source(checker.Source, "output_validator")
		extension["validator_protocol"] = string(deemster.ProtocolTestlib)
	default:
		c.errorf(polygonFile, "there is no checker")
	}
	for i, validator := range c.Assets.Validators {
		if i < MaxPrograms {
			c.source(validator.Source, fmt.Sprintf("input_validators/validator%d", i+1))
			extension["input_validator_protocol"] = string(deemster.ProtocolTestlib)
		}
	}
	if len(extension) == 0 {
		return nil
	}
	return c.to.yaml(extensionFile, extension)
}

// flags gives all tests of a side the flags of the default output validator; the groups in
// it take them from there.
func (c *conversion) flags(side string, flags []string) error {
	name := "data/" + side + "/test_group.yaml"
	if f, ok := c.to[name]; ok {
		content, err := f.Read(MaxSettings)
		if err != nil {
			return err
		}
		quoted, err := json.Marshal(flags)
		c.to[name] = FileOf(name, append(content, []byte("output_validator_args: "+string(quoted)+"\n")...))
		return err
	}
	return c.to.yaml(name, writtenGroup{OutputArgs: flags})
}

// source takes a program with the headers beside it.
func (c *conversion) source(s polygonSource, dir string) {
	f, ok := c.from.files[s.Path]
	if !ok {
		c.errorf(polygonFile, "%.100q is not in the package", s.Path)
		return
	}
	c.to[dir+"/"+path.Base(s.Path)] = f
	for _, header := range c.Resources {
		if f, ok := c.from.files[header.Path]; ok && isHeader(header.Path) {
			c.to[dir+"/"+path.Base(header.Path)] = f
		}
	}
	if isCPP := path.Ext(s.Path) == ".cpp"; isCPP && c.to[dir+"/testlib.h"].open == nil {
		c.warnf(s.Path, "testlib.h is not among the package's files")
	}
}

// tags are Polygon's words for what a solution should get: a directory of the format, and
// what is permitted where none fits.
var tags = map[string]struct {
	dir       string
	permitted string
}{
	"main": {"accepted", ""}, "accepted": {"accepted", ""},
	"wrong-answer": {"wrong_answer", ""}, "presentation-error": {"wrong_answer", ""},
	"time-limit-exceeded":                          {"time_limit_exceeded", ""},
	"memory-limit-exceeded":                        {"memory_limit_exceeded", ""},
	"time-limit-exceeded-or-accepted":              {"mixed", "permitted: [AC, TLE]"},
	"time-limit-exceeded-or-memory-limit-exceeded": {"mixed", "required: [TLE, MLE]"},
	"rejected": {"rejected", ""}, "failed": {"rejected", ""},
}

func (c *conversion) solutions() error {
	var demands strings.Builder
	for _, s := range c.Assets.Solutions {
		if s.Tag == "do-not-run" {
			continue
		}
		tag, known := tags[s.Tag]
		f, there := c.from.files[s.Source.Path]
		if !known || !there {
			c.warnf(polygonFile, "solution %.100q with tag %.60q is not judged: the tag is not known or the file is not there", s.Source.Path, s.Tag)
			continue
		}
		base := path.Base(s.Source.Path)
		c.to["submissions/"+tag.dir+"/"+base] = f
		language := ""
		if strings.HasPrefix(s.Source.Type, "python.pypy") {
			language = "language: pypy3"
		}
		if said := strings.Trim(tag.permitted+", "+language, ", "); said != "" {
			fmt.Fprintf(&demands, "%q: {%s}\n", tag.dir+"/"+base, said)
		}
	}
	if demands.Len() > 0 {
		c.to[demandsFile] = FileOf(demandsFile, []byte(demands.String()))
	}
	return nil
}

// naturalLanguages are Polygon's names for languages.
var naturalLanguages = map[string]string{
	"english": "en", "russian": "ru", "chinese": "zh", "ukrainian": "uk", "french": "fr", "german": "de", "spanish": "es", "polish": "pl",
	"portuguese": "pt", "italian": "it", "japanese": "ja", "korean": "ko", "vietnamese": "vi", "arabic": "ar", "persian": "fa", "turkish": "tr",
	"armenian": "hy", "azerbaijani": "az", "belarusian": "be", "bulgarian": "bg", "czech": "cs", "dutch": "nl", "georgian": "ka", "greek": "el",
	"hebrew": "he", "hungarian": "hu", "indonesian": "id", "kazakh": "kk", "latvian": "lv", "lithuanian": "lt", "mongolian": "mn", "romanian": "ro",
	"serbian": "sr", "slovak": "sk", "slovene": "sl", "swedish": "sv", "tajik": "tg", "thai": "th", "uzbek": "uz", "croatian": "hr", "bengali": "bn", "hindi": "hi",
}

// statements makes Markdown of the statements in LaTeX, part by part.
func (c *conversion) statements() error {
	c.titles = make(map[string]string)
	for _, dir := range c.from.languages() {
		language := naturalLanguages[dir]
		if language == "" {
			continue // .pdf and .html among them
		}
		text, err := c.statement(dir)
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		name := "statement/problem." + language + ".md"
		c.to[name] = FileOf(name, []byte(text))
		for _, n := range c.Names {
			if n.Language == dir {
				c.titles[language] = cut(strings.TrimSpace(printable(n.Value)), maxText)
			}
		}
		for _, file := range c.from.under("statements/" + dir) {
			if pictureTypes[strings.ToLower(path.Ext(file))] != "" && !strings.Contains(file, "/") {
				c.to["statement/"+file] = c.from.files["statements/"+dir+"/"+file]
			}
		}
	}
	return nil
}

// statement is a statement as Markdown; empty when there is none.
func (c *conversion) statement(dir string) (string, error) {
	if f, ok := c.from.files["statements/"+dir+"/problem-properties.json"]; ok {
		content, ok, err := c.content(f, MaxSettings*4)
		if err != nil || !ok {
			return "", err
		}
		var parts struct{ Legend, Input, Output, Interaction, Scoring, Notes string }
		if err := json.Unmarshal(content, &parts); err != nil {
			c.errorf(f.Path, "is not JSON: %v", err)
			return "", nil
		}
		var text strings.Builder
		for _, part := range []struct{ heading, latex string }{
			{"", parts.Legend}, {"Input", parts.Input}, {"Output", parts.Output},
			{"Interaction", parts.Interaction}, {"Points", parts.Scoring}, {"Notes", parts.Notes},
		} {
			markdown, _ := markdownOf(part.latex)
			if strings.TrimSpace(markdown) == "" {
				continue
			}
			if part.heading != "" {
				text.WriteString("\n## " + part.heading + "\n\n")
			}
			text.WriteString(markdown)
		}
		return text.String(), nil
	}
	f, ok := c.from.files["statements/"+dir+"/problem.tex"]
	if !ok {
		return "", nil
	}
	content, ok, err := c.content(f, MaxSettings*4)
	if err != nil || !ok {
		return "", err
	}
	markdown, _ := markdownOf(string(content))
	return markdown, nil
}

func (c *conversion) settings() error {
	set := c.set()
	s := writtenSettings{Version: written, Name: c.titles}
	if c.scored {
		s.Type = []string{"scoring"}
	}
	if c.Assets.Interactor.Source.Path != "" {
		s.Type = append(s.Type, "interactive")
	}
	for _, file := range []string{c.Judging.Input, c.Judging.Output} {
		if file != "" && file != "stdin" && file != "stdout" {
			c.errorf(polygonFile, "programs read or write the file %.60q; here they have standard input and output", file)
		}
	}
	if c.Judging.Runs > 1 {
		c.errorf(polygonFile, "programs are run %d times on a test, which is not supported", c.Judging.Runs)
	}
	s.Limits = writtenLimits{Time: float64(set.Time) / 1000, Memory: set.Memory / int64(deemster.MiB)}
	for _, tag := range c.polygon.Tags {
		s.Keywords = append(s.Keywords, cut(printable(tag.Value), maxText))
	}
	return c.to.yaml(settingsFile, s)
}

package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const (
	maxText  = 300 // bytes in a title or a name
	maxNodes = 5000
)

// setting is a value in a YAML file, with its place for findings. A setting that is not
// what it should be becomes a finding and yields the zero value.
type setting struct {
	p     *Package
	where string // "problem.yaml: limits.memory"
	node  *yaml.Node
}

// readYAML reads a YAML file as one mapping. When it is not one, that is a finding and
// the answer is not ok.
func (p *Package) readYAML(f File) (s setting, ok bool, err error) {
	return p.readYAMLWith(f, &settings{})
}

// readYAMLWith reads a YAML file in which constants are replaced.
func (p *Package) readYAMLWith(f File, with *settings) (s setting, ok bool, err error) {
	content, ok, err := p.content(f, MaxSettings)
	if !ok {
		return setting{}, false, err
	}
	content = with.replaced(content)
	node, err := parseYAML(content)
	if err != nil {
		p.errorf(f.Path, "%v", err)
		return setting{}, false, nil
	}
	return setting{p, f.Path, node}, true, nil
}

// parseYAML parses one document. It refuses aliases, which can make a small file stand
// for a huge one. An empty document is an empty mapping.
func parseYAML(content []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return &yaml.Node{Kind: yaml.MappingNode}, nil
	} else if err != nil {
		return nil, fmt.Errorf("is not YAML: %w", err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, errors.New("must be one YAML document")
	}
	nodes := 0
	if err := checkNode(&document, &nodes); err != nil {
		return nil, err
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("must be a mapping of keys to values")
	}
	return document.Content[0], nil
}

func checkNode(n *yaml.Node, nodes *int) error {
	if *nodes++; *nodes > maxNodes {
		return fmt.Errorf("has more than %d values", maxNodes)
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return fmt.Errorf("line %d: anchors and aliases are not allowed", n.Line)
	}
	for _, child := range n.Content {
		if err := checkNode(child, nodes); err != nil {
			return err
		}
	}
	return nil
}

// each calls the handler of every key of a mapping. Unknown keys are warned of, empty
// values are as if absent.
func (s setting) each(handlers map[string]func(setting)) {
	if s.node.Kind != yaml.MappingNode {
		s.wrong("a mapping of keys to values")
		return
	}
	separator := ": "
	if strings.Contains(s.where, separator) {
		separator = "."
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(s.node.Content); i += 2 {
		key := s.node.Content[i].Value
		value := setting{s.p, s.where + separator + fmt.Sprintf("%.60s", printable(key)), s.node.Content[i+1]}
		handle, known := handlers[key]
		switch {
		case seen[key]:
			value.errorf("is there twice")
		case !known:
			value.warnf("is not a key that this version knows, and is ignored")
		case value.node.Tag != "!!null":
			handle(value)
		}
		seen[key] = true
	}
}

// value is the text of a key of a mapping, or nothing, without a finding.
func (s setting) value(key string) string {
	for i := 0; i+1 < len(s.node.Content); i += 2 {
		if s.node.Content[i].Value == key {
			return s.node.Content[i+1].Value
		}
	}
	return ""
}

// items lists the elements of a sequence; anything else is a sequence of itself.
func (s setting) items() []setting {
	if s.node.Kind != yaml.SequenceNode {
		return []setting{s}
	}
	var items []setting
	for i, n := range s.node.Content {
		items = append(items, setting{s.p, fmt.Sprintf("%s[%d]", s.where, i), n})
	}
	return items
}

func (s setting) isMapping() bool { return s.node.Kind == yaml.MappingNode }

// text is a line of text. Numbers count as text, because authors forget the quotes.
func (s setting) text() string {
	switch {
	case s.node.Kind != yaml.ScalarNode || s.node.Tag == "!!null" || s.node.Tag == "!!bool" || s.node.Tag == "!!binary":
		s.wrong("a text")
	case len(s.node.Value) > maxText:
		s.errorf("is longer than %d bytes", maxText)
	case !utf8.ValidString(s.node.Value) || strings.ContainsFunc(s.node.Value, unicode.IsControl):
		s.errorf("has a control character or is not UTF-8")
	default:
		return strings.TrimSpace(s.node.Value)
	}
	return ""
}

// number is a finite number between least and most.
func (s setting) number(least, most float64) float64 {
	if s.node.Kind != yaml.ScalarNode || (s.node.Tag != "!!int" && s.node.Tag != "!!float") {
		s.wrong("a number")
		return 0
	}
	x, err := strconv.ParseFloat(s.node.Value, 64)
	if err != nil || math.IsNaN(x) || x < least || x > most {
		s.errorf("must be a number from %v to %v", least, most)
		return 0
	}
	return x
}

// integer is a whole number between least and most.
func (s setting) integer(least, most int64) int64 {
	x := s.number(float64(least), float64(most))
	if x != math.Trunc(x) {
		s.errorf("must be a whole number")
		return 0
	}
	return int64(x)
}

// truth is true or false.
func (s setting) truth() bool {
	var yes bool
	if s.node.Tag != "!!bool" || s.node.Decode(&yes) != nil {
		s.wrong("true or false")
	}
	return yes
}

func (s setting) wrong(want string) {
	got := map[yaml.Kind]string{yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list"}[s.node.Kind]
	if got == "" {
		got = fmt.Sprintf("%.60q", s.node.Value)
	}
	s.errorf("must be %s and is %s", want, got)
}

func (s setting) errorf(format string, args ...any) { s.p.errorf(s.where, format, args...) }
func (s setting) warnf(format string, args ...any)  { s.p.warnf(s.where, format, args...) }

// printable leaves out what does not belong into a message.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, s)
}

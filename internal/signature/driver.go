package signature

import (
	"embed"
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/deemster-oj/deemster"
)

//go:embed drivers
var drivers embed.FS

// function is what templates see of a signature, in the words of one language.
type function struct {
	Name       string
	Parameters []parameter
	Void       bool      // the first parameter is the result
	Result     namedType // what is printed
	Zero       string    // something to return until there is better
	// Types are all that are read or printed, each after the one its items have.
	Types  []namedType
	Source string // the submission
}

// parameter is one of a function's. Its number tells it from all others in a driver, where
// names of the setter's would meet those of the driver.
type parameter struct {
	namedType
	Name   string
	Number int
}

// namedType is a type with its name in the language.
type namedType struct {
	valueType
	Type string
	Item *namedType // of a list
}

// Base is the signature's name of the type, without its lists.
func (t namedType) Base() string { return t.base }

// Depth is in how many lists the base type is.
func (t namedType) Depth() int { return t.depth }

// With declares name to be of this type, where types stand before names.
func (t namedType) With(name string) string {
	if strings.HasSuffix(t.Type, "*") {
		return t.Type + name
	}
	return t.Type + " " + name
}

// Uses reports whether a type of this base is read or printed.
func (f function) Uses(base string) bool {
	return slices.ContainsFunc(f.Types, func(t namedType) bool { return t.base == base })
}

func (l language) named(t valueType) namedType {
	n := namedType{valueType: t, Type: l.typeName(t)}
	if t.depth > 0 {
		item := l.named(t.item())
		n.Item = &item
	}
	return n
}

func (l language) function(s deemster.Signature) function {
	f := function{Name: l.functionName(s.Function), Void: s.Returns == void}
	add := func(t valueType) {
		for depth := range t.depth + 1 {
			if n := l.named(valueType{t.base, depth}); !slices.ContainsFunc(f.Types, func(o namedType) bool { return o.valueType == n.valueType }) {
				f.Types = append(f.Types, n)
			}
		}
	}
	for i, p := range s.Parameters {
		t, _ := parseType(p.Type)
		add(t)
		f.Parameters = append(f.Parameters, parameter{l.named(t), l.parameterName(p.Name), i})
	}
	r := result(s)
	add(r)
	f.Result, f.Zero = l.named(r), l.zeroOf(r)
	return f
}

// Languages lists the ids of the languages that functions can be written in.
func Languages() []string {
	var ids []string
	for _, l := range languages {
		ids = append(ids, l.ids...)
	}
	return ids
}

// Offered refuses a language that functions cannot be written in, with the sentence for its
// author.
func Offered(languageID string) error {
	if _, ok := languageOf(languageID); ok {
		return nil
	}
	var names []string
	for _, l := range languages {
		names = append(names, l.name)
	}
	return deemster.FieldErrorf("language", "this problem asks for a function, which can be written in %s or %s",
		strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// Starter is what the editor shows before anything is written: the empty function. It
// compiles, and is wrong. There is none for a language without a driver or for a signature
// that is not valid.
func Starter(s deemster.Signature, languageID string) (string, bool) {
	l, ok := languageOf(languageID)
	if !ok || Validate(s) != nil {
		return "", false
	}
	text, err := l.render(l.starter, l.function(s))
	return text, err == nil
}

// Starters are the starters of all languages by their ids.
func Starters(s deemster.Signature) map[string]string {
	all := map[string]string{}
	for _, l := range languages {
		if text, ok := Starter(s, l.ids[0]); ok {
			for _, id := range l.ids {
				all[id] = text
			}
		}
	}
	return all
}

// Files makes a program of a submission: its one file, called as the driver wants it, and
// the driver. The lines of the file keep their numbers. The error, of kind Invalid, is for
// the submission's author.
func Files(s deemster.Signature, languageID string, sources []deemster.File) ([]deemster.File, error) {
	if err := Offered(languageID); err != nil {
		return nil, err
	}
	if err := Validate(s); err != nil {
		return nil, err
	}
	if len(sources) != 1 {
		return nil, deemster.FieldErrorf("files", "this problem asks for a function in one file, not %d files", len(sources))
	}
	l, _ := languageOf(languageID)
	f := l.function(s)
	f.Source = strings.TrimPrefix(sources[0].Content, "\ufeff")
	var files []deemster.File
	for _, name := range l.files {
		text, err := l.render(name, f)
		if err != nil {
			return nil, err
		}
		files = append(files, deemster.File{Name: name, Content: text})
	}
	return files, nil
}

func (l language) render(name string, f function) (string, error) {
	t, err := parsed()
	if err != nil {
		return "", err
	}
	var text strings.Builder
	if err := t[l.dir].ExecuteTemplate(&text, name+".tmpl", f); err != nil {
		return "", fmt.Errorf("signature: %w", err)
	}
	return text.String(), nil
}

// parsed holds the templates of each folder in drivers/.
var parsed = sync.OnceValues(func() (map[string]*template.Template, error) {
	all := map[string]*template.Template{}
	for _, l := range languages {
		t, err := template.ParseFS(drivers, "drivers/"+l.dir+"/*.tmpl")
		if err != nil {
			return nil, fmt.Errorf("signature: %w", err)
		}
		all[l.dir] = t
	}
	return all, nil
})

// InPackage reports whether a Go source says which package it is of. A function alone need
// not: it is put into the driver's.
func (f function) InPackage() bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", f.Source, parser.PackageClauseOnly)
	return err == nil
}

// WithoutTags is a PHP source without the marks at its ends, so that code may go before and
// behind it.
func (f function) WithoutTags() string {
	source := strings.TrimPrefix(strings.TrimLeft(f.Source, " \t"), "<?php")
	return strings.TrimSuffix(strings.TrimRight(source, " \t\r\n"), "?>")
}

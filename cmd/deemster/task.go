package main

import (
	"fmt"
	"path"
	"slices"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
)

// task is what a package asks of submissions. What its validator is written in has to be
// ready.
func (f judgingFlags) task(p *pack.Package, data *testData, b *bench) (judge.Task, error) {
	task := judge.Task{
		Mode: p.Mode, Signature: p.Signature, Limits: f.limits(p), Checker: p.Checker, Groups: p.Groups, Tests: data.tests(p),
	}
	if p.Validator == nil {
		return task, nil
	}
	files, err := sources(*p.Validator)
	if err != nil {
		return task, err
	}
	l, err := programLanguage(b.all, *p.Validator)
	if err == nil {
		l, err = b.language(l.ID)
	}
	if err != nil {
		return task, err
	}
	task.Validator = &judge.Validator{
		Language: l, Files: files, Protocol: p.Validator.Protocol, Limits: p.Validator.Limits,
	}
	return task, nil
}

// programLanguage is the language of a program of a package's own.
func programLanguage(all []lang.Language, program pack.Program) (lang.Language, error) {
	files := make([]deemster.File, len(program.Files))
	for i, f := range program.Files {
		files[i].Name = f.Path
	}
	l, ok := lang.OfFiles(all, program.Language, files)
	if !ok {
		return l, fmt.Errorf("%s: the names of its files do not tell its language", program.Path)
	}
	return l, nil
}

// sources reads the files of a program of a package's own.
func sources(program pack.Program) ([]deemster.File, error) {
	files := make([]deemster.File, len(program.Files))
	for i, f := range program.Files {
		content, err := f.Read(pack.MaxProgram)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		files[i] = deemster.File{Name: path.Base(f.Path), Content: string(content)}
	}
	return files, nil
}

// withValidator adds the language of a package's validator to those wanted.
func withValidator(wanted, all []lang.Language, p *pack.Package) ([]lang.Language, error) {
	if p.Validator == nil {
		return wanted, nil
	}
	l, err := programLanguage(all, *p.Validator)
	if err != nil || slices.ContainsFunc(wanted, func(w lang.Language) bool { return w.ID == l.ID }) {
		return wanted, err
	}
	return append(wanted, l), nil
}

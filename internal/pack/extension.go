package pack

import (
	"io"
	"slices"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/signature"
)

// Files at the top of a package that the format does not know. Other judges ignore them.
const (
	// signatureFile declares the function that is asked for, as deemster.Signature has it.
	signatureFile = "signature.yaml"
	// extensionFile has the keys validator_protocol and input_validator_protocol: testlib
	// for validators that are called, and say what they say, as testlib.h has it.
	extensionFile = "deemster.yaml"
)

// readExtension reads what only this judge knows to ask.
func (p *Package) readExtension(t *tree) error {
	f, ok := t.files[extensionFile]
	if !ok {
		return nil
	}
	root, ok, err := p.readYAML(f)
	if !ok {
		return err
	}
	protocol := func(to *deemster.Protocol) func(setting) {
		return func(v setting) {
			*to = deemster.Protocol(v.text())
			if !slices.Contains([]deemster.Protocol{deemster.ProtocolICPC, deemster.ProtocolTestlib}, *to) {
				v.errorf("must be %s or %s", deemster.ProtocolICPC, deemster.ProtocolTestlib)
			}
		}
	}
	root.each(map[string]func(setting){
		"validator_protocol": protocol(&p.protocol), "input_validator_protocol": protocol(&p.inputProtocol),
	})
	return nil
}

// readSignature reads the function that is asked for, if one is.
func (p *Package) readSignature(t *tree) error {
	f, ok := t.files[signatureFile]
	if !ok {
		return nil
	}
	root, ok, err := p.readYAML(f)
	if !ok {
		return err
	}
	var s deemster.Signature
	root.each(map[string]func(setting){
		"function": func(v setting) { s.Function = v.text() },
		"returns":  func(v setting) { s.Returns = v.text() },
		"parameters": func(v setting) {
			for _, item := range v.items() {
				var q deemster.Parameter
				item.each(map[string]func(setting){
					"name": func(v setting) { q.Name = v.text() },
					"type": func(v setting) { q.Type = v.text() },
				})
				s.Parameters = append(s.Parameters, q)
			}
		},
	})
	if err := signature.Validate(s); err != nil {
		p.errorf(signatureFile, "%v", err)
		return nil
	}
	if p.Mode != (deemster.Mode{}) {
		p.errorf(signatureFile, "a function is asked for, which goes with programs that read a file and print once")
	}
	p.Signature = &s
	return nil
}

// checkValues reads the tests of a problem that asks for a function as its drivers do.
func (p *Package) checkValues() error {
	if p.Signature == nil {
		return nil
	}
	for _, t := range p.Tests {
		for _, side := range []struct {
			file  File
			check func(deemster.Signature, io.Reader) error
		}{{t.Input, signature.CheckInput}, {t.Answer, signature.CheckAnswer}} {
			r, err := side.file.Open()
			if err != nil {
				return err
			}
			err = side.check(*p.Signature, r)
			r.Close()
			if deemster.KindOf(err) == deemster.Invalid {
				p.errorf(side.file.Path, "%v", err)
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

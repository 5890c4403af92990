package attack

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// recorder is an engine that remembers what was run in its boxes, for one judgement.
type recorder struct {
	sandbox.Engine
	runs []run
}

// run is one command and what became of it.
type run struct {
	command sandbox.Command
	outcome sandbox.Outcome
	took    time.Duration
	passed  deemster.Bytes // that went to the command's Stdout
	output  []byte         // the first of them
}

// maxRecorded is how much of an output is searched for secrets.
const maxRecorded = 20 * deemster.MiB

func (r *recorder) NewBox(ctx context.Context) (sandbox.Box, error) {
	b, err := r.Engine.NewBox(ctx)
	if err != nil {
		return nil, err
	}
	return recordedBox{b, r}, nil
}

type recordedBox struct {
	sandbox.Box
	recorder *recorder
}

func (b recordedBox) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	r := run{command: c}
	var output bytes.Buffer
	out := &tee{to: c.Stdout, copy: &output}
	c.Stdout = out
	start := time.Now()
	o, err := b.Box.Run(ctx, c)
	r.outcome, r.took, r.passed, r.output = o, time.Since(start), out.passed, output.Bytes()
	b.recorder.runs = append(b.recorder.runs, r)
	return o, err
}

type tee struct {
	to     io.Writer
	copy   *bytes.Buffer
	passed deemster.Bytes
}

func (t *tee) Write(p []byte) (int, error) {
	t.passed += deemster.Bytes(len(p))
	t.copy.Write(p[:min(len(p), max(int(maxRecorded)-t.copy.Len(), 0))])
	return t.to.Write(p)
}

// said is all that a prisoner got out of the box.
func (r *recorder) said() string {
	var text strings.Builder
	for _, run := range r.runs {
		text.Write(run.output)
		text.Write(run.outcome.Stderr)
	}
	return text.String()
}

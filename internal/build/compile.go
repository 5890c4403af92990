package build

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

const (
	// maxCompilerOutput ends a compiler that floods us. Of less than that the beginning is
	// kept, and a compiler that talks much and succeeds has succeeded.
	maxCompilerOutput = 16 * deemster.MiB
	maxBuild          = 256 * deemster.MiB // a file that a compiler writes
	// notFound and above are the exit statuses of who could not start a program or saw it
	// killed.
	notFound = 127
	cutMark  = "\n… the rest of the compiler's output was left out\n"
)

// compile puts the program's files into the box and runs its compilers, which share the
// budget all. Own tells that they came to their end by themselves, so that they would come
// to the same again.
func compile(ctx context.Context, box sandbox.Box, program lang.Program, all deemster.Limits) (r result, own bool, err error) {
	for _, f := range program.Files {
		if err := box.WriteFile(f.Name, []byte(f.Content)); err != nil {
			return r, false, fmt.Errorf("build: write %s: %w", f.Name, err)
		}
	}
	limits := all
	limits.Output = maxCompilerOutput
	output := &head{limit: int(deemster.MaxCompileLog)}
	for _, command := range program.Compile {
		o, err := box.Run(ctx, sandbox.Command{
			Args:        command,
			Stdout:      output,
			MergeOutput: true,
			KeepStderr:  deemster.KiB,
			Limits:      limits,
			Scratch:     maxBuild,
		})
		if err != nil {
			return r, false, fmt.Errorf("build: compile: %w", err)
		}
		if o.Ending == sandbox.Cancelled {
			return r, false, fmt.Errorf("build: compile: %w", sandbox.ErrCancelled(ctx))
		}
		_, _ = output.Write(o.Stderr) // the box's own words when nothing could be started
		limits.CPU -= o.CPU
		limits.Wall -= o.Wall
		if sentence := notEnded(o, all, limits); sentence != "" {
			return result{Log: output.log(sentence)}, false, nil
		}
		if o.ExitCode != 0 {
			return result{Log: output.log("")}, o.ExitCode < notFound, nil
		}
	}
	return result{OK: true, Log: output.log("")}, true, nil
}

// notEnded says why a compiler did not end by itself; left is what is left of the
// budget all. It is empty when the compiler's own words will do.
func notEnded(o sandbox.Outcome, all, left deemster.Limits) string {
	switch {
	case o.Ending == sandbox.MemoryLimit:
		return fmt.Sprintf("Compiling needs more than the %v of memory that are allowed.", all.Memory)
	case o.Ending == sandbox.CPULimit, left.CPU <= 0:
		return fmt.Sprintf("Compiling takes more than the %v of processor time that are allowed.", all.CPU)
	case o.Ending == sandbox.WallLimit, left.Wall <= 0:
		return fmt.Sprintf("Compiling takes longer than the %v that are allowed.", all.Wall)
	case o.Ending == sandbox.OutputLimit:
		return fmt.Sprintf("The compiler writes more than is allowed: %v of messages, %v of files.", maxCompilerOutput, maxBuild)
	case o.Ending == sandbox.Signalled:
		return fmt.Sprintf("The compiler was ended by %s.", o.Signal)
	}
	return ""
}

// head is a writer that keeps the first bytes.
type head struct {
	buffer bytes.Buffer
	limit  int
	cut    bool
}

func (h *head) Write(p []byte) (int, error) {
	keep := min(len(p), h.limit-h.buffer.Len())
	h.buffer.Write(p[:keep])
	h.cut = h.cut || keep < len(p)
	return len(p), nil
}

// log is what was kept, readable and within the limit, with a mark where it was cut and
// a sentence of ours.
func (h *head) log(sentence string) string {
	if sentence != "" {
		sentence += "\n"
	}
	end := sentence
	text := Readable(h.buffer.Bytes())
	if room := h.limit - len(sentence) - len(cutMark); h.cut || len(text) > room {
		text = strings.ToValidUTF8(text[:min(len(text), room)], "")
		end = cutMark + sentence
	} else if text != "" && !strings.HasSuffix(text, "\n") {
		end = "\n" + sentence
	}
	return text + end
}

// Readable makes text for people of bytes from a program: valid UTF-8 without control
// characters but newlines and tabs.
func Readable(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(string(b), "\ufffd"))
}

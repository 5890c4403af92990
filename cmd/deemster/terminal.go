package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/sys/unix"
)

// visible makes text from a program or a package harmless for a terminal: what does not
// print is quoted, except newlines and tabs.
func visible(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == unicode.ReplacementChar && s[i] != "\ufffd"[0]: // a byte that is no UTF-8
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n' || r == '\t' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// indented is visible text of several lines, each behind indent.
func indented(text, indent string) string {
	text = strings.TrimRight(visible(text), "\n")
	return indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n"
}

// progress tells on standard error what is being done: on a terminal in one line that
// is written over, elsewhere a line each, and only when it is wanted.
type progress struct {
	to       io.Writer // nil tells nothing
	terminal bool
	shown    bool
}

func newProgress(wanted bool) *progress {
	p := &progress{terminal: isTerminal(os.Stderr)}
	if wanted || p.terminal {
		p.to = os.Stderr
	}
	return p
}

// show replaces what is shown.
func (p *progress) show(format string, args ...any) {
	if p.to == nil {
		return
	}
	text := visible(fmt.Sprintf(format, args...))
	if p.terminal {
		fmt.Fprint(p.to, "\r\x1b[K"+text)
		p.shown = true
		return
	}
	fmt.Fprintln(p.to, text)
}

// clear makes room for a line of output.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.to, "\r\x1b[K")
		p.shown = false
	}
}

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

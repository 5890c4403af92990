package doctor

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Print writes the report for people, in colour if wanted.
func (r Report) Print(to io.Writer, colour bool) error {
	out := bufio.NewWriter(to)
	width := 0
	for _, item := range r.Items {
		width = max(width, utf8.RuneCountInString(item.Name))
	}
	group := Group("")
	for _, item := range r.Items {
		if item.Group != group {
			if group != "" {
				fmt.Fprintln(out)
			}
			group = item.Group
			fmt.Fprintln(out, group)
		}
		padding := strings.Repeat(" ", width-utf8.RuneCountInString(item.Name))
		fmt.Fprintf(out, "  %s  %s%s  %s", item.mark(colour), item.Name, padding, item.Found)
		switch {
		case item.Advice == "":
			fmt.Fprintln(out)
		case item.State == Skipped: // for whoever wants it
			fmt.Fprintf(out, " → %s\n", item.Advice)
		default:
			fmt.Fprintf(out, "\n           → %s\n", item.Advice)
		}
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, r.summary())
	return out.Flush()
}

// marks are the states as printed, all of a width, and their colours.
var marks = map[State][2]string{
	OK: {"ok     ", "32"}, Missing: {"MISSING", "1;31"}, Advice: {"advice ", "33"}, Skipped: {"–      ", "2"},
}

func (i Item) mark(colour bool) string {
	m := marks[i.State]
	if !colour {
		return m[0]
	}
	return "\x1b[" + m[1] + "m" + m[0] + "\x1b[0m"
}

// summary is what to make of it all.
func (r Report) summary() string {
	var missing []string
	advice := 0
	for _, item := range r.Items {
		if item.fatal() {
			missing = append(missing, item.Name)
		}
		if item.State == Advice {
			advice++
		}
	}
	more := ""
	if advice == 1 {
		more = " One piece of advice is above."
	} else if advice > 1 {
		more = fmt.Sprintf(" %d pieces of advice are above.", advice)
	}
	if len(missing) > 0 {
		return "This machine is not fit for strangers' programs. Missing: " + strings.Join(missing, ", ") + "." + more
	}
	return "This machine can judge strangers' programs." + more
}

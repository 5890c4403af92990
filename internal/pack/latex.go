package pack

import (
	"regexp"
	"strings"
)

// latex turns the part of LaTeX that statements are written in into Markdown. Mathematics
// is left as it is. A command that is not known leaves what is in its braces.
type latex struct {
	text  string
	at    int
	depth int
	out   strings.Builder
	title string   // of \problemname
	lists []string // of the lists around: "- " or "1. "
}

// maxDepth bounds how deep braces may lie in one another; what is deeper is left out.
const maxDepth = 50

// maxFormula is how long a formula may be, in bytes.
const maxFormula = 4000

// markdownOf converts LaTeX, and gives the name that the statement has in it.
func markdownOf(text string) (markdown, title string) {
	l := &latex{text: strings.ReplaceAll(text, "\r\n", "\n")}
	l.until("")
	return tidy(l.out.String()), l.title
}

var (
	manyLines  = regexp.MustCompile(`\n[ \t]*(\n[ \t]*)+\n`)
	lineSpaces = regexp.MustCompile(`(?m)[ \t]+$`)
)

func tidy(markdown string) string {
	markdown = lineSpaces.ReplaceAllString(markdown, "")
	return strings.TrimSpace(manyLines.ReplaceAllString(markdown, "\n\n")) + "\n"
}

// inside converts text that stands in braces.
func (l *latex) inside(text string) string {
	if l.depth >= maxDepth {
		return ""
	}
	one := &latex{text: text, depth: l.depth + 1, lists: l.lists}
	one.until("")
	if one.title != "" {
		l.title = one.title
	}
	return one.out.String()
}

// plain are characters that stand for themselves behind a backslash, and what they are in
// Markdown.
var plain = map[byte]string{
	'%': "%", '&': "&", '#': `\#`, '_': `\_`, '{': "{", '}': "}", '$': `\$`, ' ': " ", ',': " ", '\\': "\n", '-': "", '/': "", ';': " ", '!': "",
}

// signs are what two or three characters of a text stand for.
var signs = []struct{ from, to string }{
	{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}, {"<<", "«"}, {">>", "»"}, {"~", " "}, {"`", "‘"},
	{"*", `\*`}, {"_", `\_`}, {"<", "&lt;"}, {"[", `\[`},
}

// until converts up to the end of an environment, or of the text.
func (l *latex) until(end string) {
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		if end != "" && strings.HasPrefix(rest, end) {
			l.at += len(end)
			return
		}
		switch c := rest[0]; {
		case c == '%':
			line, _, _ := strings.Cut(rest, "\n")
			l.at += min(len(line)+1, len(rest))
		case c == '$', strings.HasPrefix(rest, `\(`), strings.HasPrefix(rest, `\[`):
			l.math(rest)
		case c == '{':
			l.out.WriteString(l.styled(l.braces()))
		case c == '}':
			l.at++
		case c == '\\':
			l.command()
		default:
			l.sign(rest)
		}
	}
}

func (l *latex) sign(rest string) {
	for _, s := range signs {
		if strings.HasPrefix(rest, s.from) {
			l.out.WriteString(s.to)
			l.at += len(s.from)
			return
		}
	}
	l.out.WriteByte(rest[0])
	l.at++
}

// math copies mathematics, in the signs that statements in Markdown have for it.
func (l *latex) math(rest string) {
	for _, m := range []struct{ open, close, sign string }{
		{"$$$", "$$$", "$"}, {"$$", "$$", "$$"}, {"$", "$", "$"}, {`\(`, `\)`, "$"}, {`\[`, `\]`, "$$"},
	} {
		inside, ok := strings.CutPrefix(rest, m.open)
		if !ok {
			continue
		}
		// What is not closed soon is no formula, and is not looked for again and again.
		if formula, _, closed := strings.Cut(cut(inside, maxFormula), m.close); closed {
			l.out.WriteString(m.sign + strings.TrimSpace(formula) + m.sign)
			l.at += len(m.open) + len(formula) + len(m.close)
			return
		}
	}
	l.out.WriteString(`\$`)
	l.at++
}

// braces takes what stands in braces here, or the next character.
func (l *latex) braces() string {
	for l.at < len(l.text) && (l.text[l.at] == ' ' || l.text[l.at] == '\n') {
		l.at++
	}
	if l.at >= len(l.text) {
		return ""
	}
	if l.text[l.at] != '{' {
		l.at++
		return l.text[l.at-1 : l.at]
	}
	start, open := l.at+1, 0
	for ; l.at < len(l.text); l.at++ {
		switch l.text[l.at] {
		case '\\':
			l.at++
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				l.at++
				return l.text[start : l.at-1]
			}
		}
	}
	l.at = len(l.text)
	return l.text[start:]
}

// option passes over what stands in brackets here.
func (l *latex) option() {
	if strings.HasPrefix(l.text[l.at:], "[") {
		if end := strings.IndexByte(l.text[l.at:], ']'); end >= 0 {
			l.at += end + 1
		}
	}
}

// styles are commands for text that is emphasized.
var styles = map[string]string{
	"textbf": "**", "bf": "**", "bfseries": "**", "textit": "*", "it": "*", "itshape": "*", "emph": "*", "em": "*", "textsl": "*",
	"texttt": "`", "tt": "`", "t": "`", "ttfamily": "`",
}

var styleHere = regexp.MustCompile(`^\s*\\([a-z]+)\s+`)

// styled converts a group of which the first command may say how it looks.
func (l *latex) styled(text string) string {
	if match := styleHere.FindStringSubmatch(text); match != nil && styles[match[1]] != "" {
		return l.style(styles[match[1]], text[len(match[0]):])
	}
	return l.inside(text)
}

func (l *latex) style(mark, text string) string {
	if mark == "`" {
		return "`" + strings.NewReplacer("`", "'", `\_`, "_", `\%`, "%", `\#`, "#", `\&`, "&", `\{`, "{", `\}`, "}", `\$`, "$", `\textbackslash`, `\`).Replace(text) + "`"
	}
	if text = strings.TrimSpace(l.inside(text)); text == "" {
		return ""
	}
	return mark + text + mark
}

// headings are commands that begin a part of a statement.
var headings = map[string]string{
	"InputFile": "Input", "OutputFile": "Output", "Input": "Input", "Output": "Output", "Interaction": "Interaction",
	"Note": "Notes", "Notes": "Notes", "Scoring": "Points", "Constraints": "Constraints",
}

var commandName = regexp.MustCompile(`^[a-zA-Z]+\*?`)

// command converts what begins with a backslash.
func (l *latex) command() {
	l.at++
	name := commandName.FindString(l.text[l.at:])
	if name == "" {
		if l.at < len(l.text) {
			l.out.WriteString(plain[l.text[l.at]])
			l.at++
		}
		return
	}
	l.at += len(name)
	name = strings.TrimSuffix(name, "*")
	switch {
	case styles[name] != "" && l.bracesFollow():
		l.out.WriteString(l.style(styles[name], l.braces()))
	case headings[name] != "":
		l.out.WriteString("\n\n## " + headings[name] + "\n\n")
	default:
		l.known(name)
	}
}

func (l *latex) bracesFollow() bool {
	return strings.HasPrefix(strings.TrimLeft(l.text[l.at:], " "), "{")
}

func (l *latex) known(name string) {
	switch name {
	case "begin":
		l.environment(l.braces())
	case "end":
		l.braces()
	case "item":
		l.option()
		mark := "- "
		if n := len(l.lists); n > 0 {
			mark = strings.Repeat("  ", n-1) + l.lists[n-1]
		}
		l.out.WriteString("\n" + mark)
		l.at += len(l.text[l.at:]) - len(strings.TrimLeft(l.text[l.at:], " \n"))
	case "section", "subsection", "subsubsection", "paragraph":
		l.out.WriteString("\n\n## " + strings.TrimSpace(l.inside(l.braces())) + "\n\n")
	case "problemname":
		if l.bracesFollow() {
			l.title = strings.TrimSpace(l.inside(l.braces()))
		}
	case "illustration":
		l.braces()
		file, caption := l.braces(), l.braces()
		l.out.WriteString("\n\n![" + strings.TrimSpace(l.inside(caption)) + "](" + file + ")\n\n")
	case "includegraphics":
		l.option()
		l.out.WriteString("![](" + l.braces() + ")")
	case "constant":
		l.out.WriteString("{{" + l.braces() + "}}")
	case "url":
		l.out.WriteString("<" + l.braces() + ">")
	case "href":
		url := l.braces()
		l.out.WriteString("[" + l.inside(l.braces()) + "](" + url + ")")
	case "ldots", "dots", "textellipsis":
		l.out.WriteString("…")
	case "textbackslash":
		l.out.WriteString(`\\`)
	case "exmpfile", "exmp":
		l.braces()
		l.braces()
	case "def", "vspace", "hspace", "label", "setlength":
		l.braces()
	case "par", "newline", "bigskip", "medskip", "smallskip":
		l.out.WriteString("\n\n")
	default: // nextsample, noindent, sizes, …; of the rest what is in braces
		l.option()
	}
}

// environment converts what stands between \begin and \end.
func (l *latex) environment(name string) {
	end := `\end{` + name + `}`
	name = strings.TrimSuffix(name, "*")
	raw, _, _ := strings.Cut(l.text[l.at:], end)
	skip := func() { l.at = min(len(l.text), l.at+len(raw)+len(end)) }
	switch name {
	case "verbatim", "lstlisting", "Verbatim":
		l.option()
		raw, _, _ = strings.Cut(l.text[l.at:], end)
		skip()
		l.out.WriteString("\n\n```\n" + strings.Trim(strings.ReplaceAll(raw, "```", "'''"), "\n") + "\n```\n\n")
	case "equation", "align", "gather", "displaymath":
		skip()
		if name == "align" || name == "gather" {
			raw = `\begin{` + name + `ed}` + raw + `\end{` + name + `ed}`
		}
		l.out.WriteString("\n\n$$" + strings.TrimSpace(raw) + "$$\n\n")
	case "itemize", "enumerate":
		if len(l.lists) >= maxDepth {
			skip()
			return
		}
		l.option()
		mark := "- "
		if name == "enumerate" {
			mark = "1. "
		}
		l.lists = append(l.lists, mark)
		l.out.WriteString("\n")
		l.within(end)
		l.lists = l.lists[:len(l.lists)-1]
		l.out.WriteString("\n\n")
	case "tabular":
		l.option()
		l.braces()
		raw, _, _ = strings.Cut(l.text[l.at:], end)
		skip()
		l.out.WriteString(l.table(raw))
	case "example", "examples", "samples":
		skip()
	case "problem":
		l.title = strings.TrimSpace(l.inside(l.braces()))
		for range 4 {
			l.braces()
		}
		l.within(end)
	default:
		if heading := headings[name]; heading != "" {
			l.out.WriteString("\n\n## " + heading + "\n\n")
		}
		l.option()
		if name == "wrapfigure" || name == "minipage" {
			for l.bracesFollow() {
				l.braces()
			}
		}
		l.within(end)
		l.out.WriteString("\n\n")
	}
}

// within converts the inside of an environment in its place.
func (l *latex) within(end string) {
	if l.depth++; l.depth > maxDepth {
		l.at = len(l.text)
		return
	}
	l.until(end)
	l.depth--
}

// table makes a table of the rows of one, the first of which is its head.
func (l *latex) table(rows string) string {
	var table strings.Builder
	columns := 0
	for row := range strings.SplitSeq(rows, `\\`) {
		row = strings.TrimSpace(strings.ReplaceAll(row, `\hline`, ""))
		if row == "" {
			continue
		}
		cells := strings.Split(row, "&")
		for i, cell := range cells {
			cells[i] = strings.ReplaceAll(strings.Join(strings.Fields(l.inside(cell)), " "), "|", `\|`)
		}
		table.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if columns == 0 {
			columns = len(cells)
			table.WriteString("|" + strings.Repeat(" --- |", columns) + "\n")
		}
	}
	return "\n\n" + table.String() + "\n\n"
}

package catalog

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/gohugoio/hugo-goldmark-extensions/passthrough"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	markdownhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	nethtml "golang.org/x/net/html"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/pack"
)

// footnotePrefix begins the only ids and fragments that a statement has.
const footnotePrefix = "statement-"

// markdown renders statements. Raw HTML passes here, because authors use it for tables
// and sizes; what is dangerous in it is left to the policy, which everything goes through.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough,
		extension.NewFootnote(extension.WithFootnoteIDPrefix(footnotePrefix)),
		passthrough.New(passthrough.Config{
			InlineDelimiters: []passthrough.Delimiters{{Open: "$", Close: "$"}},
			BlockDelimiters:  []passthrough.Delimiters{{Open: "$$", Close: "$$"}},
		}),
	),
	goldmark.WithRendererOptions(
		markdownhtml.WithUnsafe(),
		renderer.WithNodeRenderers(util.Prioritized(mathRenderer{}, 1)), // before the extension's own
	),
)

// mathRenderer writes mathematics as text between \( \) or \[ \]. The renderer that comes
// with the parser writes it as HTML.
type mathRenderer struct{}

func (mathRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(passthrough.KindPassthroughInline, renderMath)
	r.Register(passthrough.KindPassthroughBlock, renderMath)
}

func renderMath(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var tex []byte
	element := "span"
	switch n := n.(type) {
	case *passthrough.PassthroughInline:
		tex = n.Segment.Value(source)
	case *passthrough.PassthroughBlock:
		element, tex = "div", n.Lines().Value(source)
	}
	class, left, right := "math inline", `\(`, `\)`
	if bytes.HasPrefix(tex, []byte("$$")) {
		class, left, right = "math display", `\[`, `\]`
	}
	_, err := fmt.Fprintf(w, `<%s class="%s">%s%s%s</%s>`, element, class, left, html.EscapeString(strings.Trim(string(tex), "$")), right, element)
	return ast.WalkSkipChildren, err
}

// policy is all that may be in a statement. Links and pictures are looked at once more
// by [finish].
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "span", "figure", "figcaption",
		"em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "code", "pre", "kbd", "samp", "var",
		"ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "center")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(math (inline|display)|language-[a-z0-9+#-]{1,20}|footnotes|footnote-(ref|backref))$`)).Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^`+footnotePrefix+`fn(ref\d*)?:\d+$`)).OnElements("li", "sup")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|right|center)$`)).OnElements("th", "td", "p", "div")
	p.AllowAttrs("colspan", "rowspan", "start").Matching(regexp.MustCompile(`^[0-9]{1,3}$`)).OnElements("th", "td", "ol")
	p.AllowAttrs("width", "height").Matching(regexp.MustCompile(`^[0-9]{1,4}%?$`)).OnElements("img")
	p.AllowAttrs("alt", "title").OnElements("img")
	p.AllowAttrs("src").OnElements("img")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}

// sampleMark is where the format lets an author put a sample into the text.
var sampleMark = regexp.MustCompile(`\{\{\s*(nextsample|remainingsamples)\s*\}\}`)

// What a statement may have, because the parser takes quadratic time for more: quotes and
// lists nested on one line, and square brackets.
const (
	maxNesting  = 50
	maxBrackets = 2000
)

var nested = regexp.MustCompile(fmt.Sprintf(`(?m)^(?:[ \t]*(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){%d}`, maxNesting+1))

// checkEffort refuses a statement that would keep the parser busy for long.
func checkEffort(text string) error {
	if nested.MatchString(text) {
		return deemster.Errorf(deemster.Invalid, "the statement nests quotes and lists deeper than %d", maxNesting)
	}
	if strings.Count(text, "[") > maxBrackets {
		return deemster.Errorf(deemster.Invalid, "the statement has more than %d opening square brackets", maxBrackets)
	}
	return nil
}

// renderStatement renders a statement to HTML that is safe to put into a page. Pictures
// are those of the package; others are left out with a warning.
func renderStatement(s pack.Statement, slug string, pictures map[string]bus.Picture) (deemster.Statement, []string, error) {
	var warnings []string
	text := s.Markdown
	if err := checkEffort(text); err != nil {
		return deemster.Statement{}, nil, err
	}
	if sampleMark.MatchString(text) {
		text = sampleMark.ReplaceAllString(text, "")
		warnings = append(warnings, "statement: {{nextsample}} and {{remainingsamples}} are left out: the samples follow the statement")
	}
	var raw bytes.Buffer
	if err := markdown.Convert([]byte(text), &raw); err != nil {
		return deemster.Statement{}, nil, fmt.Errorf("catalog: render statement: %w", err)
	}
	safe, dropped := finish(policy.SanitizeBytes(raw.Bytes()), slug, pictures)
	return deemster.Statement{Language: s.Language, Markdown: s.Markdown, HTML: safe}, append(warnings, dropped...), nil
}

// maxDropped is how many of the pictures and links left out are named.
const maxDropped = 20

// finish points pictures to where they are served, and leaves out pictures and links
// that lead anywhere else on this site or load anything from another.
func finish(sanitised []byte, slug string, pictures map[string]bus.Picture) (finished string, warnings []string) {
	var out strings.Builder
	drop := func(format, address string) {
		if len(warnings) < maxDropped {
			warnings = append(warnings, fmt.Sprintf("statement: "+format, address))
		}
	}
	for tokens := nethtml.NewTokenizer(bytes.NewReader(sanitised)); tokens.Next() != nethtml.ErrorToken; {
		raw := string(tokens.Raw())
		token := tokens.Token()
		if token.Type != nethtml.StartTagToken && token.Type != nethtml.SelfClosingTagToken {
			out.WriteString(raw)
			continue
		}
		switch token.Data {
		case "img":
			i := attribute(token, "src")
			name := ""
			if i >= 0 {
				name = pictureName(token.Attr[i].Val)
			}
			if _, ok := pictures[name]; !ok {
				drop("a picture is left out: %.100q is not beside the statement", name)
				continue
			}
			token.Attr[i].Val = "/api/v1/problems/" + slug + "/pictures/" + url.PathEscape(name)
			out.WriteString(token.String())
		case "a":
			if i := attribute(token, "href"); i >= 0 && !goodLink(token.Attr[i].Val) {
				drop("a link is left out: %.100q is not the address of another site", token.Attr[i].Val)
				token.Attr = nil
			}
			out.WriteString(token.String())
		default:
			out.WriteString(raw)
		}
	}
	return out.String(), warnings
}

func attribute(t nethtml.Token, key string) int {
	for i, a := range t.Attr {
		if a.Key == key {
			return i
		}
	}
	return -1
}

// pictureName is the file that a picture's address names, relative to the statement.
func pictureName(address string) string {
	name, err := url.PathUnescape(strings.TrimPrefix(address, "./"))
	if err != nil {
		return address
	}
	return name
}

// goodLink reports whether a link leads to a footnote or to another site.
func goodLink(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "mailto" || (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" ||
		strings.HasPrefix(address, "#"+footnotePrefix+"fn"))
}

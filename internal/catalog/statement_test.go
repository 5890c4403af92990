package catalog

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/pack"
)

var pictures = map[string]bus.Picture{"two.svg": {}, "a b.png": {}}

func render(t testing.TB, markdown string) (html string, warnings []string) {
	t.Helper()
	s, warnings, err := renderStatement(pack.Statement{Language: "en", Markdown: markdown}, "sum", pictures)
	if err != nil {
		t.Fatal(err)
	}
	if s.Markdown != markdown {
		t.Errorf("the author's text was changed to %q", s.Markdown)
	}
	return s.HTML, warnings
}

func TestRenderStatement(t *testing.T) {
	const route = "/api/v1/problems/sum/pictures/"
	for name, c := range map[string]struct {
		markdown string
		want     string // somewhere in the page
		warning  string // in the only warning; empty for none
	}{
		"heading":             {"## Input", "<h2>Input</h2>", ""},
		"inline mathematics":  {`$a_1 * b_2 * c$`, `<span class="math inline">\(a_1 * b_2 * c\)</span>`, ""},
		"display mathematics": {"$$\na^2\n$$", "<div class=\"math display\">\\[\na^2\n\\]</div>", ""},
		"display in a line":   {`so $$a^2$$ holds`, `<div class="math display">\[a^2\]</div>`, ""},
		"less than in maths":  {`$1 \le a<b>c & d$`, `\(1 \le a&lt;b&gt;c &amp; d\)`, ""},
		"quotes in maths":     {`$f'(x) = "y"$`, `\(f&#39;(x) = &#34;y&#34;\)`, ""},
		"escaped dollars":     {`\$5 and \$6`, `$5 and $6`, ""},
		"dollars in code":     {"`$x$`", "<code>$x$</code>", ""},
		"one dollar":          {"it costs $5", "it costs $5", ""},
		"code":                {"```cpp\na<b\n```", "<pre><code class=\"language-cpp\">a&lt;b\n</code></pre>", ""},
		"table":               {"| a |\n|--:|\n| $x$ |", `<td align="right"><span class="math inline">\(x\)</span></td>`, ""},
		"strikethrough":       {"~~no~~", "<del>no</del>", ""},
		"footnote":            {"a[^1]\n\n[^1]: b", `<sup id="statement-fnref:1"><a href="#statement-fn:1"`, ""},
		"picture":             {"![two](two.svg)", `<img src="` + route + `two.svg" alt="two">`, ""},
		"picture, dotted":     {"![two](./two.svg)", route + `two.svg`, ""},
		"picture with space":  {"![](<a b.png>)", route + `a%20b.png`, ""},
		"picture in HTML":     {`<img src="two.svg" width="50%">`, `<img src="` + route + `two.svg" width="50%">`, ""},
		"absent picture":      {"a ![x](three.svg) b", "<p>a  b</p>", `"three.svg" is not beside`},
		"remote picture":      {"![x](https://e.example/two.svg)", "<p></p>", `"https://e.example/two.svg" is not beside`},
		"picture elsewhere":   {"![x](/api/v1/logout)", "<p></p>", `"/api/v1/logout" is not beside`},
		"parent's picture":    {"![x](../two.svg)", "<p></p>", `"../two.svg" is not beside`},
		"link":                {"[x](https://e.example/)", `<a href="https://e.example/" rel="nofollow noreferrer noopener" target="_blank">x</a>`, ""},
		"link on this site":   {"[x](/api/v1/logout)", "<a>x</a>", `"/api/v1/logout" is not the address`},
		"link to this scheme": {"[x](//e.example/)", "<a>x</a>", `"//e.example/" is not the address`},
		"sample marks":        {"a\n\n{{nextsample}}\n\n{{ remainingsamples }}\n\nb", "<p>a</p>\n<p>b</p>", "the samples follow"},
		"HTML table":          {"<table><tr><td colspan=2>x</td></tr></table>", `<td colspan="2">x</td>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, warnings := render(t, c.markdown)
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q in it", got, c.want)
			}
			if all := strings.Join(warnings, "\n"); len(warnings) > 1 || (c.warning == "") != (all == "") || !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
		})
	}
}

// attacks are statements that try to run something, load something, or pose as the page.
var attacks = []string{
	`<script>alert(1)</script>`,
	`<SCRIPT SRC=//e.example/x.js></SCRIPT>`,
	`<img src=x onerror=alert(1)>`,
	`<img src="two.svg" onload="alert(1)">`,
	`<img src="two.svg" srcset="https://e.example/x 1x">`,
	`<img src="data:image/svg+xml;base64,PHN2Zz4=">`,
	`<svg onload=alert(1)><script>alert(1)</script></svg>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
	`<iframe src="https://e.example/"></iframe>`,
	`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
	`<object data="x"></object><embed src="x">`,
	`<form action="/api/v1/logout" method="post"><button>x</button><input name="x"></form>`,
	`<style>*{background:url(https://e.example/)}</style>`,
	`<p style="background:url(https://e.example/)">x</p>`,
	`<link rel="stylesheet" href="https://e.example/x.css">`,
	`<meta http-equiv="refresh" content="0;url=https://e.example/">`,
	`<base href="https://e.example/">`,
	`<a href="javascript:alert(1)">x</a>`,
	"<a href=\"java\tscript:alert(1)\">x</a>",
	`<a href="&#106;avascript:alert(1)">x</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`,
	`<a href="vbscript:x">x</a>`,
	`[x](javascript:alert(1))`,
	`[x](<javascript:alert(1)>)`,
	`![x](javascript:alert(1))`,
	`[x]: javascript:alert(1)` + "\n\n[x]",
	`<div id="app">x</div><form id="x" name="body"></form>`,
	`<span class="fixed inset-0 math inline">x</span>`,
	`<div onclick="alert(1)" class="math display">x</div>`,
	`<video src="https://e.example/x" autoplay></video><audio src="https://e.example/x"></audio>`,
	`<template><script>alert(1)</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<?xml version="1.0"?><script>alert(1)</script>`,
	`$<script>alert(1)</script>$`,
	`$$<img src=x onerror=alert(1)>$$`,
	"$$\n<script>alert(1)</script>\n$$",
	`$</span><script>alert(1)</script>$`,
	`$\href{javascript:alert(1)}{x}$`,
	"`</code><script>alert(1)</script>`",
	"```\"><script>alert(1)</script>\nx\n```",
	"```x onclick=alert(1)\nx\n```",
	"| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
	`<img alt="--><script>alert(1)</script>" src="two.svg">`,
	`<img title='"><script>alert(1)</script>' src='two.svg'>`,
	"[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
	`<a id="statement-fn:1" href="#x">x</a><li id="statement-fnref:1:x">x</li>`,
}

// checkSafe parses a statement as a browser does and looks at everything in it.
func checkSafe(t *testing.T, page string) {
	t.Helper()
	context := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
	nodes, err := html.ParseFragment(strings.NewReader(page), context)
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range nodes {
		check(t, root)
		for n := range root.Descendants() {
			check(t, n)
		}
	}
}

const allowedElements = " p br hr h1 h2 h3 h4 h5 h6 blockquote div span figure figcaption em strong b i u s del ins sub sup small" +
	" code pre kbd samp var ul ol li dl dt dd table caption thead tbody tfoot tr th td center img a "

func check(t *testing.T, n *html.Node) {
	t.Helper()
	if n.Type == html.TextNode {
		return
	}
	if n.Type != html.ElementNode || !strings.Contains(allowedElements, " "+n.Data+" ") {
		t.Errorf("a node of type %d, %q", n.Type, n.Data)
	}
	for _, a := range n.Attr {
		ok := true
		switch a.Key {
		case "src":
			ok = n.Data == "img" && strings.HasPrefix(a.Val, "/api/v1/problems/sum/pictures/")
		case "href":
			ok = n.Data == "a" && (strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "http://") ||
				strings.HasPrefix(a.Val, "mailto:") || strings.HasPrefix(a.Val, "#statement-fn"))
		case "id":
			ok = strings.HasPrefix(a.Val, "statement-fn")
		case "class":
			ok = a.Val == "math inline" || a.Val == "math display" || strings.HasPrefix(a.Val, "language-") || strings.HasPrefix(a.Val, "footnote")
		case "alt", "title", "align", "colspan", "rowspan", "start", "width", "height", "rel", "target":
		default:
			ok = false
		}
		if !ok {
			t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
}

func TestAttacksInStatements(t *testing.T) {
	for _, attack := range attacks {
		t.Run(attack, func(t *testing.T) {
			page, _ := render(t, "before "+attack+" after\n\n"+attack+"\n")
			checkSafe(t, page)
		})
	}
}

// TestWarningsAreBounded gives a statement that has very much to complain about.
func TestWarningsAreBounded(t *testing.T) {
	_, warnings := render(t, strings.Repeat("![x](x) ", maxBrackets))
	if len(warnings) == 0 || len(warnings) > 2*maxDropped {
		t.Errorf("%d warnings, want some, and no more than %d", len(warnings), 2*maxDropped)
	}
}

// TestLongStatements renders the longest statements of the kinds that make parsers slow.
// Those for which ours is quadratic are refused.
func TestLongStatements(t *testing.T) {
	for _, piece := range []string{"$", "$a ", "*", "_a", "<a ", "`", "\\", "| ", "> a\n"} {
		page, _ := render(t, strings.Repeat(piece, int(pack.MaxStatement)/len(piece)))
		checkSafe(t, page)
	}
	for _, piece := range []string{">", "> ", " >", "- ", "+ ", "1. ", "> * 1) ", "[", "[a](", "[a]: b\n"} {
		long := strings.Repeat(piece, int(pack.MaxStatement)/len(piece))
		_, _, err := renderStatement(pack.Statement{Language: "en", Markdown: "a\n\n" + long}, "sum", nil)
		if deemster.KindOf(err) != deemster.Invalid {
			t.Errorf("%.10q and so on: error %v, want an Invalid one", piece, err)
		}
	}
}

func FuzzStatement(f *testing.F) {
	for _, attack := range attacks {
		f.Add(attack)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		if checkEffort(markdown) == nil {
			page, _ := render(t, markdown)
			checkSafe(t, page)
		}
	})
}

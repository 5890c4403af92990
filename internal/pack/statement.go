package pack

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// languageCode is a language as the format writes it: "en", "pt-BR", "fil".
var languageCode = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z]{2})?$`)

// statementFile is the name of a statement, with its language and kind.
var statementFile = regexp.MustCompile(`^problem(?:\.([a-z]{2,3}(?:-[A-Z]{2})?))?\.(md|tex|pdf)$`)

// statementDir is where the statement is: its place differs between the formats.
func statementDir(t *tree) string {
	if len(t.under("statement")) > 0 {
		return "statement"
	}
	return "problem_statement"
}

// withoutSamples takes away where a statement wants its samples: they are shown below it.
var withoutSamples = strings.NewReplacer("{{nextsample}}", "", "{{remainingsamples}}", "")

// readStatements reads the statements in Markdown and finds the title of the first.
func (p *Package) readStatements(t *tree, s *settings) error {
	dir := statementDir(t)
	others := 0
	for _, name := range t.under(dir) {
		match := statementFile.FindStringSubmatch(name)
		if match == nil {
			continue
		}
		f := t.files[dir+"/"+name]
		language := cmp.Or(match[1], "en")
		if match[2] == "pdf" {
			others++
			p.warnf(f.Path, "is not used: statements are shown as text")
			continue
		}
		if _, markdown := t.files[strings.TrimSuffix(f.Path, ".tex")+".md"]; match[2] == "tex" && markdown {
			continue
		}
		content, ok, err := p.content(f, MaxStatement)
		if err != nil {
			return err
		}
		switch {
		case !ok:
		case !utf8.Valid(content):
			p.errorf(f.Path, "is not UTF-8")
		case slices.ContainsFunc(p.Statements, func(s Statement) bool { return s.Language == language }):
			p.errorf(f.Path, "is a second statement in language %q", language)
		default:
			text, title := string(bytes.TrimPrefix(content, []byte("\ufeff"))), ""
			if match[2] == "tex" {
				text, title = markdownOf(text)
				p.warnf(f.Path, "is made Markdown of: look whether it is shown as it should be")
			}
			p.Statements = append(p.Statements, Statement{
				Language: language, Title: cmp.Or(s.names[language], s.names[""], title),
				Markdown: withoutSamples.Replace(string(s.replaced([]byte(text)))),
			})
		}
	}
	slices.SortStableFunc(p.Statements, func(a, b Statement) int {
		if (a.Language == "en") != (b.Language == "en") {
			if a.Language == "en" {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Language, b.Language)
	})
	switch {
	case len(p.Statements) > 0:
		p.Title = p.Statements[0].Title
		switch {
		case p.Title == "" && len(s.names) > 0:
			p.errorf(settingsFile+": name", "has no name in language %q, which the statement is in", p.Statements[0].Language)
		case p.Title == "":
			p.errorf(settingsFile, "has no name")
		}
	case others > 0:
		p.errorf(dir, "has no statement in Markdown or LaTeX: write %s/problem.en.md", dir)
	default:
		p.errorf(dir, "there is no statement: write %s/problem.en.md", dir)
	}
	return nil
}

// pictureTypes are the kinds of pictures a statement may show, by the end of their names.
var pictureTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// readPictures finds the pictures beside the statement and looks whether each is what
// its name says.
func (p *Package) readPictures(t *tree) error {
	dir := statementDir(t)
	for _, name := range t.under(dir) {
		contentType, isPicture := pictureTypes[strings.ToLower(path.Ext(name))]
		if !isPicture {
			continue
		}
		f := t.files[dir+"/"+name]
		if strings.Contains(name, "/") {
			p.warnf(f.Path, "is not used: pictures are right beside the statement")
			continue
		}
		if len(p.Pictures) == MaxPictures {
			p.errorf(dir, "has more than %d pictures", MaxPictures)
			return nil
		}
		content, ok, err := p.content(f, MaxPicture)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if contentType == pictureTypes[".svg"] {
			err = checkSVG(content)
		} else if http.DetectContentType(content) != contentType {
			err = errors.New("is not a picture of the kind its name says")
		}
		if err != nil {
			p.errorf(f.Path, "%v", err)
			continue
		}
		p.Pictures = append(p.Pictures, Picture{f, name, contentType})
	}
	return nil
}

// checkSVG refuses what is no SVG, and one with scripts or with references to anything
// outside, which the format forbids.
func checkSVG(content []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	seen := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && seen {
			return nil
		}
		if err != nil {
			return errors.New("is not an SVG picture in UTF-8")
		}
		switch token := token.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(token), []byte("ENTITY")) {
				return errors.New("declares entities")
			}
		case xml.StartElement:
			name := strings.ToLower(token.Name.Local)
			if !seen && name != "svg" {
				return errors.New("is not an SVG picture")
			}
			seen = true
			if name == "script" || name == "foreignobject" || name == "iframe" {
				return errors.New("has a script or a page in it")
			}
			if err := checkSVGAttributes(token.Attr); err != nil {
				return err
			}
		}
	}
}

func checkSVGAttributes(attributes []xml.Attr) error {
	for _, a := range attributes {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		if strings.HasPrefix(name, "on") {
			return errors.New("has a script in attribute " + name)
		}
		if name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/") {
			return errors.New("refers to something outside of it")
		}
	}
	return nil
}

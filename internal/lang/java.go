package lang

import (
	"regexp"
	"strings"

	"github.com/deemster-oj/deemster"
)

// class is a type declared at the top of a Java source.
type class struct {
	name    string // with its package
	public  bool
	hasMain bool
}

// className is a class whose file can be named after it in every file system. Others
// are left to the compiler's judgement.
var className = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,57}$`)

// publicClass is the name of a source's public class, without its package, which must be
// the name of its file; or empty.
func publicClass(source string) string {
	for _, c := range classes(source) {
		name := c.name[strings.LastIndexByte(c.name, '.')+1:]
		if c.public && className.MatchString(name) {
			return name
		}
	}
	return ""
}

// entryClass is the class to run: of those with a main method a public one, or the
// first. Without any, the first class is as good as another: running it says what is
// missing.
func entryClass(files []deemster.File) string {
	best, score := "Main", -1
	for _, f := range files {
		if extension(f.Name) != "java" {
			continue
		}
		for _, c := range classes(f.Content) {
			s := 0
			if c.hasMain {
				s += 2
			}
			if c.public {
				s++
			}
			if s > score {
				best, score = c.name, s
			}
		}
	}
	return best
}

// javaToken is a name, a character that is no part of one, or what needs no look: a
// comment, a string, a character.
var javaToken = regexp.MustCompile(`(?s)//[^\n]*|/\*.*?\*/|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\pL_$][\pL\pN_$]*|[^\s]`)

// classes lists the types declared at the top of a Java source. It looks at names and
// brackets only, so it says something of every text; what is no Java the compiler finds.
func classes(source string) []class {
	var found []class
	pack, inPackage := "", false
	public, static := false, false // said since the last statement or block
	braces, parens := 0, 0
	last := [2]string{} // the two tokens before the present one
	for _, token := range javaToken.FindAllString(source, -1) {
		switch {
		case len(token) > 1 && strings.ContainsRune(`/"'`, rune(token[0])):
			continue
		case inPackage:
			if inPackage = token != ";"; inPackage {
				pack += token
			} else {
				pack += "."
			}
		case token == "(":
			if braces == 1 && parens == 0 && static && last == [2]string{"void", "main"} && len(found) > 0 {
				found[len(found)-1].hasMain = true
			}
			parens++
		case token == ")":
			parens--
		case parens > 0: // an annotation's or a call's own matter
		case token == "{":
			braces++
			public, static = false, false
		case token == "}":
			braces--
			public, static = false, false
		case token == ";":
			public, static = false, false
		case token == "public":
			public = true
		case token == "static":
			static = true
		case braces == 0 && token == "package":
			inPackage = true
		case braces == 0 && declares(last[1]):
			found = append(found, class{name: pack + token, public: public})
		}
		last = [2]string{last[1], token}
	}
	return found
}

// declares reports whether a type's name follows this word at the top of a source.
func declares(word string) bool {
	switch word {
	case "class", "interface", "enum", "record":
		return true
	}
	return false
}

package gateway

import (
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
)

var python = deemster.LanguageInfo{ID: "python3", Name: "Python 3", Extensions: []string{"py"}, Source: "main.py", Available: true}

func TestSources(t *testing.T) {
	full := strings.Repeat("x", int(deemster.MaxSource))
	files := func(n int) (list []deemster.File) {
		for i := range n {
			list = append(list, deemster.File{Name: "f" + strings.Repeat("i", i), Content: "x"})
		}
		return list
	}
	one := func(name string) []deemster.File { return []deemster.File{{Name: name, Content: "x"}} }
	for _, test := range []struct {
		name  string
		q     submitRequest
		field string // at fault; empty: it is good
		limit string // that the title names
	}{
		{"a source", submitRequest{Source: "x"}, "", ""},
		{"just as large as may be", submitRequest{Source: full}, "", ""},
		{"one byte more", submitRequest{Source: full + "x"}, "source", "64 KiB"},
		{"bytes, not characters", submitRequest{Source: strings.Repeat("é", int(deemster.MaxSource)/2) + "x"}, "source", "64 KiB"},
		{"NUL bytes", submitRequest{Source: "x\x00"}, "", ""},
		{"empty", submitRequest{}, "source", "empty"},
		{"both", submitRequest{Source: "x", Files: one("a.py")}, "source", "not both"},
		{"a file", submitRequest{Files: one("a_b-c+1.PY")}, "", ""},
		{"most files", submitRequest{Files: files(deemster.MaxFiles)}, "", ""},
		{"one file more", submitRequest{Files: files(deemster.MaxFiles + 1)}, "files", "32"},
		{"2,000 files", submitRequest{Files: files(2000)}, "files", "32"},
		{"full files", submitRequest{Files: []deemster.File{{Name: "a", Content: full[1:]}, {Name: "b", Content: "x"}}}, "", ""},
		{"files over the limit", submitRequest{Files: []deemster.File{{Name: "a", Content: full}, {Name: "b", Content: "x"}}}, "files", "64 KiB"},
		{"empty files", submitRequest{Files: []deemster.File{{Name: "a"}, {Name: "b"}}}, "files", "empty"},
		{"twice one name", submitRequest{Files: []deemster.File{{Name: "a.py", Content: "x"}, {Name: "A.py", Content: "x"}}}, "files[1].name", "two files"},
		{"no name", submitRequest{Files: one("")}, "files[0].name", "name"},
		{"longest name", submitRequest{Files: one(strings.Repeat("n", 64))}, "", ""},
		{"longer name", submitRequest{Files: one(strings.Repeat("n", 65))}, "files[0].name", "64"},
		{"parent directory", submitRequest{Files: one("../x")}, "files[0].name", "dot"},
		{"a directory", submitRequest{Files: one("a/b")}, "files[0].name", "directory"},
		{"a Windows path", submitRequest{Files: one(`a\b`)}, "files[0].name", "plain"},
		{"an option", submitRequest{Files: one("-fplugin=x")}, "files[0].name", "dash"},
		{"hidden", submitRequest{Files: one(".bashrc")}, "files[0].name", "dot"},
		{"a newline", submitRequest{Files: one("a\nb")}, "files[0].name", "plain"},
		{"a NUL", submitRequest{Files: one("a\x00")}, "files[0].name", "plain"},
		{"a space", submitRequest{Files: one("a b")}, "files[0].name", "plain"},
		{"not ASCII", submitRequest{Files: one("é.py")}, "files[0].name", "plain"},
	} {
		got, err := test.q.sources(python)
		if test.field == "" {
			if err != nil || len(got) == 0 {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		public := deemster.PublicError(err)
		if err == nil || public.Field != test.field || !strings.Contains(public.Title, test.limit) {
			t.Errorf("%s: %v; want field %s and %q named", test.name, err, test.field, test.limit)
		}
	}
	if got, _ := (submitRequest{Source: "x"}).sources(python); got[0].Name != "main.py" {
		t.Errorf("a source without a name is called %q", got[0].Name)
	}
}

func TestDecodeJSON(t *testing.T) {
	for _, test := range []struct{ name, json, field string }{
		{"good", `{"problem":"a","files":[{"name":"x","content":"y"},{"name":"z","content":""}]}`, ""},
		{"escapes", `{"source":"\u00e9 \ud83d\ude00 \\ud800 \" \u0000"}`, ""},
		{"not UTF-8", "{\"source\":\"\xff\"}", "body"},
		{"cut rune", "{\"source\":\"\xc3\"}", "body"},
		{"surrogate in UTF-8", "{\"source\":\"\xed\xa0\x80\"}", "body"},
		{"lone high surrogate", `{"source":"\ud800"}`, "body"},
		{"lone low surrogate", `{"source":"\udc00 "}`, "body"},
		{"two high surrogates", `{"source":"\ud800\ud800"}`, "body"},
		{"surrogate after a backslash", `{"source":"\\\ud800"}`, "body"},
		{"not JSON", `{"source":`, "body"},
		{"empty", ``, "body"},
		{"two documents", `{} {}`, "body"},
		{"unknown field", `{"sauce":"x"}`, "sauce"},
		{"unknown field deep", `{"files":[{"name":"x","path":"y"}]}`, "path"},
		{"wrong type", `{"source":12345}`, "source"},
		{"wrong type deep", `{"files":[{"name":{}}]}`, "files.name"},
		{"twice", `{"source":"x","source":"y"}`, "source"},
		{"twice in another case", `{"source":"x","SOURCE":"y"}`, "SOURCE"},
		{"twice in an element", `{"files":[{"name":"x","name":"y"}]}`, "name"},
		{"the same name in two objects", `{"files":[{"name":"x"},{"name":"y"}]}`, ""},
	} {
		err := decodeJSON([]byte(test.json), &submitRequest{})
		if got := deemster.PublicError(err).Field; err == nil != (test.field == "") || err != nil && got != test.field {
			t.Errorf("%s: %v, want field %q", test.name, err, test.field)
		}
		if err != nil && strings.Contains(err.Error(), "12345") {
			t.Errorf("%s: the error repeats what was sent: %v", test.name, err)
		}
	}
}

func FuzzDecodeJSON(f *testing.F) {
	f.Add([]byte(`{"source":"\ud83d\ude00","files":[{"name":"x","content":""}]}`))
	f.Add([]byte(`{"source":"\ud800"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var q submitRequest
		if decodeJSON(data, &q) == nil && strings.ContainsRune(q.Source, '\uFFFD') &&
			!strings.ContainsRune(string(data), '\uFFFD') && !strings.Contains(strings.ToLower(string(data)), `\ufffd`) {
			t.Errorf("a replacement character was made up: %q", data)
		}
	})
}

func TestAccountFields(t *testing.T) {
	for handle, good := range map[string]bool{
		"ab": true, "A-b_9": true, strings.Repeat("a", 32): true,
		"a": false, strings.Repeat("a", 33): false, "a b": false, "é_": false, "a/b": false, "": false,
	} {
		if err := checkHandle(handle); (err == nil) != good {
			t.Errorf("handle %q: %v", handle, err)
		}
	}
	for email, good := range map[string]bool{
		"ada@example.org": true, "a+b@localhost": true,
		"": false, "ada": false, "ada@": false, "Ada <ada@example.org>": false, "a@b, c@d": false,
		"a@b\r\nBcc: x@y": false, strings.Repeat("a", 250) + "@b.cd": false,
	} {
		if err := checkEmail(email); (err == nil) != good {
			t.Errorf("email %q: %v", email, err)
		}
	}
	for password, good := range map[string]bool{
		"12345678": true, strings.Repeat("x", 256): true, "1234567": false, strings.Repeat("x", 257): false,
	} {
		if err := checkPassword("password", password); (err == nil) != good {
			t.Errorf("password of %d bytes: %v", len(password), err)
		}
	}
	for key, good := range map[string]bool{"": true, "a-1": true, strings.Repeat("k", 129): false, "a b": false, "é": false, "a\n": false} {
		if err := checkIdempotencyKey(key); (err == nil) != good {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func TestParseWait(t *testing.T) {
	for text, good := range map[string]bool{
		"": true, "10s": true, "60s": true, "1m": true, "5": true, "0s": true, "250ms": true,
		"61s": false, "-1s": false, "NaN": false, "1e9": false, "forever": false, "99999999999999999999": false,
	} {
		if _, err := parseWait(text); (err == nil) != good {
			t.Errorf("wait %q: %v", text, err)
		}
	}
}

package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

// What requests may measure, beside the limits of the root package.
const (
	maxBody           = deemster.MiB       // of a JSON request
	maxPackage        = 512 * deemster.MiB // of a problem package, zipped
	minPassword       = 8                  // bytes
	maxPassword       = 256                // bytes: more costs us, and adds nothing
	minHandle         = 2
	maxHandle         = 32
	maxEmail          = 254 // RFC 5321, in effect
	maxTokenName      = 64
	maxTokens         = 50 // of one account
	maxIdempotencyKey = 128
)

// submitRequest is a submission as it comes in, over HTTP or the WebSocket.
type submitRequest struct {
	Problem  string          `json:"problem" doc:"The problem's slug." example:"aplusb"`
	Language string          `json:"language" doc:"The language's id, from GET /api/v1/languages." example:"python3"`
	Source   string          `json:"source,omitempty" doc:"The program, when it is one file: at most 64 KiB of UTF-8. Either this or files."`
	Files    []deemster.File `json:"files,omitempty" doc:"The program, when it is several files: at most 32, and 64 KiB in all."`
}

// sources checks the program and yields its files. A single source gets the name that the
// language gives it.
func (q submitRequest) sources(l deemster.LanguageInfo) ([]deemster.File, error) {
	if q.Source != "" && len(q.Files) > 0 {
		return nil, deemster.FieldErrorf("source", "send either source or files, not both")
	}
	if len(q.Files) == 0 {
		if q.Source == "" {
			return nil, deemster.FieldErrorf("source", "the source is empty")
		}
		if err := checkSize("source", len(q.Source)); err != nil {
			return nil, err
		}
		return []deemster.File{{Name: sourceName(l), Content: q.Source}}, nil
	}
	if len(q.Files) > deemster.MaxFiles {
		return nil, deemster.FieldErrorf("files", "%d files: a submission has at most %d", len(q.Files), deemster.MaxFiles)
	}
	size := 0
	names := map[string]bool{}
	for i, f := range q.Files {
		field := fmt.Sprintf("files[%d].name", i)
		if err := checkFileName(field, f.Name); err != nil {
			return nil, err
		}
		if fold := strings.ToLower(f.Name); names[fold] {
			return nil, deemster.FieldErrorf(field, "two files have this name")
		} else {
			names[fold] = true
		}
		size += len(f.Content)
	}
	if size == 0 {
		return nil, deemster.FieldErrorf("files", "every file is empty")
	}
	if err := checkSize("files", size); err != nil {
		return nil, err
	}
	return q.Files, nil
}

func checkSize(field string, size int) error {
	if limit := deemster.MaxSource; deemster.Bytes(size) > limit {
		return &deemster.Error{
			Kind: deemster.TooLarge, Field: field,
			Title: fmt.Sprintf("the source is %d bytes, over the limit of %s (%d bytes) for all files together", size, limit, int64(limit)),
		}
	}
	return nil
}

func sourceName(l deemster.LanguageInfo) string {
	switch {
	case l.Source != "":
		return l.Source
	case len(l.Extensions) > 0:
		return "main." + l.Extensions[0]
	}
	return "main"
}

// checkFileName accepts plain names only: such a name can be neither a path nor an option,
// whatever command line it ends in.
func checkFileName(field, name string) error {
	switch {
	case name == "":
		return deemster.FieldErrorf(field, "a file needs a name")
	case len(name) > deemster.MaxFileName:
		return deemster.FieldErrorf(field, "the name is over %d bytes", deemster.MaxFileName)
	case name[0] == '.' || name[0] == '-':
		return deemster.FieldErrorf(field, "a file name does not begin with a dot or a dash")
	}
	for _, c := range []byte(name) {
		if !isAlphanumeric(c) && !strings.ContainsRune("._+-", rune(c)) {
			return deemster.FieldErrorf(field, "a file name is plain: only A-Z a-z 0-9 . _ + - and no directory")
		}
	}
	return nil
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func checkHandle(handle string) error {
	if len(handle) < minHandle || len(handle) > maxHandle {
		return deemster.FieldErrorf("handle", "a handle has %d to %d characters", minHandle, maxHandle)
	}
	for _, c := range []byte(handle) {
		if !isAlphanumeric(c) && c != '_' && c != '-' {
			return deemster.FieldErrorf("handle", "a handle has only A-Z a-z 0-9 _ -")
		}
	}
	return nil
}

func checkPassword(field, password string) error {
	if len(password) < minPassword || len(password) > maxPassword {
		return deemster.FieldErrorf(field, "a password has %d to %d bytes", minPassword, maxPassword)
	}
	return nil
}

// checkEmail asks that a mail could be sent to the address; whether it arrives, only a mail
// can tell.
func checkEmail(email string) error {
	if len(email) > maxEmail {
		return deemster.FieldErrorf("email", "an address has at most %d bytes", maxEmail)
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email {
		return deemster.FieldErrorf("email", "this is not an e-mail address")
	}
	return nil
}

func checkIdempotencyKey(key string) error {
	if len(key) > maxIdempotencyKey {
		return deemster.FieldErrorf("Idempotency-Key", "the key is over %d characters", maxIdempotencyKey)
	}
	for _, c := range []byte(key) {
		if c < '!' || c > '~' {
			return deemster.FieldErrorf("Idempotency-Key", "the key has only visible ASCII characters")
		}
	}
	return nil
}

// decodeJSON reads a whole JSON document. The standard decoder replaces what is not
// UTF-8 and so would judge another program than was sent; here it is an error. No error
// repeats the document.
func decodeJSON(data []byte, v any) error {
	if at := invalidUTF8(data); at >= 0 {
		return deemster.FieldErrorf("body", "the body is not UTF-8 at byte %d", at)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil && d.Decode(&struct{}{}) != io.EOF {
		err = errors.New("there is more after the JSON document")
	}
	if err == nil {
		return checkNames(data)
	}
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return deemster.FieldErrorf("body", "the body is not JSON at byte %d", syntax.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return deemster.FieldErrorf("body", "the JSON document ends too early")
	case errors.As(err, &wrongType):
		return deemster.FieldErrorf(wrongType.Field, "want %s, not %s", jsonType(wrongType.Type.Kind().String()), firstWord(wrongType.Value))
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return deemster.FieldErrorf(fieldOf(strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`)), "unknown field")
	}
	return deemster.FieldErrorf("body", "the body is not one JSON document")
}

// checkNames refuses an object that names a field twice, in whatever case: one part of a
// program may see the first and another the second.
func checkNames(data []byte) error {
	var open []map[string]bool // the names seen in each object that is open; nil for an array
	wantName := false
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return deemster.FieldErrorf("body", "the body is not one JSON document")
		}
		top := len(open) - 1
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:top]
			}
		case string:
			if wantName {
				if name := strings.ToLower(token); open[top][name] {
					return deemster.FieldErrorf(fieldOf(token), "the field is there twice")
				} else {
					open[top][name] = true
				}
				wantName = false
				continue // to its value
			}
		}
		wantName = len(open) > 0 && open[len(open)-1] != nil
	}
}

// jsonType calls a Go kind what JSON calls it.
func jsonType(kind string) string {
	switch {
	case kind == "slice":
		return "an array"
	case kind == "struct" || kind == "map":
		return "an object"
	case kind == "bool":
		return "true or false"
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"), strings.HasPrefix(kind, "float"):
		return "a number"
	}
	return "a string"
}

// firstWord leaves the number out of "number 12345".
func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// invalidUTF8 finds the first byte that is not UTF-8, or the first \u escape that is half
// of a surrogate pair; -1 when there is none.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		switch {
		case data[i] == '\\' && i+1 < len(data) && data[i+1] == 'u':
			unit, ok := escapedUnit(data[i:])
			switch {
			case !ok || unit < 0xD800 || unit > 0xDFFF:
				i += 2 // malformed escapes are the JSON decoder's to refuse
			case unit > 0xDBFF:
				return i
			default:
				low, ok := escapedUnit(data[i+6:])
				if !ok || low < 0xDC00 || low > 0xDFFF {
					return i
				}
				i += 12
			}
		case data[i] == '\\':
			i += 2
		case data[i] < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && size == 1 {
				return i
			}
			i += size
		}
	}
	return -1
}

// escapedUnit reads the \uXXXX that data begins with.
func escapedUnit(data []byte) (unit uint16, ok bool) {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0, false
	}
	for _, c := range data[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		unit = unit<<4 | uint16(c)
	}
	return unit, true
}

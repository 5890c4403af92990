package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// format is the version of what is kept and of how it is named. Another makes everything
// that was kept before unknown.
const format = "1"

// key names a build: equal for two only if compiling them does the same. It is safe as a
// file's name.
type key string

// keyOf hashes all that the outcome of compiling depends on. Each part goes in with its
// length, so that no text of one can pass for the beginning of the next.
func keyOf(engine string, s Source) key {
	h := sha256.New()
	text := func(s string) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		h.Write(length[:])
		h.Write([]byte(s))
	}
	number := func(n int64) { text(strconv.FormatInt(n, 10)) }
	text(format)
	text(engine)
	text(s.Language.Identity())
	number(int64(s.Limits.CPU))
	number(int64(s.Limits.Wall))
	number(int64(s.Limits.Memory))
	number(int64(s.Limits.Output))
	number(int64(s.Limits.Processes))
	number(int64(len(s.Program.Files)))
	for _, f := range s.Program.Files {
		text(f.Name)
		text(f.Content)
	}
	number(int64(len(s.Program.Compile)))
	for _, command := range s.Program.Compile {
		number(int64(len(command)))
		for _, argument := range command {
			text(argument)
		}
	}
	return key(hex.EncodeToString(h.Sum(nil)))
}

// valid tells whether a file's name is a key.
func (k key) valid() bool {
	raw, err := hex.DecodeString(string(k))
	return err == nil && len(raw) == sha256.Size && hex.EncodeToString(raw) == string(k)
}

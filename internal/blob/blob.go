// Package blob stores large values by the SHA-256 of their content: test data, packages,
// pictures. A value is written once, never changed, and checked whenever it is read.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/deemster-oj/deemster"
)

// ErrNotFound is the error of a blob that is not there.
var ErrNotFound = errors.New("blob: not found")

// ErrCorrupt is the error of a blob whose content is not what its name says.
var ErrCorrupt = errors.New("blob: content does not match its hash")

// Store keeps blobs. It is safe for use by many goroutines and processes.
type Store interface {
	// Put stores what r yields, without holding it in memory, and names it. When it
	// returns, the blob survives a power cut. Storing the same content twice keeps one.
	Put(ctx context.Context, r io.Reader) (deemster.Hash, deemster.Bytes, error)
	// Open reads a blob. The reader gives ErrCorrupt instead of io.EOF when the content
	// was not what its name says.
	Open(ctx context.Context, h deemster.Hash) (io.ReadCloser, error)
	// Size tells a blob's size.
	Size(ctx context.Context, h deemster.Hash) (deemster.Bytes, error)
}

// Open opens the store that spec names: "dir:PATH".
func Open(_ context.Context, spec string) (Store, error) {
	if path, ok := strings.CutPrefix(spec, "dir:"); ok && path != "" {
		return OpenDir(path)
	}
	scheme, _, _ := strings.Cut(spec, ":") // what follows may hold a password
	return nil, fmt.Errorf("blob: cannot open a %q store: want dir:PATH", scheme)
}

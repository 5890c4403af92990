// Package document stores JSON documents: problems and judging reports. It promises only
// what both a SQLite file and MongoDB can keep: inserting one document, replacing one if
// its revision is still what was read, reading one, and finding many by equal fields in
// the order of one.
package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrNotFound is the error of a document that is not there.
var ErrNotFound = errors.New("document: not found")

// ErrConflict is the error of an insert whose id is taken, or of a replace whose
// document has changed since it was read.
var ErrConflict = errors.New("document: conflict")

// Collection is a set of documents with unique ids.
type Collection string

// Every collection.
const (
	Problems Collection = "problems" // the head of each problem, by slug
	Versions Collection = "versions" // immutable versions, by "slug/number"
	Reports  Collection = "reports"  // immutable judging reports, by "submission/attempt"
)

// Store keeps documents. It is safe for use by many goroutines and processes.
type Store interface {
	// Insert stores a new document. Its revision is 1.
	Insert(ctx context.Context, in Collection, id string, doc any) error
	// Replace stores doc in place of the one with this id and revision; its revision is
	// then one more. Otherwise ErrConflict.
	Replace(ctx context.Context, in Collection, id string, revision int64, doc any) error
	// Get reads a document into doc, a pointer, and tells its revision.
	Get(ctx context.Context, in Collection, id string, doc any) (revision int64, err error)
	// Find reads documents in the order of their ids.
	Find(ctx context.Context, in Collection, q Query) ([]Document, error)
	Close() error
}

// Open opens the store that spec names: "sqlite:FILE".
func Open(ctx context.Context, spec string) (Store, error) {
	if file, ok := strings.CutPrefix(spec, "sqlite:"); ok && file != "" {
		return OpenSQLite(ctx, file)
	}
	scheme, _, _ := strings.Cut(spec, ":") // what follows may hold a password
	return nil, fmt.Errorf("document: cannot open a %q store: want sqlite:FILE", scheme)
}

// Query selects documents.
type Query struct {
	After string            // ids greater than this
	Equal map[string]string // top-level text fields, by JSON name, and what each must be; for a list, what it must contain
	Text  string            // somewhere in id or the "title" field, whatever its case
	Limit int               // at most so many; 0 is all
}

// Document is a document as Find yields it.
type Document struct {
	ID       string
	Revision int64
	JSON     []byte
}

package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// feedback is a validator's feedback directory that lasts from pass to pass: whatever it
// holds, but nextpass.in, is there again the next time. Nil is a directory that is thrown
// away.
type feedback struct {
	before, after kept
}

// kept is what is kept of a feedback directory after a pass.
type kept struct {
	archive *os.File // of all of it, empty before the first pass
	next    *os.File // nextpass.in
}

// Files that carry a feedback directory, beside it in /scratch. The archive is made and
// opened in the box, by a program that has no more rights than the validator.
const (
	oldArchive = "before.tar"
	newArchive = "after.tar"
	againFile  = "again"
	nextPass   = feedbackDir + "nextpass.in"
)

// maxArchive is what a feedback directory may hold.
const maxArchive = deemster.MaxScratch

// keepFeedback runs a validator between opening the archive and making it anew. Whatever
// goes wrong with that ends with a status that no validator may end with.
const keepFeedback = `if [ -s before.tar ]; then tar -xf before.tar --no-same-owner || exit 100; fi
"$@"
status=$?
exec <&- >&-
if [ -f feedback/nextpass.in ]; then echo >again; fi
tar -cf after.tar --exclude=feedback/nextpass.in feedback || exit 101
exit $status`

// keep makes a question one whose feedback directory lasts.
func (f *feedback) keep(q *question) {
	if f == nil {
		return
	}
	q.Args = append([]string{"/bin/sh", "-c", keepFeedback, "validator"}, q.Args...)
	q.Give = append(q.Give, sandbox.Given{Name: oldArchive, File: f.before.archive})
	q.Take = append(q.Take,
		sandbox.Taken{Name: newArchive, Limit: maxArchive, To: f.after.archive},
		sandbox.Taken{Name: nextPass, Limit: maxArchive, To: f.after.next},
		sandbox.Taken{Name: againFile, Limit: 1, To: &q.again})
}

// newFeedback is an empty feedback directory.
func newFeedback() (*feedback, error) {
	f := &feedback{}
	for _, file := range f.files() {
		var err error
		if *file, err = unnamedFile(); err != nil {
			return nil, errors.Join(err, f.close())
		}
	}
	return f, nil
}

func (f *feedback) files() []**os.File {
	return []**os.File{&f.before.archive, &f.before.next, &f.after.archive, &f.after.next}
}

func (f *feedback) close() error {
	var errs []error
	for _, file := range f.files() {
		if *file != nil {
			errs = append(errs, (*file).Close())
		}
	}
	return errors.Join(errs...)
}

// turn makes what was kept what is given next.
func (f *feedback) turn() error {
	f.before, f.after = f.after, f.before
	_, err := f.before.next.Seek(0, io.SeekStart)
	return errors.Join(err, emptied(f.after.archive), emptied(f.after.next))
}

// emptied makes a file as if it were new.
func emptied(f *os.File) error {
	_, err := f.Seek(0, io.SeekStart)
	return errors.Join(err, f.Truncate(0))
}

// passes runs the program on a test as often as the validator asks for it, every time on
// what that has written. Time and memory are limited for each pass.
func (j *judgement) passes(ctx context.Context, b *bench, c testcase, t *trial) (err error) {
	f, err := newFeedback()
	if err != nil {
		return fmt.Errorf("keep feedback: %w", err)
	}
	defer func() { err = errors.Join(err, f.close()) }()
	for pass := 1; ; pass++ {
		w, err := j.pass(ctx, b, c, f, t)
		if err != nil || !w.again || t.Verdict != deemster.Accepted {
			return err
		}
		if pass == j.Mode.Passes {
			t.judged(fault(fmt.Sprintf("asks for more than the %d passes that the problem has", pass), nil))
			return nil
		}
		if err := f.turn(); err != nil {
			return fmt.Errorf("keep feedback: %w", err)
		}
		c.input = f.before.next
	}
}

package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// moment is how long an interactor may take, once it has read everything, to say its word
// about what a program wrote that broke a rule then; and a program to end that has closed
// its output.
const moment = 300 * time.Millisecond

// conversation is a program and the problem's interactor, each in its own box, joined by
// two pipes. They hold the pipes themselves: what they say passes through nobody else. So
// the output limit does not count here; what is not read stays in the pipe.
//
// What was written decides, not who was quicker to end. We keep an end of both pipes open,
// so that neither side can hear of the other's end before we do.
//
//   - The interactor says 43, of what it has read: WA, whatever the program does now. It
//     is ended.
//   - The program breaks a rule. The interactor may still say 43 of what was written
//     before; when it waits for more, the broken rule decides, and it is ended.
//   - The program ends well, or closes its output and goes on: the interactor reads that
//     there is no more, and its word decides.
//   - The interactor says 42: the program reads that there is no more, and has to end well.
//
// What nobody reads any more is thrown away, so that neither dies of having said too much.
type conversation struct {
	limits     deemster.Limits // of the program
	program    side
	interactor side
	// What we hold of the pipes: the program's input, and so on.
	programIn, programOut, interactorIn, interactorOut *os.File

	outputClosed chan struct{} // the program has no output any more
	alarm        <-chan time.Time
	heard        bool // the interactor had read everything a moment ago
	silenced     bool // it had nothing to say about a program that broke a rule
	reading      sync.WaitGroup
}

// side is one of the two.
type side struct {
	ends   chan ending
	kill   context.CancelFunc
	ended  bool
	ending ending
}

// ending is how one side has ended.
type ending struct {
	sandbox.Outcome
	err error
}

// interact lets the program and the interactor talk.
func (j *judgement) interact(ctx context.Context, b *bench, c testcase, f *feedback, t *trial) (word, error) {
	q, err := j.validator.question(c, nil, f)
	if err != nil {
		return word{}, err
	}
	q.Limits.Wall += j.program.Limits.Wall // it waits while the program thinks
	talk := &conversation{limits: j.program.Limits, outputClosed: make(chan struct{})}
	theirs, err := talk.open()
	if err != nil {
		return word{}, fmt.Errorf("join program and interactor: %w", err)
	}
	defer talk.close()
	q.Stdin, q.Stdout = talk.interactorIn, talk.interactorOut
	talk.interactor.start(ctx, b.validator, q.Command)
	command := j.command(talk.programIn, theirs)
	command.Started = func() { _ = theirs.Close() }
	talk.program.start(ctx, b.program, command)

	w := talk.listen(j.validator, q)
	talk.program.kill()
	talk.interactor.kill()
	_ = theirs.Close() // of a program that never started
	if err := errors.Join(talk.program.ending.err, talk.interactor.ending.err); err != nil {
		return word{}, err
	}
	if ctx.Err() != nil {
		return word{}, sandbox.ErrCancelled(ctx)
	}
	t.ran(talk.program.ending.Outcome, talk.program.verdict(talk.limits))
	switch {
	case talk.silenced:
	case w.fault != "", !w.accepted, t.Verdict == deemster.Accepted:
		t.judged(w)
	}
	return w, nil
}

// start runs one side.
func (s *side) start(ctx context.Context, box sandbox.Box, c sandbox.Command) {
	ctx, s.kill = context.WithCancel(ctx)
	s.ends = make(chan ending, 1)
	go func() {
		o, err := box.Run(ctx, c)
		s.ends <- ending{o, err}
	}()
}

// verdict is what the program's own end deserves; one that we have ended did nothing wrong.
func (s *side) verdict(limits deemster.Limits) deemster.Verdict {
	return Verdict(s.ending.Outcome, limits, true)
}

// listen waits for both sides to end, sees to it that they do, and gives the interactor's
// word.
func (t *conversation) listen(v *validator, q *question) (w word) {
	outputClosed := t.outputClosed
	for !t.program.ended || !t.interactor.ended {
		select {
		case t.program.ending = <-t.program.ends:
			t.program.ended = true
			t.programEnded()
		case t.interactor.ending = <-t.interactor.ends:
			t.interactor.ended = true
			w = v.word(t.interactor.ending.Outcome, q)
			t.interactorEnded(w)
		case <-outputClosed:
			outputClosed = nil
			if !t.program.ended { // most often it ends now
				t.alarm = time.After(moment)
			}
		case <-t.alarm:
			t.alarm = nil
			t.waitedEnough()
		}
	}
	return w
}

// programEnded tells the interactor, unless the program's own fault may be what counts.
func (t *conversation) programEnded() {
	t.alarm = nil
	t.discard(t.programIn)
	switch {
	case t.program.ending.err != nil:
		t.interactor.kill()
	case t.program.verdict(t.limits) == deemster.Accepted:
		_ = t.programOut.Close()
	default:
		t.heard = t.everythingIsRead()
		t.alarm = time.After(moment)
	}
}

// interactorEnded tells the program, or ends it when nothing counts any more.
func (t *conversation) interactorEnded(w word) {
	_ = t.interactorOut.Close()
	if t.interactor.ending.err != nil || !w.accepted {
		t.program.kill()
	}
	t.discard(t.interactorIn)
}

// waitedEnough is called when a moment has gone by since the program broke a rule or
// closed its output.
func (t *conversation) waitedEnough() {
	if !t.program.ended { // it goes on without an output
		_ = t.programOut.Close()
		return
	}
	if !t.heard {
		t.heard = t.everythingIsRead()
		t.alarm = time.After(moment)
		return
	}
	t.silenced = true
	t.interactor.kill()
}

// everythingIsRead tells whether the interactor has read all that the program wrote.
func (t *conversation) everythingIsRead() bool {
	unread, err := unix.IoctlGetInt(int(t.interactorIn.Fd()), unix.TIOCINQ)
	return err != nil || unread == 0
}

// discard reads what nobody else will, until its writers are gone.
func (t *conversation) discard(f *os.File) {
	t.reading.Go(func() { _, _ = io.Copy(io.Discard, f) })
}

// open makes the pipes, and gives the program's own output: when its last descriptor is
// gone, we hear of it, and the interactor does not.
func (t *conversation) open() (theirs *os.File, err error) {
	if t.interactorIn, theirs, err = pipe(); err != nil {
		return nil, err
	}
	if t.programIn, t.interactorOut, err = pipe(); err == nil {
		t.programOut, err = os.OpenFile(fmt.Sprintf("/proc/self/fd/%d", theirs.Fd()), os.O_WRONLY, 0)
	}
	if err == nil {
		err = unix.Flock(int(theirs.Fd()), unix.LOCK_EX)
	}
	if err != nil {
		_ = theirs.Close()
		t.close()
		return nil, err
	}
	lock := int(t.interactorIn.Fd())
	t.reading.Go(func() {
		defer close(t.outputClosed)
		for unix.Flock(lock, unix.LOCK_EX) == unix.EINTR {
		}
	})
	return theirs, nil
}

// pipe is a pipe whose ends block, as programs expect of theirs.
func pipe() (reads, writes *os.File, err error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, nil, err
	}
	return os.NewFile(uintptr(fds[0]), "pipe"), os.NewFile(uintptr(fds[1]), "pipe"), nil
}

// close gives the pipes back, those that are written to first, so that whoever reads comes
// to an end.
func (t *conversation) close() {
	for _, f := range []*os.File{t.programOut, t.interactorOut} {
		_ = f.Close()
	}
	t.reading.Wait()
	for _, f := range []*os.File{t.programIn, t.interactorIn} {
		_ = f.Close()
	}
}

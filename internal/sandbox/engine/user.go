package engine

import "github.com/deemster-oj/deemster/internal/sandbox/native"

// Prepare makes of this process one that can open the engine that a spec names. For native
// boxes an ordinary user becomes root of a user namespace of his own, and the program
// starts anew: so it is the first thing to do. Otherwise it does nothing.
func Prepare(spec string) error {
	if spec != "native" {
		return nil
	}
	return native.EnterUserNamespace()
}

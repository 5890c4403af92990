package native_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// Everything here runs for an ordinary user too, if he has control groups of his own.
func TestMain(m *testing.M) {
	if err := native.EnterUserNamespace(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

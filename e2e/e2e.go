// Package e2e holds the tests of the whole system: the real binary, judged programs, real
// servers. The programs are files in testdata; the first line of each says which verdicts
// are right.
package e2e

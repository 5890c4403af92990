// Package channel tries to pass messages where none may pass: from one run of a box to
// the next, and from one box to another. It has tests only.
//
// A file of testdata is a channel: a program that is the sender or the receiver. The
// sender is told a bit by lot, the receiver guesses it, many times; a channel is closed
// when the guesses are no better than a coin's. Who tosses a coin would fail the test once
// in a million; who hears the sender is found out. Controls, channels that are opened on
// purpose, show that.
//
// What nobody closes, because boxes share a machine: the time that others leave to one on
// processors, caches, memory and disks, and so how long something takes; and the kernel's
// numbers that count for all, such as the inode numbers of pipes and the totals of
// sysinfo. Those with a program here say "open:" and why, and are measured and logged.
package channel

// Package problems carries the sample problems in the binary, one problem package a
// folder, for a first start with an empty catalog. The README beside this file lists
// them and says how to add one.
package problems

import (
	"embed"
	"io/fs"
)

// What a folder's folders hold is embedded with all below it, except names that begin
// with a dot or an underscore, such as Python's __pycache__. The Go submissions among
// them are data and not packages of this module: go.mod ignores folders of that name.
//
//go:embed */*
var files embed.FS

// Files returns the sample problems: each folder at its root is a package in the ICPC
// problem package format, and its name is the problem's slug.
func Files() fs.FS { return files }

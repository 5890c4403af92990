// Package web embeds the built web app: the files that `make web` leaves in build/.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:build
var build embed.FS

// Files is the built app. It has an index.html only after `make web`.
func Files() fs.FS {
	files, err := fs.Sub(build, "build")
	if err != nil {
		panic(err) // "build" is a valid path: this cannot happen
	}
	return files
}

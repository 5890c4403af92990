package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

// version is set by the linker.
var version = "unknown"

// versionCommand is `deemster version`.
type versionCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Run prints the version.
func (c *versionCommand) Run() error {
	v := struct {
		Version  string `json:"version"`
		Go       string `json:"go"`
		Platform string `json:"platform"`
	}{version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(v)
	}
	fmt.Printf("deemster %s (%s, %s)\n", v.Version, v.Go, v.Platform)
	return nil
}

package native

// HostRoot is the directory of this machine that boxes have their toolchains from; empty
// when they have them from containers.
func (e *Engine) HostRoot() string {
	if e.root == nil {
		return ""
	}
	return e.root.host
}

package native

// HostRoot is the directory of this machine that boxes have their toolchains from.
func (e *Engine) HostRoot() string { return e.root.host }

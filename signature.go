package deemster

// Signature declares the one function that is asked for: a submission has only that, and
// what reads a test and prints the result is made for it.
type Signature struct {
	Function   string      `json:"function"` // "twoSum": letters and digits, the first a lower-case letter
	Parameters []Parameter `json:"parameters"`
	// Returns is the result's type, or "void": then the function changes its first
	// parameter in place, and that is the result.
	Returns string `json:"returns"`
}

// Parameter is one parameter of a function. Types are written "int" (32 bits), "long"
// (64 bits), "double", "bool", "char" (an ASCII character), "string", and any of these
// with "[]" behind, once or twice. "ListNode" is a linked list of ints, "TreeNode" a binary
// tree of ints.
type Parameter struct {
	Name string `json:"name"` // as a function's
	Type string `json:"type"`
}

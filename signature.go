package deemster

// Signature declares the one function that is asked for: a submission has only that, and
// what reads a test and prints the result is made for it.
type Signature struct {
	Function   string      `json:"function"` // "twoSum": letters and digits, the first a lower-case letter
	Parameters []Parameter `json:"parameters"`
	Returns    string      `json:"returns"` // a type
}

// Parameter is one parameter of a function. Types are written "int", "long", "double",
// "bool", "char", "string", and any of these with "[]" behind, once or twice.
type Parameter struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

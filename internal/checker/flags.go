package checker

import (
	"github.com/deemster-oj/deemster"
)

// Parse reads the flags of the format's default output validator, and our own: exact,
// unordered_lines and lists. Flags that contradict each other are an error, of kind
// [deemster.Invalid].
func Parse(flags []string) (deemster.Checker, error) {
	var c deemster.Checker
	for i := 0; i < len(flags); i++ {
		switch flag := flags[i]; flag {
		case "exact":
			c.Exact = true
		case "unordered_lines":
			c.Unordered = true
		case "lists":
			c.Lists = true
		case "case_sensitive":
			c.CaseSensitive = true
		case "space_change_sensitive":
			c.SpaceSensitive = true
		case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance":
			i++
			if i == len(flags) {
				return c, deemster.Errorf(deemster.Invalid, "%s needs a number", flag)
			}
			tolerance, ok := parseNumber([]byte(flags[i]))
			if !ok || tolerance < 0 {
				return c, deemster.Errorf(deemster.Invalid, "%s must be a decimal number from 0, not %.40q", flag, flags[i])
			}
			if flag != "float_relative_tolerance" {
				if c.FloatAbsolute != nil {
					return c, twice("absolute")
				}
				c.FloatAbsolute = &tolerance
			}
			if flag != "float_absolute_tolerance" {
				if c.FloatRelative != nil {
					return c, twice("relative")
				}
				c.FloatRelative = &tolerance
			}
		default:
			return c, deemster.Errorf(deemster.Invalid, "%.40q is not a flag of the default output validator", flag)
		}
	}
	return c, contradiction(c)
}

// twice is what the format calls an error: nobody could tell which of the two is meant.
func twice(kind string) error {
	return deemster.Errorf(deemster.Invalid, "there are two %s tolerances; float_tolerance sets both kinds", kind)
}

// contradiction says what cannot be meant by flags, if anything.
func contradiction(c deemster.Checker) error {
	tolerant := c.FloatAbsolute != nil || c.FloatRelative != nil
	switch {
	case c.Exact && (c.Unordered || c.Lists || c.CaseSensitive || c.SpaceSensitive || tolerant):
		return deemster.Errorf(deemster.Invalid, "exact compares every byte in its place and goes with no other flag")
	case c.Unordered && tolerant:
		// Being near is not transitive: which line belongs to which would be a matching
		// problem, and two right programs could be told apart by the order they print in.
		return deemster.Errorf(deemster.Invalid, "unordered_lines does not go with a tolerance: lines in any order are compared as text")
	}
	return nil
}

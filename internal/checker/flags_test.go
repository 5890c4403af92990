package checker

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
)

func TestParse(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	tests := []struct {
		flags string
		want  deemster.Checker
	}{
		{"", deemster.Checker{}},
		{"case_sensitive space_change_sensitive", deemster.Checker{CaseSensitive: true, SpaceSensitive: true}},
		{"case_sensitive case_sensitive", deemster.Checker{CaseSensitive: true}},
		{"float_tolerance 1e-6", deemster.Checker{FloatAbsolute: number(1e-6), FloatRelative: number(1e-6)}},
		{"float_absolute_tolerance 0.5", deemster.Checker{FloatAbsolute: number(0.5)}},
		{"float_relative_tolerance .5 float_absolute_tolerance 0", deemster.Checker{FloatAbsolute: number(0), FloatRelative: number(0.5)}},
		{"exact", deemster.Checker{Exact: true}},
		{"unordered_lines lists case_sensitive", deemster.Checker{Unordered: true, Lists: true, CaseSensitive: true}},
		{"lists float_tolerance 1E-9", deemster.Checker{Lists: true, FloatAbsolute: number(1e-9), FloatRelative: number(1e-9)}},
	}
	for _, tt := range tests {
		got, err := Parse(strings.Fields(tt.flags))
		if err != nil {
			t.Errorf("%q: %v", tt.flags, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.flags, diff)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ flags, want string }{
		{"tolerance 1", `"tolerance" is not a flag`},
		{"Case_Sensitive", "is not a flag"},
		{"float_tolerance", "needs a number"},
		{"float_tolerance -1e-6", "from 0"},
		{"float_tolerance nan", "from 0"},
		{"float_tolerance inf", "from 0"},
		{"float_tolerance 0x1p-3", "from 0"},
		{"float_tolerance 1e400", "from 0"},
		{"float_tolerance case_sensitive", "from 0"},
		{"float_tolerance 1 float_absolute_tolerance 1", "two absolute tolerances"},
		{"float_relative_tolerance 1 float_tolerance 1", "two relative tolerances"},
		{"float_relative_tolerance 1 float_relative_tolerance 2", "two relative tolerances"},
		{"exact case_sensitive", "no other flag"},
		{"exact lists", "no other flag"},
		{"float_tolerance 1 exact", "no other flag"},
		{"unordered_lines float_tolerance 1e-6", "unordered_lines does not go with a tolerance"},
	}
	for _, tt := range tests {
		_, err := Parse(strings.Fields(tt.flags))
		if err == nil || !strings.Contains(err.Error(), tt.want) || deemster.KindOf(err) != deemster.Invalid {
			t.Errorf("%q: %v; want %q", tt.flags, err, tt.want)
		}
	}
}

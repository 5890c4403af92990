package pack

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

// expectations says for each directory of submissions which verdicts it stands for.
//
// The format knows only AC, WA, TLE and run-time error; a program over the memory limit
// is one of the last. The directories after brute_force are DOMjudge's, and ours for the
// verdicts that the format has no directory for.
var expectations = map[string][]deemster.Verdict{
	"accepted":              {deemster.Accepted},
	"wrong_answer":          {deemster.WrongAnswer},
	"time_limit_exceeded":   {deemster.TimeLimitExceeded},
	"run_time_error":        {deemster.RunTimeError, deemster.MemoryLimitExceeded},
	"rejected":              {deemster.WrongAnswer, deemster.TimeLimitExceeded, deemster.RunTimeError, deemster.MemoryLimitExceeded, deemster.OutputLimitExceeded},
	"brute_force":           {deemster.TimeLimitExceeded, deemster.RunTimeError, deemster.MemoryLimitExceeded},
	"memory_limit_exceeded": {deemster.MemoryLimitExceeded},
	"memory_limit":          {deemster.MemoryLimitExceeded},
	"output_limit_exceeded": {deemster.OutputLimitExceeded},
	"output_limit":          {deemster.OutputLimitExceeded},
	"compile_error":         {deemster.CompileError},
	"compiler_error":        {deemster.CompileError},
	"no_output":             {deemster.WrongAnswer},
	"partially_accepted":    anyVerdict,
}

// anyVerdict is what a submission may get that is told by its points.
var anyVerdict = []deemster.Verdict{
	deemster.Accepted, deemster.WrongAnswer, deemster.TimeLimitExceeded, deemster.RunTimeError,
	deemster.MemoryLimitExceeded, deemster.OutputLimitExceeded,
}

// labels are the words after @EXPECTED_RESULTS@: in a source, DOMjudge's way to expect
// something else than the directory says. Several are separated by commas.
var labels = map[string]string{
	"CORRECT": "accepted", "ACCEPTED": "accepted",
	"WRONG-ANSWER": "wrong_answer", "NO-OUTPUT": "no_output",
	"TIMELIMIT": "time_limit_exceeded", "TIME-LIMIT-EXCEEDED": "time_limit_exceeded",
	"RUN-ERROR": "run_time_error", "RUN-TIME-ERROR": "run_time_error",
	"MEMORY-LIMIT": "memory_limit", "OUTPUT-LIMIT": "output_limit",
	"COMPILER-ERROR": "compiler_error",
}

var labelMark = []byte("@EXPECTED_RESULTS@:")

// readSubmissions reads the example programs and what is demanded of each.
func (p *Package) readSubmissions(t *tree, s *settings) error {
	demands, err := p.readDemands(t)
	if err != nil {
		return err
	}
	type program struct {
		dir, name string // "accepted", "sum.py"
		files     []File
	}
	var programs []*program
	for _, path := range t.under("submissions") {
		dir, rest, inside := strings.Cut(path, "/")
		if path == "submissions.yaml" {
			continue
		}
		if !inside {
			p.warnf("submissions/"+path, "is not used: a submission's directory says what is expected")
			continue
		}
		name, _, _ := strings.Cut(rest, "/")
		if n := len(programs); n == 0 || programs[n-1].dir != dir || programs[n-1].name != name {
			programs = append(programs, &program{dir: dir, name: name})
		}
		last := programs[len(programs)-1]
		last.files = append(last.files, t.files["submissions/"+path])
	}
	if len(programs) > MaxSubmissions {
		p.errorf("submissions", "has %d programs; at most %d are allowed", len(programs), MaxSubmissions)
		return nil
	}
	accepted := false
	for _, program := range programs {
		one := Submission{Path: "submissions/" + program.dir + "/" + program.name}
		ok, err := p.readProgram(&one, program.files, s)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if p.expect(&one, program.dir, demands, s); len(one.Expected) > 0 {
			p.Submissions = append(p.Submissions, one)
		}
		accepted = accepted || slices.Equal(one.Expected, expectations["accepted"])
	}
	if !accepted {
		p.warnf("submissions/accepted", "has no program that shows that the problem can be solved")
	}
	return nil
}

// readProgram reads the files of a submission, within the limits of every submission.
func (p *Package) readProgram(s *Submission, files []File, with *settings) (ok bool, err error) {
	if len(files) > deemster.MaxFiles {
		p.errorf(s.Path, "has %d files; a submission has at most %d", len(files), deemster.MaxFiles)
		return false, nil
	}
	left := deemster.MaxSource
	for _, f := range files {
		name := strings.TrimPrefix(strings.TrimPrefix(f.Path, s.Path), "/")
		if name == "" {
			name = f.Path[strings.LastIndex(f.Path, "/")+1:]
		}
		if strings.Contains(name, "/") || len(name) > deemster.MaxFileName {
			p.errorf(f.Path, "the files of a submission are in one directory, with names of at most %d bytes", deemster.MaxFileName)
			return false, nil
		}
		content, err := f.Read(left)
		if deemster.KindOf(err) == deemster.TooLarge {
			p.errorf(s.Path, "is larger than %s, the limit of a submission", deemster.MaxSource)
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !utf8.Valid(content) {
			p.errorf(f.Path, "is not UTF-8")
			return false, nil
		}
		left -= deemster.Bytes(len(content))
		s.Files = append(s.Files, deemster.File{Name: name, Content: string(with.replaced(content))})
	}
	return true, nil
}

// labelled is what a label in a submission's source says, if it has one.
func (p *Package) labelled(s Submission) (expected []deemster.Verdict, found bool) {
	for _, f := range s.Files {
		_, after, found := bytes.Cut([]byte(f.Content), labelMark)
		if !found {
			continue
		}
		line, _, _ := bytes.Cut(after, []byte("\n"))
		for word := range strings.SplitSeq(string(line), ",") {
			word = strings.ToUpper(strings.ReplaceAll(strings.Trim(word, " \t\r*/"), "_", "-"))
			label, known := labels[word]
			if !known {
				p.errorf(s.Path, "%s %.40q is not a result", labelMark, word)
				return nil, true
			}
			expected = append(expected, expectations[label]...)
		}
		return expected, true
	}
	return nil, false
}

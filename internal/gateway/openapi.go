package gateway

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/deemster-oj/deemster"
)

var refusalType = reflect.TypeFor[refusal]()

// schemaName names schemas after Go's types, beginning with a capital.
func schemaName(t reflect.Type, hint string) string {
	return huma.DefaultSchemaNamer(t, hint)
}

// openAPIDocument finishes huma's description of the API and writes it.
func openAPIDocument(api *huma.OpenAPI) ([]byte, error) {
	api.Tags = []*huma.Tag{
		{Name: "account", Description: "Accounts, sessions and tokens."},
		{Name: "problems", Description: "Problems, their packages, and languages."},
		{Name: "submissions", Description: "Submitting, and what the judge says."},
		{Name: "runs", Description: "Trying a program before submitting it."},
		{Name: "admin", Description: "For administrators."},
	}
	schemas := api.Components.Schemas.Map()
	delete(schemas, "ErrorModel") // huma's own; ours is Refusal
	delete(schemas, "ErrorDetail")
	for name, schema := range schemas {
		for property, p := range schema.Properties {
			if p.Description == "" {
				p.Description = propertyMeaning(name, property)
			}
			if values, ok := propertyValues[property]; ok && p.Type == huma.TypeString {
				p.Enum = values
			}
			if p.Type == huma.TypeArray {
				p.Nullable = false // lists are never null here
			}
		}
	}
	for _, item := range api.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				finishOperation(op)
			}
		}
	}
	document, err := json.Marshal(api)
	if err != nil {
		return nil, fmt.Errorf("gateway: OpenAPI document: %w", err)
	}
	return document, nil
}

// finishOperation describes the headers that every call of the API has.
func finishOperation(op *huma.Operation) {
	for status, response := range op.Responses {
		if response.Headers == nil {
			response.Headers = map[string]*huma.Param{}
		}
		text := &huma.Schema{Type: huma.TypeString}
		response.Headers["RateLimit-Policy"] = &huma.Param{Description: "The limit that counted: class, requests (q) and seconds (w).", Schema: text}
		response.Headers["RateLimit"] = &huma.Param{Description: "What is left of it (r), and the seconds until all of it is (t).", Schema: text}
		if status == "429" || status == "503" {
			response.Headers["Retry-After"] = &huma.Param{Description: "Seconds.", Schema: &huma.Schema{Type: huma.TypeInteger}}
		}
	}
}

// documentSocket describes the WebSocket, which huma does not serve.
func (g *Gateway) documentSocket() {
	op := g.operation(call{
		method: http.MethodGet, path: socketPath, id: "socket", tag: "submissions", may: loggedIn,
		summary: "Submit and watch over a WebSocket", description: socketDescription,
		refusals: []int{http.StatusForbidden},
	})
	op.Responses["101"] = &huma.Response{Description: "The connection is a WebSocket now."}
	g.api.OpenAPI().AddOperation(&op)
}

const socketDescription = `Subprotocol deemster.v1: text frames, one JSON object each, type first. Pages of other sites are refused.

From the client:
{"type":"submit","ref":"a1","problem":…,"language":…,"source":…} (or files; idempotency_key if you like) ·
{"type":"watch","submission":ID} · {"type":"unwatch","submission":ID} · {"type":"ping"}

From the server:
{"type":"accepted","ref":"a1","submission":{…}} ·
{"type":"error","ref":"a1","status":429,"title":…,"field":…,"retry_after":12} ·
{"type":"progress","submission":ID,"attempt":1,"state":"judging","tests_done":3,"tests_total":10,"position":…} ·
{"type":"verdict","submission":{…}} · {"type":"pong"}

You watch your own submissions without asking. watch answers at once with the present state, so after a reconnect no verdict is missed.
A message has at most 512 KiB. A reader that lets more than 1 MiB wait is disconnected. Logging out, being disabled or losing the token closes the connection within a second.`

// propertyValues are the values of fields that are words of a list.
var propertyValues = map[string][]any{
	"verdict": anyOf(append(deemster.Verdicts, deemster.Skipped)),
	"state":   anyOf([]deemster.State{deemster.StateQueued, deemster.StateJudging, deemster.StateDone}),
	"lane":    anyOf(deemster.Lanes),
	"role":    anyOf([]deemster.Role{deemster.RoleUser, deemster.RoleSetter, deemster.RoleAdmin}),
	"plan":    anyOf([]deemster.Plan{deemster.PlanFree, deemster.PlanPremium}),
}

func anyOf[T ~string](words []T) []any {
	values := make([]any, len(words))
	for i, w := range words {
		values[i] = string(w)
	}
	return values
}

// propertyMeaning describes the fields of the root package's nouns, which do not know of
// this API: by "Schema.field", or by the field alone where it means the same everywhere.
func propertyMeaning(schema, property string) string {
	if m := meanings[schema+"."+property]; m != "" {
		return m
	}
	return meanings[property]
}

var meanings = map[string]string{
	"id": "The id.", "name": "The name.", "items": "The page's items.",
	"next_cursor": "Pass it as cursor to read on; absent on the last page.",
	"created_at":  "When it was made.", "slug": "The problem's slug.", "title": "The title.",
	"version": "Counts from 1; every import makes a new one.", "tags": "What it is about.",
	"difficulty": "easy, medium or hard.", "handle": "The handle.", "email": "The e-mail address; only its owner and administrators see it.",
	"role": "What the account may do.", "plan": "Decides the lane of its submissions.", "disabled": "Whether the account may not be used.",
	"verdict": "What the judge says.", "lane": "The lane of the queue.", "problem": "The problem's slug.", "language": "The language's id.",
	"memory_bytes": "Peak memory, of the worst test.", "cpu": "The processor's name.", "box": "The kind of box.",

	"Token.expires_at": "When it ends; absent: never.", "Token.last_used_at": "When it was last used, to the minute.",
	"NewToken.expires_at": "When it ends; absent: never.", "NewToken.last_used_at": "When it was last used.",

	"LanguageInfo.id": "The language's id, of the ICPC problem package format.", "LanguageInfo.name": "What people call it.",
	"LanguageInfo.extensions": "File name extensions, without the dot.", "LanguageInfo.source": "The name that a source without one gets.",
	"LanguageInfo.version": "As the toolchain says it.", "LanguageInfo.available": "Whether an executor has it.",
	"LanguageInfo.missing": "What is missing, and how to get it.", "LanguageInfo.time_factor": "The problem's time limit is multiplied by this,",
	"LanguageInfo.time_extra_ms": "and then this is added.", "LanguageInfo.memory_extra_bytes": "Added to the problem's memory limit.",

	"Problem.author": "Who wrote it.", "Problem.source": "Where it was used first.", "Problem.license": "Its licence.",
	"Problem.statement": "The text.", "Problem.samples": "Tests that everybody may see.",
	"Problem.time_limit_ms": "CPU time, before the language's allowance.", "Problem.memory_limit_bytes": "Memory, before the language's allowance.",
	"Problem.tests": "How many tests there are.", "Problem.updated_at": "When this version was published.",
	"Problem.mode":   "What a submission is, and how it meets a test; absent for a program that reads a file and prints, once.",
	"Problem.scored": "Whether submissions get points.", "Problem.max_score": "Points there are, when there is a bound.",
	"Problem.signature": "The function that is asked for, and nothing else.", "Problem.starter": "By language, what an editor begins with where a function is asked for.",
	"Mode.interactive": "The program talks with another instead of reading a file.", "Mode.passes": "How often a program may be run on one test.",
	"Mode.submit_answer": "The submission is no program: its files are the outputs.",
	"Signature.function": "Its name.", "Signature.parameters": "Its parameters, in their order.", "Signature.returns": "The type of its result.",
	"Parameter.type":     "int, long, double, bool, char or string, with [] behind for a list and [][] for a list of lists.",
	"Statement.language": "The natural language, as in en.", "Statement.markdown": "As its author wrote it.",
	"Statement.html": "The same as safe HTML; mathematics stays between \\( \\) and \\[ \\].",
	"Sample.input":   "Standard input.", "Sample.answer": "An accepted output.", "Sample.interaction": "What is said in an interactive problem, line by line: \"<\" begins what the program reads, \">\" what it writes.",
	"ImportResult.warnings": "What could be better in the package.",

	"Submission.problem_version": "The version it is judged by.", "Submission.user": "Who submitted it.",
	"Submission.state": "How far it is.", "Submission.score": "Points, when the problem is scored.", "Submission.max_score": "Points there are.",
	"Submission.time_ms": "CPU time of the worst test.", "Submission.attempt": "How often judging it was begun.",
	"Submission.tests_done": "Tests that have ended.", "Submission.tests_total": "Tests there are.", "Submission.judged_at": "When the verdict came.",
	"Submission.queue": "Where it waits, while it is queued.", "Submission.compile_log": "What the compiler said, cut at 64 KiB.",
	"Submission.message": "Of a judge error: what went wrong.", "Submission.tests": "Test by test; left out of lists.",
	"Submission.files": "The sources; left out of lists.", "Submission.provenance": "What the verdict was made with.",
	"QueuePosition.position": "1 is next.", "QueuePosition.eta_ms": "Expected time until it starts; 0 when it can't be told.",
	"File.name":       "A plain name of at most 64 bytes: A-Z a-z 0-9 . _ + -, not beginning with a dot or a dash.",
	"File.content":    "UTF-8.",
	"TestResult.name": "The test's name.", "TestResult.group": "The group it is in.", "TestResult.time_ms": "CPU time.", "TestResult.wall_ms": "Time on the clock.",
	"TestResult.memory_bytes": "Peak memory.", "TestResult.exit_code": "Exit status; 0 for hidden tests.", "TestResult.signal": "The signal that ended it; none for hidden tests.",
	"TestResult.feedback": "What the checker said; none for hidden tests.",
	"TestResult.message":  "What the problem's own checker says to its setter. Administrators alone see it.",
	"TestResult.score":    "What the checker gives for the test in a scored problem, as a part of 1. Absent, it is 1 for AC and 0 for the rest.",
	"RunAnswer.compiled":  "Whether it compiled; if not, there are no results.", "RunAnswer.compile_log": "What the compiler said, cut at 64 KiB.",
	"RunAnswer.results": "One for an input of your own, or one for each sample.",
	"RunResult.name":    "The sample's name, or input.",
	"RunResult.verdict": "On a sample what the judge says. On an input of your own TLE, MLE, OLE or RE, and absent when the program ended well.",
	"RunResult.stdout":  "What it printed, as text: control characters are left out.", "RunResult.stdout_cut": "Whether there was more.",
	"RunResult.stderr": "What it wrote to standard error.", "RunResult.stderr_cut": "Whether there was more.",
	"RunResult.time_ms": "CPU time.", "RunResult.wall_ms": "Time on the clock.", "RunResult.memory_bytes": "Peak memory.",
	"RunResult.exit_code": "Exit status.", "RunResult.signal": "The signal that ended it.",
	"RunResult.expected": "Of a sample: an accepted output, when it can be shown.", "RunResult.correct": "Of a sample: whether the output is right.",
	"RunResult.feedback":  "Of a sample: what the checker said.",
	"Provenance.executor": "The executor's id.", "Provenance.toolchain": "As the toolchain says its version.", "Provenance.problem_hash": "Names the exact test set.", "Provenance.cached": "The program had been compiled before, from the same sources by the same toolchain.",

	"ExecutorInfo.id": "Unique to one process.", "ExecutorInfo.host": "The machine's name.", "ExecutorInfo.slots": "How many it judges at a time.",
	"ExecutorInfo.busy": "How many it judges now.", "ExecutorInfo.languages": "What it can judge.",
	"ExecutorInfo.started_at": "When it started.", "ExecutorInfo.seen_at": "When it was last heard of.",
}

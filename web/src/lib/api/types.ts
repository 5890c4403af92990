/** The API's nouns, by the names that schema.d.ts has for them. */
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type User = Schemas['User'];
export type Token = Schemas['Token'];
export type NewToken = Schemas['NewToken'];
export type LanguageInfo = Schemas['LanguageInfo'];
export type ProblemSummary = Schemas['ProblemSummary'];
export type Problem = Schemas['Problem'];
export type Sample = Schemas['Sample'];
export type Submission = Schemas['Submission'];
export type TestResult = Schemas['TestResult'];
export type RunAnswer = Schemas['RunAnswer'];
export type RunResult = Schemas['RunResult'];
export type SourceFile = Schemas['File'];
export type Provenance = Schemas['Provenance'];
export type ImportResult = Schemas['ImportResult'];
/** What `application/problem+json` (RFC 9457) carries. */
export type Refusal = Schemas['Refusal'];

export type State = Submission['state'];
export type Verdict = TestResult['verdict'];

export type NewAccount = Schemas['RegisterInputBody'];
export type NewSubmission = Required<Pick<Schemas['SubmitRequest'], 'problem' | 'language' | 'source'>>;
export type NewRun = Pick<Schemas['RunRequest'], 'problem' | 'language' | 'source' | 'stdin' | 'samples'>;
export type ProblemQuery = NonNullable<paths['/api/v1/problems']['get']['parameters']['query']>;
export type SubmissionQuery = NonNullable<paths['/api/v1/submissions']['get']['parameters']['query']>;

/** One page of a list. `next_cursor` is absent on the last. */
export interface Page<T> {
	items: T[];
	next_cursor?: string;
}

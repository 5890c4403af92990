import type { components } from './schema';

type Schemas = components['schemas'];

export type State = Schemas['State'];
export type Verdict = Schemas['Verdict'];
export type User = Schemas['User'];
export type Token = Schemas['Token'];
export type LanguageInfo = Schemas['LanguageInfo'];
export type ProblemSummary = Schemas['ProblemSummary'];
export type Problem = Schemas['Problem'];
export type Sample = Schemas['Sample'];
export type Submission = Schemas['Submission'];
export type TestResult = Schemas['TestResult'];
export type SourceFile = Schemas['File'];
export type Provenance = NonNullable<Submission['provenance']>;
export type ImportResult = Schemas['ImportResult'];

/** One page of a list. `next_cursor` is empty or absent on the last. */
export interface Page<T> {
	items: T[];
	next_cursor?: string;
}

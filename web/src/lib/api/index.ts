/** Every API call that the pages make, by name. */
import { request } from './request';
import type {
	ImportResult,
	LanguageInfo,
	Page,
	Problem,
	ProblemSummary,
	Submission,
	Token,
	User
} from './types';

const v1 = '/api/v1';
const part = encodeURIComponent;

export const me = () => request<User>('GET', `${v1}/me`);

export const login = (handle: string, password: string) =>
	request<User>('POST', `${v1}/login`, { body: { handle, password } });

export const logout = () => request<void>('POST', `${v1}/logout`);

export const register = (account: { handle: string; email: string; password: string }) =>
	request<User>('POST', `${v1}/register`, { body: account });

export const tokens = () =>
	request<Page<Token> | Token[]>('GET', `${v1}/tokens`).then((list) => (Array.isArray(list) ? list : list.items));

/** The answer is the only time that the token itself is told. */
export const createToken = (name: string, expires_at?: string) =>
	request<Token & { token: string }>('POST', `${v1}/tokens`, { body: { name, expires_at } });

export const deleteToken = (id: string) => request<void>('DELETE', `${v1}/tokens/${part(id)}`);

export const languages = () =>
	request<Page<LanguageInfo> | LanguageInfo[]>('GET', `${v1}/languages`).then((list) =>
		Array.isArray(list) ? list : list.items
	);

export interface ProblemQuery {
	q?: string;
	tag?: string;
	difficulty?: string;
	cursor?: string;
	limit?: number;
}

export const problems = (query: ProblemQuery) =>
	request<Page<ProblemSummary>>('GET', `${v1}/problems`, { query: { ...query } });

export const problem = (slug: string) => request<Problem>('GET', `${v1}/problems/${part(slug)}`);

export interface SubmissionQuery {
	user?: string;
	problem?: string;
	verdict?: string;
	language?: string;
	cursor?: string;
	limit?: number;
}

export const submissions = (query: SubmissionQuery) =>
	request<Page<Submission>>('GET', `${v1}/submissions`, { query: { ...query } });

/** With `wait` the answer comes when the submission is judged, or after that many seconds. */
export const submission = (id: string, wait?: number, signal?: AbortSignal) =>
	request<Submission>('GET', `${v1}/submissions/${part(id)}`, {
		query: { wait: wait ? `${wait}s` : undefined },
		signal
	});

export interface NewSubmission {
	problem: string;
	language: string;
	source: string;
}

/** A second call with the same key answers with the first submission. */
export const submit = (entry: NewSubmission, key: string) =>
	request<Submission>('POST', `${v1}/submissions`, { body: entry, headers: { 'Idempotency-Key': key } });

export { importPackage } from './upload';
export type { ImportResult };

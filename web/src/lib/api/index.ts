/** Every API call that the pages make, by name. Each throws an ApiError when it is refused. */
import { answer, client, filled } from './request';
import type { NewAccount, NewRun, NewSubmission, ProblemQuery, SubmissionQuery } from './types';

export const me = () => answer(client.GET('/api/v1/me'));

export const login = (handle: string, password: string) =>
	answer(client.POST('/api/v1/login', { body: { handle, password } }));

export const logout = () => answer(client.POST('/api/v1/logout'));

export const register = (body: NewAccount) => answer(client.POST('/api/v1/register', { body }));

export const tokens = () => answer(client.GET('/api/v1/tokens')).then((page) => page.items);

/** The answer is the only time that the token itself is told. */
export const createToken = (name: string, expires_at?: string) =>
	answer(client.POST('/api/v1/tokens', { body: { name, expires_at } }));

export const deleteToken = (id: string) =>
	answer(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } }));

export const languages = () => answer(client.GET('/api/v1/languages')).then((page) => page.items);

export const problems = (query: ProblemQuery) =>
	answer(client.GET('/api/v1/problems', { params: { query: filled(query) } }));

export const problem = (slug: string) =>
	answer(client.GET('/api/v1/problems/{slug}', { params: { path: { slug } } }));

export const submissions = (query: SubmissionQuery) =>
	answer(client.GET('/api/v1/submissions', { params: { query: filled(query) } }));

/** With `wait` the answer comes when the submission is judged, or after that many seconds. */
export const submission = (id: string, wait = 0, signal?: AbortSignal) =>
	answer(
		client.GET('/api/v1/submissions/{id}', {
			params: { path: { id }, query: wait ? { wait: `${wait}s` } : {} },
			signal
		})
	);

/** A second call with the same key answers with the first submission. */
export const submit = (body: NewSubmission, key: string) =>
	answer(client.POST('/api/v1/submissions', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Runs a program without handing it in. The run stops when `signal` aborts. */
export const run = (body: NewRun, signal: AbortSignal) => answer(client.POST('/api/v1/runs', { body, signal }));

export { importPackage } from './upload';

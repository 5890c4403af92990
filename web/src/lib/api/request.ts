/** The way of every call to the API and back. */
import createClient from 'openapi-fetch';
import { reachability } from '$lib/reachability.svelte';
import { ApiError } from './error';
import type { paths } from './schema';
import type { Refusal } from './types';

export const client = createClient<paths>({ fetch: reach });

/** What a call answered, or an {@link ApiError}. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
	const { data, error, response } = await call;
	if (response.ok) return data as T;
	// Without JSON it is a proxy's own page: the status has to do.
	const refusal = typeof error === 'object' && error !== null ? (error as Partial<Refusal>) : {};
	throw new ApiError(response.status, refusal, Number(response.headers.get('Retry-After')) || 0);
}

/** A query without what is not asked for. */
export function filled<Q extends object>(query: Q): Q {
	const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(asked) as Q;
}

/** fetch, which also notes whether Deemster could be reached. */
async function reach(request: Request): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(request);
	} catch (cause) {
		if (request.signal.aborted) throw cause;
		throw away();
	}
	// A proxy answers with a page of its own when Deemster is away; Deemster itself with JSON.
	const type = response.headers.get('Content-Type') ?? '';
	if (response.status >= 502 && response.status <= 504 && !/\bjson\b/.test(type)) throw away();
	reachability.found();
	return response;
}

function away(): ApiError {
	reachability.lost();
	return new ApiError(0, { title: 'Deemster cannot be reached. Your work is kept; try again in a moment.' });
}

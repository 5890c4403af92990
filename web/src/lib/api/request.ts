import { reachability } from '$lib/reachability.svelte';
import { ApiError, errorOf } from './error';

type Query = Record<string, string | number | undefined>;

interface Options {
	query?: Query;
	body?: unknown;
	headers?: Record<string, string>;
	signal?: AbortSignal;
}

const notReachable = { detail: 'Deemster cannot be reached. Your work is kept; try again in a moment.' };

/** Makes one API call and answers with its JSON, or throws an {@link ApiError}. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
	const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
	if (options.body !== undefined) headers['Content-Type'] = 'application/json';
	let response: Response;
	try {
		response = await fetch(path + queryString(options.query), {
			method,
			headers,
			body: options.body === undefined ? undefined : JSON.stringify(options.body),
			credentials: 'same-origin',
			signal: options.signal
		});
	} catch (cause) {
		if (options.signal?.aborted) throw cause;
		reachability.lost();
		throw new ApiError(0, notReachable);
	}
	// A proxy answers 502 to 504 with a page of its own when Deemster is away.
	if (response.status >= 502 && response.status <= 504 && !isJson(response)) {
		reachability.lost();
		throw new ApiError(0, notReachable);
	}
	reachability.found();
	if (!response.ok) throw await errorOf(response);
	if (response.status === 204 || !isJson(response)) return undefined as T;
	return (await response.json()) as T;
}

function queryString(query: Query = {}): string {
	const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
	if (filled.length === 0) return '';
	return '?' + new URLSearchParams(filled.map(([name, value]) => [name, String(value)]));
}

function isJson(response: Response): boolean {
	return /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
}

/** What the pages' load functions share: errors become error pages, guests are sent to log in. */
import { error, redirect } from '@sveltejs/kit';
import { asApiError } from '$lib/api/error';
import { session } from '$lib/session.svelte';

/** Waits for an API call that the page cannot do without. */
export async function needed<T>(call: Promise<T>): Promise<T> {
	try {
		return await call;
	} catch (cause) {
		const failure = asApiError(cause);
		if (failure.offline) error(503, { message: 'Deemster cannot be reached', detail: failure.message });
		error(failure.status >= 400 ? failure.status : 500, { message: failure.message });
	}
}

/** Sends a guest to the login page, and back to `url` after it. */
export async function needUser(url: URL): Promise<void> {
	await session.ready();
	if (!session.user) redirect(307, loginPath(url.pathname + url.search));
}

/** The login page that leads back to `next`. */
export function loginPath(next: string): string {
	return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

/** The page to show after login: a path of this site, whatever the address says. */
export function nextPath(url: URL): string {
	const next = url.searchParams.get('next') ?? '/';
	const target = URL.canParse(next, url.origin) ? new URL(next, url.origin) : undefined;
	return target && target.origin === url.origin ? target.pathname + target.search : '/';
}

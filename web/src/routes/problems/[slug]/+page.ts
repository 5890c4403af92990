import * as api from '$lib/api';
import { knownLanguages } from '$lib/languages';
import { needed } from '$lib/page-load';
import { session } from '$lib/session.svelte';

export async function load({ params, url }) {
	const from = url.searchParams.get('from');
	const [problem, languages] = await Promise.all([
		needed(api.problem(params.slug)),
		needed(knownLanguages()),
		session.ready()
	]);
	const startFrom = from && session.user ? await needed(api.submission(from)) : undefined;
	return { problem, languages, startFrom };
}

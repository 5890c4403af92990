import * as api from '$lib/api';
import { knownLanguages } from '$lib/languages';
import { needed, needUser } from '$lib/page-load';

export async function load({ params, url }) {
	await needUser(url);
	const [submission, languages] = await Promise.all([
		needed(api.submission(params.id)),
		needed(knownLanguages())
	]);
	return { submission, languages };
}

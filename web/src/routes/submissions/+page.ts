import { knownLanguages } from '$lib/languages';
import { needed, needUser } from '$lib/page-load';

export async function load({ url }) {
	await needUser(url);
	return { languages: await needed(knownLanguages()) };
}

import * as api from '$lib/api';
import { knownLanguages } from '$lib/languages';
import { needed, needUser } from '$lib/page-load';

export async function load({ params, url }) {
	await needUser(url);
	const [submission, languages] = await Promise.all([
		needed(api.submission(params.id)),
		needed(knownLanguages())
	]);
	// A problem may be gone by now; its slug says as much as is left.
	const title = await api.problem(submission.problem).then(
		(problem) => problem.title,
		() => submission.problem
	);
	return { submission, languages, title };
}

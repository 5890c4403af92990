import { error } from '@sveltejs/kit';
import { needUser } from '$lib/page-load';
import { session } from '$lib/session.svelte';

export async function load({ url }) {
	await needUser(url);
	if (!session.maySetProblems) {
		error(403, { message: 'Only setters and administrators may import problems.' });
	}
}

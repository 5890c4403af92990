import * as api from '$lib/api';
import { needed, needUser } from '$lib/page-load';

export async function load({ url }) {
	await needUser(url);
	return { tokens: await needed(api.tokens()) };
}

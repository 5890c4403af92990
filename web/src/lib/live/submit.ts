import * as api from '$lib/api';
import type { NewSubmission, Submission } from '$lib/api/types';
import { live, SocketLost } from './connection.svelte';

/** Hands in a program over the socket, or by HTTP when the socket is down. */
export async function submit(entry: NewSubmission): Promise<Submission> {
	const key = newKey();
	try {
		return await live.submit(entry, key);
	} catch (cause) {
		if (!(cause instanceof SocketLost)) throw cause;
	}
	// If the lost message did arrive, the key makes this answer with its submission.
	return api.submit(entry, key);
}

/** 128 random bits in hexadecimal. `crypto.randomUUID` is missing on plain HTTP. */
function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

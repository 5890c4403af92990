import { ApiError } from './error';
import type { ImportResult, Refusal } from './types';

/**
 * Sends a zipped problem package. `progress` hears the part that is sent, 0 to 1.
 * XMLHttpRequest because fetch does not tell how far an upload is.
 */
export function importPackage(
	file: Blob,
	slug: string,
	progress: (part: number) => void
): Promise<ImportResult> {
	return new Promise((resolve, reject) => {
		const call = new XMLHttpRequest();
		call.open('POST', '/api/v1/packages' + (slug ? `?slug=${encodeURIComponent(slug)}` : ''));
		call.setRequestHeader('Content-Type', 'application/zip');
		call.setRequestHeader('Accept', 'application/json');
		call.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
		call.upload.onload = () => progress(1);
		call.onerror = () =>
			reject(new ApiError(0, { title: 'The upload was interrupted. Check the connection and try again.' }));
		call.onload = () => {
			const answer = parse(call.responseText);
			if (call.status >= 200 && call.status < 300) resolve(answer as ImportResult);
			else {
				const retryAfter = Number(call.getResponseHeader('Retry-After')) || 0;
				reject(new ApiError(call.status, answer as Partial<Refusal>, retryAfter));
			}
		};
		call.send(file);
	});
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) ?? {};
	} catch {
		return {};
	}
}

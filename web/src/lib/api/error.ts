import type { Refusal } from './types';

/** A request that was refused, or that never arrived (then `status` is 0). */
export class ApiError extends Error {
	readonly status: number;
	/** Seconds until it may be tried again; 0 when that is not known. */
	readonly retryAfter: number;
	/** What is wrong with single fields, by the field's name: `password`, `files[0].name`. */
	readonly fields: ReadonlyMap<string, string>;

	constructor(status: number, refusal: Partial<Refusal>, retryAfter = 0) {
		const title = sentence(refusal.title || `The server answered ${status}`);
		super(title);
		this.name = 'ApiError';
		this.status = status;
		this.retryAfter = refusal.retry_after ?? retryAfter;
		const fields = new Map<string, string>();
		for (const { field, message } of refusal.errors ?? []) fields.set(field, sentence(message));
		if (refusal.field && fields.size === 0) fields.set(refusal.field, title);
		this.fields = fields;
	}

	/** True when the server could not be reached at all. */
	get offline(): boolean {
		return this.status === 0;
	}

	/** True when a form that shows the errors of these fields has shown all there is to say. */
	shownBy(shown: string[]): boolean {
		return this.fields.size > 0 && [...this.fields.keys()].every((field) => shown.includes(field));
	}

	/** What is wrong with fields that a form does not show, beyond the message itself. */
	fieldsBeside(shown: string[]): string[] {
		return [...this.fields]
			.filter(([field, message]) => !shown.includes(field) && message !== this.message)
			.map(([field, message]) => (field ? `${field}: ${message}` : message));
	}
}

/** The error of an exception of any kind, for showing. */
export function asApiError(cause: unknown): ApiError {
	if (cause instanceof ApiError) return cause;
	console.error(cause);
	return new ApiError(-1, { title: 'Something went wrong in this page. Reload it and try again.' });
}

function sentence(text: string): string {
	const trimmed = text.trim();
	const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
	return /[.!?…]$/.test(capital) ? capital : capital + '.';
}

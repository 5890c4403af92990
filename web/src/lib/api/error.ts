/** What `application/problem+json` (RFC 9457) carries. */
export interface ProblemDetails {
	title?: string;
	status?: number;
	detail?: string;
	/** The field at fault, when it is one: then the title says what is wrong with it. */
	field?: string;
	errors?: { field?: string; message?: string }[];
	retry_after?: number;
}

/** A request that was refused, or that never arrived (then `status` is 0). */
export class ApiError extends Error {
	readonly status: number;
	/** Seconds until it may be tried again; 0 when that is not known. */
	readonly retryAfter: number;
	/** What is wrong with single fields, by the field's name: `password`, `files[0].name`. */
	readonly fields: ReadonlyMap<string, string>;

	constructor(status: number, problem: ProblemDetails, retryAfter = 0) {
		const fields = new Map<string, string>();
		for (const { field, message } of problem.errors ?? []) {
			if (message) fields.set(field ?? '', sentence(message));
		}
		if (problem.field && fields.size === 0) fields.set(problem.field, sentence(problem.title ?? ''));
		super(sentence(problem.detail || problem.title || `The server answered ${status}.`));
		this.name = 'ApiError';
		this.status = status;
		this.fields = fields;
		this.retryAfter = problem.retry_after ?? retryAfter;
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
	return new ApiError(-1, { detail: 'Something went wrong in this page. Reload it and try again.' });
}

/** Reads the problem out of a refused response. */
export async function errorOf(response: Response): Promise<ApiError> {
	let problem: ProblemDetails = {};
	try {
		problem = (await response.json()) as ProblemDetails;
	} catch {
		// A proxy's own page, or nothing: the status has to do.
	}
	return new ApiError(response.status, problem, Number(response.headers.get('Retry-After')) || 0);
}

function sentence(text: string): string {
	const trimmed = text.trim();
	const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
	return /[.!?…]$/.test(capital) ? capital : capital + '.';
}

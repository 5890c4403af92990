import * as api from '$lib/api';

const pageSize = 100;
const mostPages = 10;

/** The problems that the user has solved, for the marks in the list. */
class Solved {
	slugs = $state.raw<ReadonlySet<string>>(new Set());

	/** Reads them anew. The marks are a courtesy: when it fails, there are none. */
	async read(user: string): Promise<void> {
		const found = new Set<string>();
		let cursor: string | undefined;
		try {
			for (let page = 0; page < mostPages; page++) {
				const answer = await api.submissions({ user, verdict: 'AC', limit: pageSize, cursor });
				for (const submission of answer.items) found.add(submission.problem);
				cursor = answer.next_cursor || undefined;
				if (!cursor) break;
			}
		} catch {
			return;
		}
		this.slugs = found;
	}

	forget(): void {
		this.slugs = new Set();
	}
}

export const solved = new Solved();

import * as api from '$lib/api';
import { asApiError } from '$lib/api/error';
import type { Submission, Verdict } from '$lib/api/types';
import { reachability } from '$lib/reachability.svelte';
import { live } from './connection.svelte';
import type { Progress } from './messages';

/** One test in the row of cells. Without a verdict it has not ended, or its event was lost. */
export interface Cell {
	name?: string;
	verdict?: Verdict;
	time_ms?: number;
	/** What the checker said; only of tests that everybody may see. */
	feedback?: string;
}

/** Events are hints and may be lost: after so long without one, the row is read. */
const quietFor = 15_000;

/** One submission while it is judged: what it says is always the newest that is known. */
export class Judging {
	submission = $state.raw<Submission>() as Submission;
	/** "compiling", "running", or empty. */
	stage = $state('');
	position = $state(0);
	cells = $state.raw<Cell[]>([]);
	#stopped = new AbortController();

	constructor(submission: Submission) {
		this.submission = submission;
		this.#take(submission);
	}

	get done(): boolean {
		return this.submission.state === 'done';
	}

	/** Follows until the verdict, or until {@link stop}. */
	follow(): this {
		const unwatch = live.watch(this.submission.id, {
			progress: (progress) => this.#advance(progress),
			verdict: (submission) => this.#take(submission)
		});
		this.#stopped.signal.addEventListener('abort', unwatch);
		void this.#read();
		return this;
	}

	stop(): void {
		this.#stopped.abort();
	}

	#advance(progress: Progress): void {
		const now = this.submission;
		if (progress.attempt < now.attempt || (this.done && progress.attempt === now.attempt)) return;
		if (progress.attempt > now.attempt || progress.state === 'queued') this.cells = [];
		this.stage = progress.stage ?? '';
		this.position = progress.position ?? 0;
		this.submission = {
			...now,
			attempt: progress.attempt,
			state: progress.state,
			verdict: undefined,
			tests_done: progress.tests_done,
			tests_total: progress.tests_total
		};
		this.#mark(progress);
	}

	#mark({ tests_total, tests_done, last }: Progress): void {
		const cells = Array.from({ length: tests_total }, (_, i) => this.cells[i] ?? {});
		if (last && tests_done > 0 && tests_done <= tests_total) cells[tests_done - 1] = last;
		this.cells = cells;
	}

	#take(submission: Submission): void {
		if (submission.attempt < this.submission.attempt) return;
		if (this.done && submission.state !== 'done' && submission.attempt === this.submission.attempt) return;
		this.submission = submission;
		this.position = submission.queue?.position ?? 0;
		if (submission.state === 'done') this.stage = '';
		if (submission.tests) this.cells = submission.tests;
		else if (this.cells.length !== submission.tests_total)
			this.cells = Array.from({ length: submission.tests_total }, (_, i) => this.cells[i] ?? {});
	}

	/** Reads the submission by long polls while the socket is down, and now and then when it is quiet. */
	async #read(): Promise<void> {
		const { signal } = this.#stopped;
		while (!signal.aborted && !this.done) {
			if (live.open) await Promise.race([live.down(), pause(quietFor, signal)]);
			if (signal.aborted || this.done) break;
			try {
				this.#take(await api.submission(this.submission.id, live.open ? 0 : 10, signal));
			} catch (cause) {
				if (signal.aborted) break;
				const failure = asApiError(cause);
				if (failure.status === 404 || failure.status === 401) break;
				if (failure.offline) await reachability.again();
				else await pause((failure.retryAfter || 3) * 1000, signal);
			}
		}
		if (this.done && !this.submission.tests && !signal.aborted) await this.#details();
	}

	/** A verdict that came as a hint, or from a list, lacks the tests. */
	async #details(): Promise<void> {
		try {
			this.#take(await api.submission(this.submission.id, 0, this.#stopped.signal));
		} catch {
			// The verdict is known; its page shows the rest.
		}
	}
}

/** Waits so many milliseconds, or until `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, ms);
		signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
	});
}

/** Runs of a program that is not handed in. */
import * as api from '$lib/api';
import { asApiError, type ApiError } from '$lib/api/error';
import type { NewRun, RunAnswer } from '$lib/api/types';

/** One run after the other: what came of the last, or what kept it from coming. */
export class Trial {
	running = $state(false);
	answer = $state.raw<RunAnswer>();
	failure = $state.raw<ApiError>();
	/** What the answer is of. */
	asked = $state.raw<NewRun>();
	#stop = new AbortController();

	async run(body: NewRun): Promise<void> {
		this.stop();
		const { signal } = (this.#stop = new AbortController());
		this.running = true;
		this.failure = undefined;
		try {
			const answer = await api.run(body, signal);
			if (signal.aborted) return;
			this.answer = answer;
			this.asked = body;
		} catch (cause) {
			if (signal.aborted) return;
			this.answer = undefined;
			this.failure = asApiError(cause);
		} finally {
			if (!signal.aborted) this.running = false;
		}
	}

	/** Lets go of the run; the server stops it then. */
	stop(): void {
		this.#stop.abort();
		this.running = false;
	}
}

import { asApiError, type ApiError } from '$lib/api/error';
import type { Page } from '$lib/api/types';
import { reachability } from '$lib/reachability.svelte';

/** A list that is read page by page with a keyset cursor. */
export class Paged<T> {
	items = $state<T[]>([]);
	cursor = $state<string>();
	loading = $state(false);
	/** True once the first page has come. */
	started = $state(false);
	failure = $state<ApiError>();
	#read: (cursor?: string) => Promise<Page<T>> = async () => ({ items: [] });
	#round = 0;

	get more(): boolean {
		return !!this.cursor;
	}

	/** Reads the first page anew; by `read` from now on, when it is given. */
	async restart(read?: (cursor?: string) => Promise<Page<T>>): Promise<void> {
		if (read) this.#read = read;
		await this.#load(undefined);
	}

	/** Adds the next page. */
	async next(): Promise<void> {
		if (this.cursor && !this.loading) await this.#load(this.cursor);
	}

	async #load(cursor: string | undefined): Promise<void> {
		const round = ++this.#round;
		this.loading = true;
		this.failure = undefined;
		try {
			const page = await this.#read(cursor);
			if (round !== this.#round) return; // a newer question has been asked
			this.items = cursor ? [...this.items, ...page.items] : page.items;
			this.cursor = page.next_cursor || undefined;
			this.started = true;
		} catch (cause) {
			if (round === this.#round) this.#fail(asApiError(cause), cursor);
		} finally {
			if (round === this.#round) this.loading = false;
		}
	}

	#fail(failure: ApiError, cursor: string | undefined): void {
		this.failure = failure;
		if (!failure.offline) return;
		const round = this.#round;
		void reachability.again().then(() => {
			if (round === this.#round) void this.#load(cursor);
		});
	}
}

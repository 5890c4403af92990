/** Whether the API answers. While it does not, asks again until it does. */
class Reachability {
	online = $state(true);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#wait = 1000;
	#waiting = new Set<() => void>();

	/** A request did not arrive. */
	lost(): void {
		this.online = false;
		this.#timer ??= setTimeout(() => this.#probe(), this.#wait);
	}

	/** A request was answered. */
	found(): void {
		if (this.online) return;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#wait = 1000;
		this.online = true;
		for (const resume of this.#waiting) resume();
		this.#waiting.clear();
	}

	/** Resolves at once while the API answers, else as soon as it does again. */
	async again(): Promise<void> {
		if (!this.online) await new Promise<void>((resume) => this.#waiting.add(resume));
	}

	async #probe(): Promise<void> {
		this.#timer = undefined;
		this.#wait = Math.min(this.#wait * 1.6, 15_000);
		try {
			const response = await fetch('/api/v1/languages', { cache: 'no-store' });
			if (response.status < 500) return this.found();
		} catch {
			// Still away.
		}
		this.lost();
	}
}

export const reachability = new Reachability();

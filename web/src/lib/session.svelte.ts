import * as api from '$lib/api';
import { ApiError } from '$lib/api/error';
import type { User } from '$lib/api/types';

/** Who is logged in. `user` is undefined until that is known, null when nobody is. */
class Session {
	user = $state<User | null>();
	#asked: Promise<void> | undefined;

	/** Resolves when `user` is known. Asks the server at most once, unless it could not be reached. */
	ready(): Promise<void> {
		this.#asked ??= this.#ask();
		return this.#asked;
	}

	async login(handle: string, password: string): Promise<void> {
		this.user = await api.login(handle, password);
	}

	/** Makes an account and logs into it. */
	async register(account: { handle: string; email: string; password: string }): Promise<void> {
		await api.register(account);
		await this.login(account.handle, account.password);
	}

	async logout(): Promise<void> {
		await api.logout();
		this.user = null;
	}

	/** Asks again whether the session still holds. */
	async check(): Promise<void> {
		try {
			this.user = await api.me();
		} catch (cause) {
			if (cause instanceof ApiError && cause.status === 401) this.ended();
		}
	}

	/** The server said 401: the session has ended elsewhere. */
	ended(): void {
		this.user = null;
	}

	get maySetProblems(): boolean {
		return this.user?.role === 'admin' || this.user?.role === 'setter';
	}

	async #ask(): Promise<void> {
		try {
			this.user = await api.me();
		} catch (cause) {
			this.user = null;
			const known = cause instanceof ApiError && cause.status === 401;
			if (!known) this.#asked = undefined;
		}
	}
}

export const session = new Session();

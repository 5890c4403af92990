import { ApiError } from '$lib/api/error';
import type { NewSubmission, Submission } from '$lib/api/types';
import type { ClientMessage, Progress, ServerMessage } from './messages';

/** Hears what happens to a submission. */
export interface Watcher {
	progress(progress: Progress): void;
	verdict(submission: Submission): void;
}

/** The socket was not open, or closed before it answered. */
export class SocketLost extends Error {}

interface Waiting {
	resolve(submission: Submission): void;
	reject(cause: unknown): void;
}

/** The close code of a session that has ended. */
const policyViolation = 1008;
const pingEvery = 25_000;
const answerWithin = 10_000;
const firstRetry = 500;
const longestRetry = 20_000;

/**
 * The one WebSocket of the page. It opens when somebody is logged in, reconnects by
 * itself and then watches again what was watched.
 */
class LiveConnection {
	open = $state(false);
	/** Called when the server did not take, or did not keep, the connection. */
	refused: (() => void) | undefined;
	#socket: WebSocket | undefined;
	#wanted = false;
	#retry = firstRetry;
	#retryTimer: ReturnType<typeof setTimeout> | undefined;
	#pingTimer: ReturnType<typeof setInterval> | undefined;
	#pongTimer: ReturnType<typeof setTimeout> | undefined;
	#watchers = new Map<string, Set<Watcher>>();
	#strangers = new Set<(submission: string) => void>();
	#submits = new Map<string, Waiting>();
	#whenDown = new Set<() => void>();

	/** Keeps a socket open from now on. */
	start(): void {
		this.#wanted = true;
		if (!this.#socket) this.#connect();
	}

	/** Closes the socket and leaves it closed. */
	stop(): void {
		this.#wanted = false;
		clearTimeout(this.#retryTimer);
		this.#socket?.close(1000);
		this.#lost();
	}

	/**
	 * Hears of one submission until the returned function is called. Watching asks for its
	 * present state; what happens to own submissions the server tells anyway.
	 */
	watch(submission: string, watcher: Watcher): () => void {
		const watchers = this.#watchers.get(submission) ?? new Set();
		watchers.add(watcher);
		this.#watchers.set(submission, watchers);
		if (this.open && watchers.size === 1) this.#send({ type: 'watch', submission });
		return () => {
			watchers.delete(watcher);
			if (watchers.size === 0 && this.#watchers.get(submission) === watchers) this.#watchers.delete(submission);
		};
	}

	/** Hears of own submissions that nobody here watches: handed in elsewhere. */
	onStranger(hear: (submission: string) => void): () => void {
		this.#strangers.add(hear);
		return () => this.#strangers.delete(hear);
	}

	/**
	 * Hands in a program. Throws {@link SocketLost} when no answer came: it may or may not
	 * have been accepted, which a second try with the same key finds out.
	 */
	submit(entry: NewSubmission, key: string): Promise<Submission> {
		if (!this.open) return Promise.reject(new SocketLost());
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => this.#answered(key)?.reject(new SocketLost()), answerWithin);
			this.#submits.set(key, {
				resolve: (submission) => (clearTimeout(late), resolve(submission)),
				reject: (cause) => (clearTimeout(late), reject(cause))
			});
			this.#send({ type: 'submit', ref: key, idempotency_key: key, ...entry });
		});
	}

	/** Resolves when the socket is or goes down. */
	down(): Promise<void> {
		if (!this.open) return Promise.resolve();
		return new Promise((resolve) => this.#whenDown.add(resolve));
	}

	#connect(): void {
		const address = new URL('/api/v1/ws', location.href);
		address.protocol = address.protocol.replace('http', 'ws');
		const socket = new WebSocket(address, 'deemster.v1');
		this.#socket = socket;
		const current = () => this.#socket === socket;
		socket.onopen = () => current() && this.#opened();
		socket.onmessage = (event) => current() && this.#receive(String(event.data));
		socket.onclose = ({ code }) => {
			if (!current()) return;
			if (!this.open || code === policyViolation) this.refused?.();
			this.#lost();
			this.#retryLater();
		};
	}

	#opened(): void {
		this.open = true;
		this.#retry = firstRetry;
		this.#pingTimer = setInterval(() => this.#ping(), pingEvery);
		for (const submission of this.#watchers.keys()) this.#send({ type: 'watch', submission });
	}

	#lost(): void {
		this.#socket = undefined;
		this.open = false;
		clearInterval(this.#pingTimer);
		clearTimeout(this.#pongTimer);
		this.#pongTimer = undefined;
		for (const waiting of this.#submits.values()) waiting.reject(new SocketLost());
		this.#submits.clear();
		for (const tell of this.#whenDown) tell();
		this.#whenDown.clear();
	}

	#retryLater(): void {
		if (!this.#wanted) return;
		// Spread out, so that a restarted gateway is not met by everybody at once.
		const wait = this.#retry * (0.5 + Math.random());
		this.#retry = Math.min(this.#retry * 2, longestRetry);
		this.#retryTimer = setTimeout(() => this.#wanted && !this.#socket && this.#connect(), wait);
	}

	#ping(): void {
		this.#send({ type: 'ping' });
		// A connection that is dead without a word shows by the missing answer.
		this.#pongTimer ??= setTimeout(() => {
			this.#socket?.close();
			this.#lost();
			this.#retryLater();
		}, answerWithin);
	}

	#send(message: ClientMessage): void {
		this.#socket?.send(JSON.stringify(message));
	}

	#answered(ref: string): Waiting | undefined {
		const waiting = this.#submits.get(ref);
		this.#submits.delete(ref);
		return waiting;
	}

	#receive(text: string): void {
		const message = JSON.parse(text) as ServerMessage;
		switch (message.type) {
			case 'accepted':
				this.#answered(message.ref)?.resolve(message.submission);
				break;
			case 'error':
				if (message.ref) this.#answered(message.ref)?.reject(new ApiError(message.status, message));
				break;
			case 'progress':
				this.#tell(message.submission, (watcher) => watcher.progress(message));
				break;
			case 'verdict':
				this.#tell(message.submission.id, (watcher) => watcher.verdict(message.submission));
				break;
			case 'pong':
				clearTimeout(this.#pongTimer);
				this.#pongTimer = undefined;
		}
	}

	#tell(submission: string, tell: (watcher: Watcher) => void): void {
		const watchers = this.#watchers.get(submission);
		if (watchers) watchers.forEach(tell);
		else this.#strangers.forEach((hear) => hear(submission));
	}
}

export const live = new LiveConnection();

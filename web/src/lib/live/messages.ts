/** The frames of the WebSocket subprotocol `deemster.v1`. */
import type { NewSubmission, Refusal, State, Submission, Verdict } from '$lib/api/types';

export type ClientMessage =
	| ({ type: 'submit'; ref: string; idempotency_key: string } & NewSubmission)
	| { type: 'watch'; submission: string }
	| { type: 'ping' };

/** How far the judging of a submission is. */
export interface Progress {
	submission: string;
	attempt: number;
	state: State;
	stage?: string;
	tests_done: number;
	tests_total: number;
	/** In its lane, while queued; 1 is next. */
	position?: number;
	/** The test that ended just now. */
	last?: { name: string; verdict: Verdict; time_ms: number; memory_bytes: number };
}

export type ServerMessage =
	| { type: 'accepted'; ref: string; submission: Submission }
	| ({ type: 'error'; ref?: string } & Refusal)
	| ({ type: 'progress' } & Progress)
	| { type: 'verdict'; submission: Submission }
	| { type: 'pong' };

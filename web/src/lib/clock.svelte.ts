/** The present time for "3 minutes ago", in milliseconds; it moves every half minute. */
class Clock {
	now = $state(Date.now());

	constructor() {
		setInterval(() => (this.now = Date.now()), 30_000);
	}
}

export const clock = new Clock();

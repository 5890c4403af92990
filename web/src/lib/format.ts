/** 850 → "850 ms", 1240 → "1.24 s". */
export function duration(ms: number): string {
	if (ms < 1000) return `${Math.round(ms)} ms`;
	return `${trim((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`;
}

/** 268435456 → "256 MiB". */
export function size(bytes: number): string {
	const units = ['bytes', 'KiB', 'MiB', 'GiB'];
	let unit = 0;
	while (bytes >= 1024 && unit < units.length - 1) {
		bytes /= 1024;
		unit++;
	}
	return `${trim(bytes.toFixed(bytes < 10 && unit > 0 ? 1 : 0))} ${units[unit]}`;
}

/** 2 → "2nd". */
export function ordinal(n: number): string {
	const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(n);
	const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[rule];
	return `${n}${suffix}`;
}

/** plural(1, 'test') → "1 test"; plural(3, 'test') → "3 tests". */
export function plural(n: number, word: string): string {
	return `${n} ${word}${n === 1 ? '' : 's'}`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });

/** How long ago, from the point of `now` (milliseconds): "3 minutes ago". */
export function ago(time: string, now: number): string {
	const seconds = Math.min(0, (new Date(time).getTime() - now) / 1000);
	if (seconds > -45) return 'just now';
	for (const [unit, length, upTo] of [
		['minute', 60, 3600],
		['hour', 3600, 86_400],
		['day', 86_400, 7 * 86_400]
	] as const) {
		if (-seconds < upTo) return relative.format(Math.round(seconds / length), unit);
	}
	return date(time);
}

/** "23 Nov 2025" */
export function date(time: string): string {
	return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "23 November 2025 at 14:05:09", in the reader's own time zone. */
export function moment(time: string): string {
	return new Date(time).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
}

/** 66.66666666 → "66.67", 100 → "100". */
export function points(score: number): string {
	return trim(score.toFixed(2));
}

/** How many bytes `text` takes in UTF-8. */
export function byteLength(text: string): number {
	return new TextEncoder().encode(text).length;
}

function trim(number: string): string {
	return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}

/** localStorage that may be switched off or full: then nothing is kept, and nothing fails. */

export function recall(key: string): string | null {
	try {
		return localStorage.getItem('deemster.' + key);
	} catch {
		return null;
	}
}

/** An empty value forgets the key. */
export function keep(key: string, value: string): void {
	try {
		if (value) localStorage.setItem('deemster.' + key, value);
		else localStorage.removeItem('deemster.' + key);
	} catch {
		// Not kept.
	}
}

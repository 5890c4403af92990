/** The languages of this site, asked once for as long as the page lives. */
import * as api from '$lib/api';
import type { LanguageInfo } from '$lib/api/types';

let asked: Promise<LanguageInfo[]> | undefined;

export function knownLanguages(): Promise<LanguageInfo[]> {
	asked ??= api.languages().catch((cause) => {
		asked = undefined;
		throw cause;
	});
	return asked;
}

/** The language that a file's name speaks for: `current` when it fits, else the first that does. */
export function languageOf(fileName: string, all: LanguageInfo[], current: string): string | undefined {
	const extension = fileName.split('.').pop()?.toLowerCase() ?? '';
	const fitting = all.filter((language) => language.available && language.extensions.includes(extension));
	return (fitting.find((language) => language.id === current) ?? fitting[0])?.id;
}

import { keep, recall } from './storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** The chosen theme. static/theme.js applies a kept choice before the first paint. */
class Theme {
	choice = $state<ThemeChoice>('system');

	constructor() {
		const kept = recall('theme');
		if (kept === 'light' || kept === 'dark') this.choice = kept;
	}

	choose(choice: ThemeChoice): void {
		this.choice = choice;
		keep('theme', choice === 'system' ? '' : choice);
		if (choice === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = choice;
	}
}

export const theme = new Theme();

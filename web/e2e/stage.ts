/** What every test starts from: a page whose console is listened to, and an account of its own. */
import { test as base, expect, type Page } from '@playwright/test';

interface Stage {
	/** What the console complained of. It must stay empty. */
	complaints: string[];
	/** The handle of a new account that is logged in. */
	account: string;
}

const password = 'four words make one';

export const test = base.extend<Stage>({
	complaints: [
		async ({ page }, use) => {
			const complaints: string[] = [];
			page.on('console', (message) => {
				// The browser itself reports each refused call; those are the pages' daily bread.
				const refusedCall = message.location().url.includes('/api/');
				if (message.type() === 'error' && !refusedCall) complaints.push(message.text());
			});
			page.on('pageerror', (error) => complaints.push(String(error)));
			await use(complaints);
			expect(complaints).toEqual([]);
		},
		{ auto: true }
	],
	account: async ({ page }, use) => {
		const handle = newHandle();
		await register(page, handle);
		await use(handle);
	}
});

export { expect };

export function newHandle(): string {
	return `e2e-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
}

/** Registers by the form and ends on the list of problems, logged in. */
export async function register(page: Page, handle: string): Promise<void> {
	await page.goto('/register');
	await page.getByLabel('Handle').fill(handle);
	await page.getByLabel('Email').fill(`${handle}@example.org`);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Register' }).click();
	await expect(page.getByRole('button', { name: `Account of ${handle}` })).toBeVisible();
}

export const editor = (page: Page) => page.getByRole('textbox', { name: 'Source code' });

/** Puts a program into the editor as if it were pasted. */
export async function write(page: Page, source: string): Promise<void> {
	await editor(page).click();
	await page.keyboard.press('Control+a');
	await page.keyboard.insertText(source);
}

export const chooseLanguage = (page: Page, id: string) =>
	page.getByLabel('Language', { exact: true }).selectOption(id);

/** The panel that shows how far the judging is. */
export const judging = (page: Page) => page.getByRole('region', { name: 'Judging' });

/** The panel that shows what came of a run. */
export const ran = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });

export const sum = `#include <iostream>
int main() {
    long long a, b;
    std::cin >> a >> b;
    std::cout << a + b << std::endl;
}
`;
export const difference = sum.replace('a + b', 'a - b');

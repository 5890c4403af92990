import type { Page } from '@playwright/test';
import { editor, expect, judging, newHandle, sum, test } from './stage';

/** Presses Tab, or Shift+Tab, until the focused element has this accessible name. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
	for (let i = 0; i < 80; i++) {
		await page.keyboard.press(key);
		const here = await page.evaluate(() => {
			const element = document.activeElement as HTMLElement | null;
			if (!element) return '';
			const labels = (element as HTMLInputElement).labels;
			return element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '';
		});
		if (name.test(here.trim())) {
			await expect(page.locator(':focus')).toBeVisible();
			return;
		}
	}
	throw new Error(`nothing called ${name} can be reached by Tab`);
}

test('everything from registering to the verdict goes by keyboard alone', async ({ page }) => {
	const handle = newHandle();
	await page.goto('/');
	await expect(page.getByRole('link', { name: 'Register' }).first()).toBeVisible();
	await tabTo(page, /^Register$/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Register' })).toBeVisible();

	await tabTo(page, /^Handle$/);
	await page.keyboard.type(handle);
	await page.keyboard.press('Tab');
	await page.keyboard.type(`${handle}@example.org`);
	await page.keyboard.press('Tab');
	await page.keyboard.type('four words make one');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: `Account of ${handle}` })).toBeVisible();

	await tabTo(page, /^Search problems$/);
	await page.keyboard.type('aplusb');
	await expect(page.locator('a[href^="/problems/"]')).toHaveCount(1);
	const title = (await page.locator('a[href="/problems/aplusb"]').textContent()) ?? '';
	await tabTo(page, new RegExp(`^${title.replace(/[^\w ]/g, '.')}$`));
	await page.keyboard.press('Enter');

	await expect(editor(page)).toBeVisible();
	await tabTo(page, /^Language$/);
	await page.keyboard.type('C++20');
	await tabTo(page, /^Source code$/);
	await page.keyboard.insertText(sum);
	// Tab belongs to the program; Escape gives it back to the page for once.
	await page.keyboard.press('Tab');
	await expect(editor(page)).toBeFocused();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('radio', { name: /samples/ })).toBeFocused();
	await tabTo(page, /^Submit/);
	await page.keyboard.press('Enter');
	await expect(judging(page).getByRole('heading', { name: 'Accepted' })).toBeVisible({ timeout: 30_000 });

	await tabTo(page, /^Details$/, 'Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('table')).toBeVisible();
});

test('the first Tab leads past the header', async ({ page }) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Problems' })).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('#main')).toBeFocused();
});

test('the account menu opens, closes on Escape and gives the focus back', async ({ page, account }) => {
	const button = page.getByRole('button', { name: `Account of ${account}` });
	await button.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Log out' })).toBeHidden();
	await expect(button).toBeFocused();
});

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { chooseLanguage, difference, expect, judging, ran, test, write } from './stage';

/** Everything that WCAG 2.2 AA asks and a program can check, and axe's advice beyond it. */
async function examine(page: Page, what: string): Promise<void> {
	await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
	const { violations } = await new AxeBuilder({ page }).analyze();
	const found = violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
	expect(found).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
	for (const [device, viewport] of [
		['desktop', { width: 1280, height: 860 }],
		['phone', { width: 390, height: 844 }]
	] as const) {
		test.describe(`${colorScheme}, ${device}`, () => {
			test.use({ colorScheme, viewport, reducedMotion: 'reduce' });

			test('pages for guests have no barrier', async ({ page }) => {
				for (const [path, heading] of [
					['/', 'Problems'],
					['/?q=no-such-problem-here', 'Problems'],
					['/login', 'Log in'],
					['/register', 'Register'],
					['/nowhere', 'Nothing here'],
					['/problems/no-such-problem', 'Nothing here']
				] as const) {
					await page.goto(path);
					await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
					await expect(page.getByText('Loading…')).toBeHidden();
					await examine(page, path);
				}
				await page.goto('/problems/aplusb');
				await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible();
				await expect(page.getByText('Loading the editor…')).toBeHidden();
				await examine(page, '/problems/aplusb');
			});

			test('pages for users have no barrier', async ({ page, account }) => {
				await page.goto('/problems/aplusb');
				if (device === 'phone') await page.getByRole('tab', { name: 'Solution' }).click();
				await chooseLanguage(page, 'cpp');
				await write(page, difference);
				await page.keyboard.press('Alt+Enter');
				await expect(ran(page).getByText(/samples right/).last()).toBeVisible({ timeout: 30_000 });
				await examine(page, 'a problem with a run on the samples');
				await page.getByText('Own input').click();
				await page.getByLabel('Input of the program').fill('3 4');
				await page.keyboard.press('Alt+Enter');
				await expect(ran(page).getByText('Your input')).toBeVisible({ timeout: 30_000 });
				await expect(page.getByRole('button', { name: 'Submit' })).toBeInViewport();
				await examine(page, 'a problem with a run on an own input');
				await page.getByRole('button', { name: 'Submit' }).click();
				await expect(judging(page).getByRole('heading', { name: 'Wrong answer' })).toBeVisible({ timeout: 30_000 });
				await examine(page, 'a problem with a verdict');

				await page.goto('/submissions');
				await page.getByRole('listitem').filter({ hasText: 'WA' }).waitFor();
				await examine(page, '/submissions');

				await page.getByRole('link', { name: 'aplusb' }).click();
				await expect(page.getByLabel(/^Source of /)).toBeVisible();
				await examine(page, 'a submission');

				await page.goto('/account');
				await page.getByLabel('Name').fill('laptop');
				await page.getByRole('button', { name: 'Create token' }).click();
				await expect(page.getByText(/dmst_[\w-]{8}/)).toBeVisible();
				await page.getByRole('button', { name: `Account of ${account}` }).click();
				await examine(page, '/account');

				await page.goto('/admin/import');
				await expect(page.getByText('Only setters and administrators')).toBeVisible();
				await examine(page, '/admin/import');
			});
		});
	}
}

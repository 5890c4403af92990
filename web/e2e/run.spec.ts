import type { Page } from '@playwright/test';
import { chooseLanguage, difference, editor, expect, ran, sum, test, write } from './stage';

async function open(page: Page, source: string): Promise<void> {
	await page.goto('/problems/aplusb');
	await chooseLanguage(page, 'cpp');
	await write(page, source);
}

test('a program is run on the samples, and what is wrong is shown beside what was expected', async ({ page, account }) => {
	expect(account).not.toBe('');
	await open(page, difference);
	await page.keyboard.press('Alt+Enter');
	await expect(ran(page).getByText('0 of 3 samples right.').last()).toBeVisible({ timeout: 30_000 });
	await expect(ran(page).getByRole('region', { name: 'Expected of sample 1' })).toContainText('7');
	await expect(ran(page).getByRole('region', { name: 'Printed of sample 1' })).toContainText('-1');
	await expect(ran(page).getByText('differs: ').first()).toBeAttached();

	await write(page, sum);
	await page.getByRole('button', { name: 'Run' }).click();
	await expect(ran(page).getByText('All 3 samples right.').last()).toBeVisible({ timeout: 30_000 });
	// Nothing of it is handed in.
	await page.goto('/submissions');
	await expect(page.getByText('Nothing handed in yet')).toBeVisible();
});

test('a program is run on an input of one’s own, which is kept', async ({ page, account }) => {
	expect(account).not.toBe('');
	await open(page, sum.replace('std::cout', 'std::cerr << "on standard error";\n    std::cout'));
	await page.getByText('Own input').click();
	const input = page.getByLabel('Input of the program');
	await input.fill('20 22');
	await input.press('Alt+Enter');
	await expect(ran(page).getByRole('region', { name: 'Printed of your input' })).toHaveText('42', { timeout: 30_000 });
	await expect(ran(page).getByRole('region', { name: 'Standard error of your input' })).toContainText('on standard error');
	await expect(ran(page)).toContainText('exit status 0');
	await page.reload();
	await page.getByText('Own input').click();
	await expect(input).toHaveValue('20 22');
	await input.fill('1'.repeat(64 * 1024 + 1));
	await expect(page.getByText('at most 64 KiB can be sent')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Run' })).toHaveAttribute('aria-disabled', 'true');
});

test('what does not compile, crashes or is refused is told', async ({ page, account }) => {
	expect(account).not.toBe('');
	await open(page, 'int main() { retrun 0; }');
	await page.keyboard.press('Alt+Enter');
	await expect(ran(page).getByLabel('What the compiler said')).toContainText('retrun', { timeout: 30_000 });
	await write(page, 'int main() { *(volatile int *)0 = 1; }');
	await page.keyboard.press('Alt+Enter');
	await expect(ran(page)).toContainText('ended by SIGSEGV', { timeout: 30_000 });
	await page.route('**/api/v1/runs', (route) =>
		route.fulfill({
			status: 503,
			contentType: 'application/problem+json',
			headers: { 'Retry-After': '10' },
			body: JSON.stringify({ title: 'every executor is busy with submissions; try again later', status: 503, retry_after: 10 })
		})
	);
	await page.keyboard.press('Alt+Enter');
	await expect(ran(page).getByRole('alert')).toContainText('Every executor is busy with submissions');
});

test('a run can be stopped', async ({ page, account }) => {
	expect(account).not.toBe('');
	await open(page, 'int main() { for (;;) asm volatile(""); }');
	const left = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/runs'));
	await page.keyboard.press('Alt+Enter');
	await page.getByRole('button', { name: 'Stop' }).click();
	await left;
	await expect(page.getByRole('button', { name: 'Run' })).toBeVisible();
});

test('an editor begins with the starter code and goes back to it only when asked twice', async ({ page, account }) => {
	expect(account).not.toBe('');
	const starter = { cpp: 'int add(int a, int b) {\n}\n', python3: 'def add(a, b):\n    pass\n' };
	await page.route('**/api/v1/problems/aplusb', async (route) => {
		const problem = await (await route.fetch()).json();
		const signature = { function: 'add', parameters: [{ name: 'a', type: 'int' }, { name: 'b', type: 'int' }], returns: 'int' };
		await route.fulfill({ json: { ...problem, signature, starter } });
	});
	await page.goto('/problems/aplusb');
	await expect(page.getByText('function add')).toBeVisible();
	await chooseLanguage(page, 'python3');
	await expect(editor(page)).toContainText('def add(a, b):');
	await expect(page.getByRole('button', { name: 'Reset to starter code' })).toBeHidden();
	await expect(page.getByLabel('Language', { exact: true }).locator('option[value=c]')).toBeDisabled();
	await chooseLanguage(page, 'cpp');
	await expect(editor(page)).toContainText('int add(int a, int b)');
	await write(page, '// mine');
	await page.getByRole('button', { name: 'Reset to starter code' }).click();
	await page.getByRole('button', { name: 'Keep it' }).click();
	await expect(editor(page)).toContainText('// mine');
	await page.getByRole('button', { name: 'Reset to starter code' }).click();
	await page.getByRole('button', { name: 'Lose it' }).click();
	await expect(editor(page)).toContainText('int add(int a, int b)');
});

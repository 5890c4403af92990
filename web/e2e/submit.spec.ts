import { chooseLanguage, difference, editor, expect, judging, register, newHandle, sum, test, write } from './stage';

test('a stranger registers, submits with Ctrl+Enter, watches and is accepted', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: 'Register' }).first().click();
	await register(page, newHandle());

	await page.getByRole('searchbox', { name: 'Search problems' }).fill('aplusb');
	await page.locator('a[href="/problems/aplusb"]').click();
	await expect(page).toHaveURL(/\/problems\/aplusb$/);
	await chooseLanguage(page, 'cpp');
	await write(page, sum);

	const states: string[] = [];
	await page.exposeFunction('sawState', (state: string) => states.push(state));
	await page.evaluate(() => {
		const seen = () => {
			const text = document.querySelector('section[aria-label="Judging"]')?.textContent ?? '';
			(window as unknown as { sawState(state: string): void }).sawState(text);
		};
		new MutationObserver(seen).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	await page.keyboard.press('Control+Enter');
	await expect(judging(page).getByRole('heading', { name: 'Accepted' })).toBeVisible({ timeout: 30_000 });
	await expect(judging(page).getByRole('img', { name: /tests? done: \d+ AC/ })).toBeVisible();
	await expect(judging(page)).toContainText(/CPU time\s*\d/);
	expect(states.some((text) => /queue|Compiling|Running test/.test(text))).toBe(true);

	await page.goto('/');
	await expect(page.getByRole('listitem').filter({ hasText: 'Solved' }).locator('a[href="/problems/aplusb"]')).toBeVisible();
});

test('a wrong answer is told with the test it failed on, and can be looked at and edited', async ({ page, account }) => {
	await page.goto('/problems/aplusb');
	await chooseLanguage(page, 'cpp');
	await write(page, difference);
	await page.getByRole('button', { name: 'Submit' }).click();
	await expect(judging(page).getByRole('heading', { name: 'Wrong answer' })).toBeVisible({ timeout: 30_000 });
	await expect(judging(page)).toContainText('On test ');

	await judging(page).getByRole('link', { name: 'Details' }).click();
	await expect(page.getByRole('table')).toContainText('WA');
	await expect(page.getByText(`by ${account}`)).toBeVisible();
	await expect(page.getByLabel(/^Source of /)).toContainText('a - b');
	await expect(page.getByRole('heading', { name: 'How it was judged' })).toBeVisible();

	await page.getByRole('link', { name: 'Edit and submit again' }).click();
	await expect(editor(page)).toContainText('a - b');
});

test('a program that does not compile shows what the compiler said', async ({ page, account }) => {
	expect(account).not.toBe('');
	await page.goto('/problems/aplusb');
	await chooseLanguage(page, 'cpp');
	await write(page, 'int main() { retrun 0; }');
	await page.getByRole('button', { name: 'Submit' }).click();
	await expect(judging(page).getByRole('heading', { name: 'Compile error' })).toBeVisible({ timeout: 30_000 });
	await expect(judging(page).getByLabel('What the compiler said')).toContainText('retrun');
});

test('without a WebSocket the verdict comes by long polls', async ({ page, account }) => {
	expect(account).not.toBe('');
	await page.addInitScript(() => {
		class Closed extends EventTarget {
			onclose: ((event: { code: number }) => void) | null = null;
			constructor() {
				super();
				setTimeout(() => this.onclose?.({ code: 1006 }));
			}
			close() {}
			send() {}
		}
		Object.assign(window, { WebSocket: Closed });
	});
	await page.goto('/problems/aplusb');
	await chooseLanguage(page, 'cpp');
	await write(page, sum);
	const accepted = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/submissions'));
	await page.keyboard.press('Control+Enter');
	expect((await accepted).status()).toBe(201);
	await expect(judging(page).getByRole('heading', { name: 'Accepted' })).toBeVisible({ timeout: 30_000 });
});

test('own submissions are listed, filtered and follow what is handed in elsewhere', async ({ page, account }) => {
	expect(account).not.toBe('');
	await page.goto('/submissions');
	await expect(page.getByText('Nothing handed in yet')).toBeVisible();
	const response = await page.request.post('/api/v1/submissions', {
		data: { problem: 'aplusb', language: 'cpp', source: sum }
	});
	expect(response.status()).toBe(201);
	const row = page.getByRole('listitem').filter({ hasText: 'aplusb' });
	await expect(row).toContainText('AC', { timeout: 30_000 });
	await page.getByLabel('Verdict').selectOption('WA');
	await expect(page.getByText('No submission fits')).toBeVisible();
});

test('a draft is kept for each language, and a file can be put in', async ({ page, account }) => {
	expect(account).not.toBe('');
	await page.goto('/problems/aplusb');
	await chooseLanguage(page, 'cpp');
	await write(page, '// kept for C++');
	await chooseLanguage(page, 'python3');
	await expect(editor(page)).not.toContainText('kept');
	await page.locator('input[type=file]').setInputFiles({
		name: 'sum.py',
		mimeType: 'text/x-python',
		buffer: Buffer.from('print(sum(map(int, input().split())))\n')
	});
	await expect(editor(page)).toContainText('print(sum');
	await page.reload();
	await expect(editor(page)).toContainText('print(sum');
	await chooseLanguage(page, 'cpp');
	await expect(editor(page)).toContainText('kept for C++');
});

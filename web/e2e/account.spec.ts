import { expect, test } from './stage';

test('a form says at the field what is wrong', async ({ page, account }) => {
	await page.getByRole('button', { name: `Account of ${account}` }).click();
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible();

	await page.goto('/register');
	await page.getByLabel('Handle').fill('a b');
	await page.getByLabel('Email').fill('somebody@example.org');
	await page.getByLabel('Password').fill('long enough to pass');
	await page.getByRole('button', { name: 'Register' }).click();
	const handle = page.getByLabel('Handle');
	await expect(handle).toHaveAttribute('aria-invalid', 'true');
	await expect(handle).toBeFocused();
	await expect(handle).toHaveAccessibleDescription(/handle has only/i);

	await handle.fill(account);
	await page.getByRole('button', { name: 'Register' }).click();
	await expect(page.getByText(/taken/)).toBeVisible();

	await page.goto('/login');
	await page.getByLabel('Handle').fill(account);
	await page.getByLabel('Password').fill('not the password');
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page.getByRole('alert')).toContainText('Wrong handle or password');
});

test('a page that needs an account leads through the login and back', async ({ page, account }) => {
	await page.context().clearCookies();
	await page.goto('/submissions?verdict=WA');
	await expect(page).toHaveURL(/\/login\?next=/);
	await page.getByLabel('Handle').fill(account);
	await page.getByLabel('Password').fill('four words make one');
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page).toHaveURL(/\/submissions\?verdict=WA$/);
});

test('the way back from the login stays on this site', async ({ page, account }) => {
	await page.context().clearCookies();
	await page.goto('/login?next=' + encodeURIComponent('//example.org/elsewhere'));
	await page.getByLabel('Handle').fill(account);
	await page.getByLabel('Password').fill('four words make one');
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page.getByRole('button', { name: `Account of ${account}` })).toBeVisible();
	await expect(page).not.toHaveURL(/example\.org/);
});

test('a token works until it is deleted', async ({ page, account, playwright, baseURL }) => {
	await page.goto('/account');
	await page.getByLabel('Name').fill('laptop');
	await page.getByRole('button', { name: 'Create token' }).click();
	const token = (await page.getByText(/^dmst_/).textContent()) ?? '';
	const other = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
	const me = await other.get('/api/v1/me');
	expect(await me.json()).toMatchObject({ handle: account });

	await page.getByRole('button', { name: 'Delete token laptop' }).click();
	await page.getByRole('button', { name: 'Delete for good' }).click();
	await expect(page.getByText('No tokens yet')).toBeVisible();
	expect((await other.get('/api/v1/me')).status()).toBe(401);
	await other.dispose();
});

test('when Deemster is away the page says so, keeps what was written and goes on by itself', async ({ page, account }) => {
	expect(account).not.toBe('');
	await page.goto('/problems/aplusb');
	await page.getByRole('textbox', { name: 'Source code' }).fill('// unsent');
	await page.route('**/api/**', (route) => route.abort());
	await page.getByRole('link', { name: 'Problems' }).click();
	await expect(page.getByText('Deemster cannot be reached.').first()).toBeVisible();
	await page.unroute('**/api/**');
	await expect(page.getByText('Deemster cannot be reached.').first()).toBeHidden();
	await page.goto('/problems/aplusb');
	await expect(page.getByRole('textbox', { name: 'Source code' })).toContainText('// unsent');
});

test('a chosen theme is kept, before the first paint', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('button', { name: /Theme: as the system/ }).click();
	await page.getByRole('button', { name: /Theme: light/ }).click();
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.getByRole('button', { name: /Theme: dark/ })).toBeVisible();
});

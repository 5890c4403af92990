import { defineConfig } from '@playwright/test';

// The tests drive a real Deemster with its default settings, except that it must let one
// address submit often enough: `deemster serve --rate submit=600/m --rate login=600/m`.
export default defineConfig({
	testDir: 'e2e',
	timeout: 60_000,
	expect: { timeout: 15_000 },
	fullyParallel: false,
	workers: 1,
	forbidOnly: !!process.env.CI,
	reporter: [['list']],
	use: {
		baseURL: process.env.DEEMSTER_URL ?? 'http://127.0.0.1:8080',
		locale: 'en-GB',
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
				'--disable-quic'
			]
		}
	}
});

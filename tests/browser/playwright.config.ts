import { defineConfig } from "@playwright/test";

// The system's Chromium: found by deploy/setup/chromium.sh. Two cores: one browser at a time.
export default defineConfig({
	testDir: ".",
	outputDir: "../../test-results",
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	timeout: 240_000,
	expect: { timeout: 15_000 },
	reporter: [["list"]],
	use: {
		locale: "ru-RU",
		timezoneId: "Europe/Moscow",
		trace: "retain-on-failure",
		screenshot: "only-on-failure",
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
			],
		},
	},
});

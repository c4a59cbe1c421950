/** Browser tests: the system's Chromium, found as make finds it. Two cores: one browser at a time. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const finder = fileURLToPath(new URL("../../deploy/setup/chromium.sh", import.meta.url));
const executablePath = execFileSync(finder, ["--find"], { encoding: "utf8" }).trim();

export default defineConfig({
	testDir: ".",
	// `make pictures` and `make screens` run other files: they make pictures, they prove nothing.
	testMatch: process.env["PICTURES"] || "*.spec.ts",
	outputDir: "../../test-results",
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	// They end what hangs; a busy machine is slow, and that is no failure.
	timeout: 900_000,
	expect: { timeout: 45_000 },
	reporter: [["list"]],
	use: {
		locale: "ru-RU",
		timezoneId: "Europe/Moscow",
		trace: "retain-on-failure",
		screenshot: "only-on-failure",
		actionTimeout: 45_000,
		navigationTimeout: 45_000,
		launchOptions: {
			executablePath,
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

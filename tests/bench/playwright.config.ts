/** The tablet's benchmark runs as the browser tests do, but untraced: a trace copies the page at each key. */

import browser from "../browser/playwright.config.ts";

export default {
	...browser,
	testDir: ".",
	testMatch: ["tablet.ts", "opening.ts", "month.ts"],
	reporter: [["list"], ["./table.ts"]],
	timeout: 600_000,
	use: { ...browser.use, trace: "off" },
};

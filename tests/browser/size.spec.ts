/**
 * What a tablet fetches, in bytes as the server sends them: a school's line is thin. The figures are told; the limits
 * are the design's.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, MOMENT, signIn } from "./screens.ts";

const TEACHER_KB = 60;
const PRECACHE_KB = 200; // Argon2id for unlocking offline is 11 of it, signed-in people side by side half a one

/** Notes the moment at which the grid stands. */
function noteGrid(): void {
	const seen = new MutationObserver(() => {
		if (!document.querySelector("[role=grid]")) return;
		performance.mark("grid");
		seen.disconnect();
	});
	seen.observe(document, { subtree: true, childList: true });
}

/** kB of a kind that the page had asked for when the grid stood. */
function fetched(page: Page, kind: RegExp): Promise<number> {
	return page.evaluate((pattern) => {
		const stood = performance.getEntriesByName("grid")[0]?.startTime ?? Number.POSITIVE_INFINITY;
		const all = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
		const asked = all.filter((entry) => entry.startTime < stood && new RegExp(pattern).test(entry.name));
		return asked.reduce((sum, entry) => sum + entry.encodedBodySize, 0) / 1000;
	}, kind.source);
}

test("a teacher's way to the journal, and all that the service worker keeps, fit a thin line", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const context = await contextOf(browser, { language: "ru", theme: "light", size: "tablet" });
		const page = await context.newPage();
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		const kept = await page.evaluate(async () => {
			const found = new Set<string>();
			for (const name of await caches.keys())
				for (const { url } of await (await caches.open(name)).keys()) found.add(url);
			return [...found];
		});
		let precache = 0;
		for (const url of kept) {
			const answer = await page.request.get(url, { headers: { "Accept-Encoding": "gzip" } });
			precache += Number(answer.headers()["content-length"]) / 1000;
		}
		await context.close();

		const visitor = await browser.newContext({ serviceWorkers: "block" });
		// Where no worker keeps the key through a reload, another tab hands it over.
		await signIn(await visitor.newPage(), school.url, "teacher");
		const first = await visitor.newPage();
		await first.addInitScript(noteGrid);
		await first.goto(`${school.url}/journal/8b-algebra`);
		await first.getByRole("grid").waitFor();
		const route = await fetched(first, /\/assets\/.*\.js$/);
		console.log(`teacher's journal ${route.toFixed(1)} kB of code, precache ${precache.toFixed(1)} kB, gzipped`);
		expect(kept.length).toBeGreaterThan(20);
		expect(route).toBeGreaterThan(20);
		expect(route).toBeLessThanOrEqual(TEACHER_KB);
		expect(precache).toBeLessThanOrEqual(PRECACHE_KB);
		await visitor.close();
	} finally {
		await school.remove();
	}
});

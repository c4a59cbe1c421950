/**
 * A month without network: 5,000 entries that the tablet's own engine wrote offline. How soon the app opens with them,
 * slowed six times, and how long they take to the server over a thin line that loses segments (`line.ts`).
 */

import { expect, type Page, test } from "@playwright/test";
import { countProcessor, JOURNAL } from "../browser/hands.ts";
import { School } from "../browser/house.ts";
import { serveWithProbe, startProbe } from "../browser/probe.ts";
import { contextOf, MOMENT, pill, signIn } from "../browser/screens.ts";
import { heapOf } from "./heap.ts";
import { Line } from "./line.ts";
import { runs, tell } from "./table.ts";

const SLOWED = 6;
const TIMES = 3;
const WRITTEN = 5_000;
const THIN = { bitsPerSecond: 256_000, loss: 0.02 };

/** Lesson after lesson of the last month, in each journal that the teacher holds; then their corrections. */
function writeLessons(page: Page, many: number): Promise<number> {
	return page.evaluate(async (wanted) => {
		const { probe } = window;
		const day = (back: number) => new Date(probe.now() - back * 86_400_000).toISOString().slice(0, 10);
		const journals = probe.scopes().filter((name) => name.startsWith("journal:"));
		const lessons = journals.flatMap((scope) => {
			const pupils = [...new Set([...probe.rows("mark", scope).keys()].map((key) => key.split("/")[3] ?? ""))];
			const places = probe.lessons(scope.slice(8), day(30), probe.today());
			return places.map(({ key }) => ({ key, pupils }));
		});
		for (let pass = 0, n = 0; n < wanted; pass += 1) {
			for (const { key, pupils } of lessons) {
				const marks = pupils.map((pupil, i) => {
					const set = { value: String(2 + ((i + pass) % 4)), comment: pass % 2 ? "после разбора" : "" };
					return { kind: "mark" as const, key: `${key}/${pupil}/1`, set };
				});
				const entries = marks.slice(0, wanted - n);
				if (entries.length) await probe.write(entries);
				n += entries.length;
			}
			if (!n) throw new Error("no lesson in the last month");
		}
		return probe.status().unsent;
	}, many);
}

/** ms from the load until the grid is painted, and until the page says how many wait. */
async function open(page: Page, address: string): Promise<[grid: number, told: number]> {
	await page.goto(address, { waitUntil: "commit" });
	return page.evaluate(async (unsent) => {
		const painted = (there: () => boolean) =>
			new Promise<number>((resolve) => {
				const look = (): void => {
					if (there()) setTimeout(() => resolve(performance.now()), 0);
					else requestAnimationFrame(look);
				};
				look();
			});
		const digits = () => document.querySelector("a.status")?.textContent?.replace(/\D/g, "") ?? "";
		const grid = painted(() => document.querySelector("table.grid td") !== null);
		const told = painted(() => digits().includes(unsent));
		return [await grid, await told] as [number, number];
	}, String(WRITTEN));
}

test(`${WRITTEN} unsent entries`, async ({ browser }) => {
	const school = await School.make(MOMENT);
	const line = await Line.lay(() => school.port);
	try {
		await serveWithProbe(school);
		const context = await contextOf(browser, { language: "ru", theme: "light", size: "tablet" });
		const page = await context.newPage();
		await signIn(page, line.url, "teacher");
		await expect(pill(page)).toContainText("Всё отправлено");
		await page.evaluate(() => navigator.serviceWorker.ready);
		// The app's own address reaches the engine's file; the school's does not answer.
		await page.route("**/api/**", (route) => route.abort());
		await startProbe(page);
		expect(await writeLessons(page, WRITTEN)).toBe(WRITTEN);
		await page.evaluate(() => window.probe.stop());
		await context.setOffline(true);
		await page.unroute("**/api/**");

		const cdp = await countProcessor(page);
		await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
		const grids: number[] = [];
		const tolds: number[] = [];
		for (let i = 0; i < TIMES; i += 1) {
			const [grid, told] = await open(page, `${line.url}/journal/${JOURNAL}`);
			grids.push(grid);
			tolds.push(told);
		}
		const heap = await heapOf(cdp);

		line.narrow(THIN);
		const began = performance.now();
		await context.setOffline(false);
		await expect(pill(page)).toContainText("Всё отправлено", { timeout: 400_000 });
		const took = (performance.now() - began) / 1000;
		const { up, down } = line;
		await school.stop();
		const ledger = (await school.ledger()).filter(({ person }) => person === "t06");
		expect(ledger.map(({ n }) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: WRITTEN }, (_, i) => i + 1));

		tell(`${SLOWED}×: opens offline with ${WRITTEN} unsent, to the grid`, runs(grids), "3 s");
		tell(`${SLOWED}×: the same, until it says that ${WRITTEN} wait`, runs(tolds), "3 s");
		tell(`heap with ${WRITTEN} unsent, after a collection`, heap, "25 MB");
		const carried = `${(up.bytes / 1000).toFixed(0)} kB up, ${(down.bytes / 1000).toFixed(0)} kB down, ${up.lost + down.lost} segments lost`;
		tell(`${SLOWED}×: they are at the server, 256 kbit/s, 2 % loss`, `${took.toFixed(1)} s (${carried})`, "60 s");
		await context.close();
	} finally {
		await line.cut();
		await school.remove();
	}
});

/**
 * Two tabs of one real browser and its service worker, offline: entries by turns, none lost, and what one tab writes is
 * known in the other within 300 ms. `EDITS` says how many; `make patience` asks for a thousand.
 *
 * Each tab shows the app and writes through an engine of its own, so four engines share the store.
 */

import { expect, type Page, test } from "@playwright/test";
import { share } from "./hands.ts";
import { School } from "./house.ts";
import { serveWithProbe, startProbe } from "./probe.ts";
import { LESSON, MOMENT, pill, signIn } from "./screens.ts";

const EDITS = Number(process.env["EDITS"] ?? 200);
const PUPILS = ["p2301", "p2303", "p2307", "p2311", "p2315"];
const LATEST_MS = 300;
const PAUSE_MS = 40; // two tabs then write fifty times a second, as two people never do

/** Words written in the tab, and words of the other tab that it has shown, each with its moment on one clock. */
interface Tab {
	wrote: Record<string, number>;
	heard: Record<string, number>;
}

/** Writes so many, a breath between each, and notes when those of the other tab come. */
function work(page: Page, own: "a" | "b", theirs: "a" | "b"): Promise<Tab> {
	return page.evaluate(
		async ([mine, other, lesson, pupils, many, pause]) => {
			const { probe } = window;
			const clock = (): number => performance.timeOrigin + performance.now();
			const key = (tab: string, i: number): string => `${lesson}/${pupils[i % pupils.length]}/${tab === "a" ? 1 : 2}`;
			const tab: Tab = { wrote: {}, heard: {} };
			probe.subscribe(() => {
				for (const i of pupils.keys()) {
					const said = probe.row("mark", key(other, i))?.values.comment;
					if (said) tab.heard[said] ??= clock();
				}
			});
			for (let i = 0; i < many; i++) {
				tab.wrote[`${mine}${i}`] = clock();
				await probe.write([{ kind: "mark", key: key(mine, i), set: { comment: `${mine}${i}` } }]);
				await new Promise((next) => setTimeout(next, pause));
			}
			const end = clock() + 20_000;
			while (!tab.heard[`${other}${many - 1}`] && clock() < end) await new Promise((next) => setTimeout(next, 50));
			return tab;
		},
		[own, theirs, LESSON, PUPILS, EDITS / 2, PAUSE_MS] as const,
	);
}

test.use({ trace: "off" });

test(`${EDITS} entries of two tabs by turns: none is lost, the other tab knows each within ${LATEST_MS} ms`, async ({
	page: first,
	context,
}) => {
	const school = await School.make(MOMENT);
	try {
		await serveWithProbe(school);
		await signIn(first, school.url, "teacher");
		await expect(pill(first)).toContainText("Всё отправлено");
		await first.evaluate(() => navigator.serviceWorker.ready);
		const second = await context.newPage();
		await second.goto(`${school.url}/lesson/${LESSON}`);
		for (const page of [first, second]) await startProbe(page);

		await context.setOffline(true);
		const [a, b] = await Promise.all([work(first, "a", "b"), work(second, "b", "a")]);
		const delays = [[a, b] as const, [b, a] as const].flatMap(([from, to]) =>
			Object.entries(from.wrote).flatMap(([said, at]) => (to.heard[said] ? [to.heard[said] - at] : [])),
		);
		const part = (p: number): string => `${Math.round(share(delays, p))} ms`;
		console.log(
			`written in one tab, known in the other: p50 ${part(0.5)}, p95 ${part(0.95)}, most ${part(1)}; ${delays.length} of ${EDITS} seen`,
		);
		// What was written over before the other tab looked was never to be seen there.
		expect(delays.length).toBeGreaterThan(EDITS * 0.9);
		expect(share(delays, 0.5)).toBeLessThanOrEqual(LATEST_MS);
		expect(a.heard[`b${EDITS / 2 - 1}`]).toBeDefined();
		expect(b.heard[`a${EDITS / 2 - 1}`]).toBeDefined();

		await context.setOffline(false);
		await first.evaluate(() => window.probe.syncNow());
		await expect(pill(first)).toContainText("Всё отправлено", { timeout: 60_000 });
		await school.stop();
		const numbers = (await school.ledger()).filter((line) => line.person === "t06").map((line) => line.n);
		expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: EDITS }, (_, i) => i + 1));
	} finally {
		await school.remove();
	}
});

test("a mark entered in one tab's journal is painted in the other's", async ({ page: first, context }) => {
	const school = await School.make(MOMENT);
	try {
		await signIn(first, school.url, "teacher");
		await first.goto(`${school.url}/journal/8b-algebra`);
		const second = await context.newPage();
		await second.goto(`${school.url}/journal/8b-algebra`);
		for (const page of [first, second]) await page.locator("[role=grid] td.today").first().waitFor();
		await context.setOffline(true);
		await second.evaluate(() => {
			const painted: Record<string, number> = {};
			Object.assign(window, { painted });
			const grid = document.querySelector("[role=grid]") as HTMLElement;
			new MutationObserver(() =>
				requestAnimationFrame(() => {
					const now = performance.timeOrigin + performance.now();
					for (const cell of grid.querySelectorAll<HTMLElement>("td.today"))
						if (cell.textContent?.includes("5")) painted[cell.dataset["at"] ?? ""] ??= now;
				}),
			).observe(grid, { subtree: true, childList: true, characterData: true });
		});
		await first.evaluate(() => {
			const entered: Record<string, number> = {};
			Object.assign(window, { entered });
			document.addEventListener(
				"keydown",
				({ key, timeStamp }) => {
					const at = document.activeElement?.closest<HTMLElement>("[data-at]")?.dataset["at"];
					if (key === "Enter" && at) entered[at] = performance.timeOrigin + timeStamp;
				},
				{ capture: true },
			);
		});
		const cells = first.locator("[role=grid] td.today");
		await cells.first().click();
		for (let n = await cells.count(); n > 0; n -= 1) {
			await first.keyboard.press("5");
			await first.keyboard.press("Enter");
			await first.waitForTimeout(400); // as quick as hands go
		}
		const theirs = second.locator("[role=grid] td.today");
		for (const cell of await theirs.all()) await expect(cell).toContainText("5");
		const entered = await first.evaluate(() => (window as unknown as { entered: Record<string, number> }).entered);
		const painted = await second.evaluate(() => (window as unknown as { painted: Record<string, number> }).painted);
		const delays = Object.entries(entered).map(([at, moment]) => (painted[at] ?? Number.POSITIVE_INFINITY) - moment);
		const part = (p: number): string => `${Math.round(share(delays, p))} ms`;
		console.log(
			`entered in one tab, painted in the other: p50 ${part(0.5)}, p95 ${part(0.95)}, most ${part(1)}; ${delays.length} marks`,
		);
		expect(delays.length).toBeGreaterThan(20);
		expect(share(delays, 0.5)).toBeLessThanOrEqual(LATEST_MS);
	} finally {
		await school.remove();
	}
});

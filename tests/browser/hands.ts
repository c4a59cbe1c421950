/**
 * How long the grid takes, measured inside the browser: keys until painted (Event Timing), the tick that says an entry
 * is on the disk, and the main thread's own processor time (CDP), which other work on the machine does not change.
 */

import type { CDPSession, Page } from "@playwright/test";
import { PROTOCOL } from "../../pwa/src/generated/messages.ts";

export const JOURNAL = "8b-algebra";

/** Gives the journal lessons until its term has at least `least`: what a whole year of a subject comes to. */
export async function lengthen(page: Page, url: string, moment: string, least: number): Promise<void> {
	const clock = Date.parse(moment);
	const post = async (path: string, data: unknown) =>
		(await page.request.post(`${url}/api/32/${path}`, { data })).json() as Promise<Record<string, never>>;
	const { device, epoch } = await post("sign-in", {
		login: "petrova",
		password: "zvonok-petrova",
		clock,
		device: "",
		name: "bench",
	});
	const days = Array.from({ length: 57 }, (_, i) => new Date(Date.UTC(2026, 10, 3 + i)))
		.filter((day) => day.getUTCDay() > 0 && day.getUTCDay() < 6)
		.map((day) => day.toISOString().slice(0, 10));
	const keys = days.flatMap((day) => [7, 8].map((number) => `${JOURNAL}/${day}/${number}`)).slice(0, least);
	const set = { topic: "Дополнительное занятие" };
	const ops = keys.map((key, i) => ({ n: i + 1, kind: "lesson", key, set, at: clock, seen: [epoch, 0], v: PROTOCOL }));
	const sync = { protocol: PROTOCOL, device, clock, held: ops.length, epoch, cursors: {}, ops };
	const { judged } = (await post("sync", sync)) as unknown as {
		judged: [n: number, verdict: string, reason: string][];
	};
	const refused = judged.find(([, verdict]) => verdict !== "accepted");
	if (judged.length !== ops.length || refused) throw new Error(`the journal was not lengthened: ${refused}`);
}

/** Keys of the last run, ms: pressed until painted, and Enter until the cell says that it is on this tablet. */
export interface Times {
	readonly painted: number[];
	readonly durable: number[];
}

/** Watches keys and cells from now on; `taken` reads what was seen. */
export async function watchKeys(page: Page): Promise<{ taken: () => Promise<Times> }> {
	await page.evaluate(() => {
		const seen = { painted: [] as number[], durable: [] as number[] };
		Object.assign(window, { seen });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) if (entry.name === "keydown") seen.painted.push(entry.duration);
		}).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
		let pressed = 0;
		document.addEventListener(
			"keydown",
			(event) => {
				if (event.key === "Enter") pressed = performance.now();
			},
			true,
		);
		new MutationObserver((changes) => {
			const ticked = changes.some(({ target, oldValue }) => {
				const { className } = target as HTMLElement;
				return /\blocal\b/.test(className) && !/\blocal\b/.test(oldValue ?? "");
			});
			if (ticked && pressed > 0) seen.durable.push(performance.now() - pressed);
			if (ticked) pressed = 0;
		}).observe(document.querySelector("table.grid") as Node, {
			subtree: true,
			attributeFilter: ["class"],
			attributeOldValue: true,
		});
	});
	return { taken: () => page.evaluate(() => (window as unknown as { seen: Times }).seen) };
}

/** The main thread's processor time so far, ms. */
export async function processorMs(cdp: CDPSession): Promise<number> {
	const { metrics } = await cdp.send("Performance.getMetrics");
	return (metrics.find(({ name }) => name === "ThreadTime")?.value ?? 0) * 1000;
}

/** Starts the count. */
export async function countProcessor(page: Page): Promise<CDPSession> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable");
	return cdp;
}

/** Gives a mark to each of `n` pupils down a column of today, one digit and Enter each. */
export async function giveMarks(page: Page, n: number, mark: string, nth = 0): Promise<void> {
	await page.locator("table.grid tbody tr").first().locator("td.today").nth(nth).click();
	for (let i = 0; i < n; i += 1) {
		await page.keyboard.press(mark);
		await page.keyboard.press("Enter");
		await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))));
	}
}

export function share(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

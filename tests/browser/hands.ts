/**
 * How long the grid takes, measured inside the browser: keys until painted (Event Timing), the tick that says an entry
 * is on the disk, and the main thread's own processor time (CDP), which other work on the machine does not change.
 */

import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import type { Entry } from "../../pwa/src/engine/types.ts";
import {
	MAX_OPS,
	type Op,
	PROTOCOL,
	type SyncRequest,
	type SyncResponse,
	type Verdict,
} from "../../pwa/src/generated/messages.ts";
import { contextOf, MOMENT, signIn } from "./screens.ts";

export const JOURNAL = "8b-algebra";

/** A second device of somebody's, without screens: writes by the wire what a test or a measurement needs to find there. */
export class Pen {
	readonly device: string;
	readonly epoch: string;
	private readonly page: Page;
	private readonly url: string;
	private readonly clock: number;
	private n = 0;
	/** The server's moment of the last answer: a device that claims an older one is taken for another line's. */
	private heard = -1;

	private constructor(page: Page, url: string, clock: number, device: string, epoch: string) {
		[this.page, this.url, this.clock, this.device, this.epoch] = [page, url, clock, device, epoch];
	}

	static async open(page: Page, url: string, moment: string, login = "petrova"): Promise<Pen> {
		const clock = Date.parse(moment);
		const asked = { login, password: `zvonok-${login}`, clock, device: "", name: "bench" };
		const answer = await page.request.post(`${url}/api/32/sign-in`, { data: asked });
		const { device, epoch } = (await answer.json()) as { device: string; epoch: string };
		return new Pen(page, url, clock, device, epoch);
	}

	/** Writes them, and sees that each gets this verdict. */
	async write(entries: readonly Entry[], wanted: Verdict = "accepted"): Promise<void> {
		for (let i = 0; i < entries.length; i += MAX_OPS) {
			const seen = [this.epoch, 0] as [string, number];
			const ops = entries.slice(i, i + MAX_OPS).map((entry): Op => {
				this.n += 1;
				return { n: this.n, ...entry, at: this.clock, seen, v: PROTOCOL };
			});
			const { judged } = (await this.exchange(this.request(ops, {}))).answer;
			const other = judged.find(([, verdict]) => verdict !== wanted);
			if (judged.length !== ops.length || other) throw new Error(`not all was ${wanted}: ${JSON.stringify(other)}`);
		}
	}

	request(ops: Op[], cursors: Record<string, number>): SyncRequest {
		const { device, clock, epoch, n, heard } = this;
		return { protocol: PROTOCOL, device, clock, held: n, epoch, cursors, ops, heard, healed: 0 };
	}

	async exchange(data: SyncRequest): Promise<{ readonly body: string; readonly answer: SyncResponse }> {
		const body = await (await this.page.request.post(`${this.url}/api/32/sync`, { data })).text();
		const answer = JSON.parse(body) as SyncResponse;
		this.heard = answer.server_time;
		return { body, answer };
	}
}

/** Weekdays of the term from its beginning on, with from <= day < until. */
export function weekdays(from: string, until: string): string[] {
	const days: string[] = [];
	for (let at = Date.parse(from); at < Date.parse(until); at += 86_400_000) {
		const day = new Date(at);
		if (day.getUTCDay() > 0 && day.getUTCDay() < 6) days.push(day.toISOString().slice(0, 10));
	}
	return days;
}

/** Gives the journal `least` more lessons: with its own, what a whole year of a subject comes to. */
async function lengthen(page: Page, url: string, moment: string, least: number): Promise<void> {
	const pen = await Pen.open(page, url, moment);
	const keys = weekdays("2026-11-03", "2026-12-30").flatMap((day) => [7, 8].map((at) => `${JOURNAL}/${day}/${at}`));
	const set = { topic: "Дополнительное занятие" };
	await pen.write(keys.slice(0, least).map((key) => ({ kind: "lesson", key, set })));
}

/**
 * Keys of the last run, ms: pressed until painted, and Enter until the cell says that it is on this tablet. Enter is
 * answered by the frame with the tick and the next cell, which Event Timing does not know of: it is looked for here.
 */
interface Times {
	readonly painted: number[];
	readonly durable: number[];
}

/** Watches keys and cells from now on; `taken` reads what was seen. */
export async function watchKeys(page: Page): Promise<{ taken: () => Promise<Times> }> {
	await page.evaluate(() => {
		const seen = { painted: [] as number[], durable: [] as number[] };
		Object.assign(window, { seen });
		new PerformanceObserver((list) => {
			for (const { name, duration, startTime } of list.getEntries())
				if (name === "keydown" && !entered.has(startTime)) seen.painted.push(duration);
		}).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
		const entered = new Set<number>();
		let pressed = 0;
		let came = 0;
		const painted = (since: number) =>
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => seen.painted.push(performance.now() - since);
				port2.postMessage(null);
			});
		document.addEventListener(
			"keydown",
			(event) => {
				if (event.key !== "Enter") return;
				pressed = performance.now();
				came = event.timeStamp;
				entered.add(came);
			},
			true,
		);
		new MutationObserver((changes) => {
			const ticked = changes.some(({ target, oldValue }) => {
				const { className } = target as HTMLElement;
				return /\blocal\b/.test(className) && !/\blocal\b/.test(oldValue ?? "");
			});
			if (!ticked || pressed === 0) return;
			seen.durable.push(performance.now() - pressed);
			painted(came);
			pressed = 0;
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

/** ms between two pupils: a quick hand's. A frame asked for here instead would hold the disk's answer back. */
const PAUSE = 120;

/** Stands in a column of today, with the first pupil. A finger leaves no pointer, for the browser to look up in each frame. */
export async function press(page: Page, nth = 0): Promise<void> {
	await page.locator("table.grid tbody tr").first().locator("td.today").nth(nth).dispatchEvent("click");
}

/** Gives a mark to each of `n` pupils down a column of today, one digit and Enter each. */
export async function giveMarks(page: Page, n: number, mark: string, nth = 0): Promise<void> {
	await press(page, nth);
	for (let i = 0; i < n; i += 1) {
		await page.keyboard.press(mark);
		await page.keyboard.press("Enter");
		await page.waitForTimeout(PAUSE);
	}
}

export function share(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** A tablet whose teacher is signed in, and has 70 lessons more in the journal. */
export async function signInToLong(browser: Browser, url: string): Promise<{ context: BrowserContext; page: Page }> {
	const context = await contextOf(browser, { language: "ru", theme: "light", size: "tablet" });
	const page = await context.newPage();
	const other = await browser.newContext();
	await lengthen(await other.newPage(), url, MOMENT, 70);
	await other.close();
	await signIn(page, url, "teacher");
	return { context, page };
}

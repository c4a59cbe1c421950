/** What is typed and not entered outlives its page; what was entered, closed or is being typed elsewhere is not written. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Engine } from "../../src/engine/types";
import { Browser, until } from "../tablet";
import { Server } from "./server";

const SOON = { timeout: 15_000 };

let server: Server;
let browser: Browser;
let page: Engine;

beforeAll(async () => {
	server = await Server.start();
});
beforeEach(async () => {
	browser = new Browser(server.base, server.world);
	page = await browser.signedIn();
	browser.radio = false;
});
afterEach(() => browser.close());
afterAll(() => server.end());

const mark = (pupil: string, value: string) => ({
	kind: "mark" as const,
	key: `8b-alg/2026-11-20/2/${pupil}/1`,
	set: { value },
});
const stands = (engine: Engine, pupil: string) => engine.row("mark", mark(pupil, "").key)?.values.value ?? null;

/** Does anything lie on the disk that the next page would write, or under another name? */
async function lies(name = "typing"): Promise<boolean> {
	const asked = browser.store.open("zvonok-32-t1");
	const db = await new Promise<IDBDatabase>((resolve) => {
		asked.onsuccess = () => resolve(asked.result);
	});
	const found = db.transaction("meta").objectStore("meta").count(name);
	const count = await new Promise<number>((resolve) => {
		found.onsuccess = () => resolve(found.result);
	});
	db.close();
	return count > 0;
}

test("is written by the next page, once, and can be undone", async () => {
	await page.keepTyping([mark("p1", "4")]);
	await page.keepTyping([mark("p1", "5")]);
	expect(await lies()).toBe(true);
	const told: boolean[] = [];
	const next = await browser.tab();
	next.subscribe(({ takenUp }) => takenUp && told.push(takenUp));
	await page.stop();
	await until(next, () => stands(next, "p1") === "5");
	expect(told).toEqual([true]);
	expect(next.status().unsent).toBe(1);
	expect(await lies()).toBe(false);
	await next.undo();
	expect(stands(next, "p1")).toBeNull();
});

test("an entry takes it away in its own transaction", async () => {
	await page.keepTyping([mark("p1", "4")]);
	await page.write([mark("p1", "4")]);
	expect(await lies()).toBe(false);
});

test("an editor closed without entering leaves nothing, even at once", async () => {
	await page.keepTyping([mark("p1", "4")]);
	await page.keepTyping([]);
	expect(await lies()).toBe(false);
	await Promise.all([page.keepTyping([mark("p1", "4")]), page.keepTyping([])]);
	expect(await lies()).toBe(false);
});

test("what stands already is not written again", async () => {
	await page.write([mark("p1", "4")]);
	await page.keepTyping([mark("p1", "4")]);
	const next = await browser.tab();
	await page.stop();
	await vi.waitFor(async () => expect(await lies()).toBe(false), SOON);
	expect(next.status().unsent).toBe(1);
});

test("what another tab is typing is left to it", async () => {
	await page.keepTyping([mark("p1", "4")]);
	const other = await browser.tab();
	await vi.waitFor(() => expect(browser.waitingFor("zvonok-32-t1 typing")).toBe(1), SOON);
	expect(stands(other, "p1")).toBeNull();
	await page.keepTyping([]);
	await vi.waitFor(() => expect(browser.waitingFor("zvonok-32-t1 typing")).toBe(0), SOON);
	expect(other.status().unsent).toBe(0);
});

test("a lock keeps it sealed, and who unlocks finds it written", async () => {
	await page.keepTyping([mark("p1", "4")]);
	await page.lock();
	expect(await lies()).toBe(true);
	await page.unlock("t1-secret-word");
	await until(page, () => stands(page, "p1") === "4");
});

test("a form's draft is read again by the next page as it was left, and is written nowhere by itself", async () => {
	const drafts = await page.drafts();
	await drafts.keep("term", { term: "q1", lock: true, reason: "Прик" });
	await drafts.keep("term", { term: "q1", lock: true, reason: "Приказ" });
	await drafts.keep("settings", { windowDays: "7" });
	await page.stop();
	const next = await browser.tab();
	await next.unlock("t1-secret-word");
	const found = await next.drafts();
	expect(await found.read("term")).toEqual({ term: "q1", lock: true, reason: "Приказ" });
	expect(await found.read("settings")).toEqual({ windowDays: "7" });
	expect(await found.read("revoke")).toBeUndefined();
	expect(next.status().unsent).toBe(0);
	await found.keep("term", undefined);
	expect(await lies("draft term")).toBe(false);
	expect(await lies("draft settings")).toBe(true);
});

/** Two tabs of one browser against the real server: one syncs, both show the same, numbers never collide. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine";
import { Browser, until } from "../tablet";
import { Server } from "./server";

let server: Server;
let browser: Browser;

beforeAll(async () => {
	server = await Server.start();
});

beforeEach(() => {
	browser = new Browser(server.base, server.world);
});

afterEach(() => browser.close());
afterAll(() => server.end());

const mark = (pupil: string, value: string, place = 1) => ({
	kind: "mark" as const,
	key: `8b-alg/2026-11-20/2/${pupil}/${place}`,
	set: { value },
});

async function twoTabs() {
	const first = await browser.tab();
	await first.signIn("t1", "t1-secret-word", "32");
	await until(first, (s) => !s.loading && s.reachable === true);
	const second = await browser.tab();
	return [first, second] as const;
}

test("one tab leads; what either writes shows in the other before the server has it", async () => {
	const [first, second] = await twoTabs();
	expect(first.status().leading).toBe(true);
	expect(second.status().leading).toBe(false);
	browser.radio = false;
	await first.write([mark("p1", "5")]);
	await until(second, () => second.row("mark", mark("p1", "5").key)?.values.value === "5");
	await second.write([mark("p3", "4")]);
	await until(first, () => first.row("mark", mark("p3", "4").key)?.states.value === "local");
	browser.radio = true;
	await second.syncNow();
	await until(first, (s) => s.unsent === 0);
	await until(second, (s) => s.unsent === 0 && s.reachable === true);
	expect(second.row("mark", mark("p3", "4").key)?.states.value).toBe("applied");
	await server.durable();
	await until(second, (s) => s.notDurable === 0);
	expect(second.row("mark", mark("p3", "4").key)?.states.value).toBe("safe");
});

test("a tab that has just been opened waits for the attempt it asks for, not for the answer to its greeting", async () => {
	const first = await browser.signedIn();
	await until(first, (s) => s.live); // what it asked by itself is over
	const contact = first.status().lastContact ?? 0;
	await server.advance(60_000);
	// Its greeting is still on the way when it asks.
	const around = browser.surroundings();
	const slow = class extends (around.BroadcastChannel as typeof BroadcastChannel) {
		override postMessage(note: { say?: string }): void {
			setTimeout(() => super.postMessage(note), note.say === "here" || note.say === "sync" ? 200 : 0);
		}
	};
	const second = createEngine({ ...around, BroadcastChannel: slow });
	await second.start();
	expect(second.session).not.toBeNull();
	await second.syncNow();
	expect(first.status().lastContact ?? 0).toBeGreaterThan(contact + 30_000);
	await second.stop();
});

test("a thousand interleaved entries of two tabs get a thousand numbers, and all arrive", async () => {
	const [first, second] = await twoTabs();
	const before = (await server.entries()).length;
	browser.radio = false;
	const writes: Promise<void>[] = [];
	for (let i = 0; i < 500; i++) {
		writes.push(first.write([mark("p1", "5")]), second.write([mark("p3", "4", 2)]));
	}
	await Promise.all(writes);
	browser.radio = true;
	await first.syncNow();
	await until(first, (s) => s.unsent === 0);
	await until(second, (s) => s.unsent === 0);
	const mine = (await server.entries()).slice(before).map((e) => e[1]);
	expect(mine).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
});

test("when the leading tab goes, the other one syncs", async () => {
	const [first, second] = await twoTabs();
	await first.stop();
	await until(second, (s) => s.leading);
	await second.write([mark("p4", "3")]);
	await until(second, (s) => s.unsent === 0);
	expect((await server.row("mark", mark("p4", "3").key))?.value).toBe("3");
});

test("a leading tab that is frozen loses its place to one that somebody looks at", async () => {
	const first = await browser.tab();
	await first.signIn("t1", "t1-secret-word", "32");
	await until(first, (s) => !s.loading && s.reachable === true);
	browser.freeze();
	const second = await browser.reopened("t1-secret-word"); // a frozen tab hands no key over
	await second.write([mark("p4", "4")]);
	await second.syncNow();
	await until(second, (s) => s.leading && s.unsent === 0);
	expect((await server.row("mark", mark("p4", "4").key))?.value).toBe("4");
});

test("signing out in one tab signs out the other, signing in too", async () => {
	const [first, second] = await twoTabs();
	await first.signOut();
	await until(second, () => second.session === null);
	await second.signIn("deputy", "deputy-secret-word", "32");
	await until(first, () => first.session?.person === "deputy");
	await until(first, () => first.complete("office"));
});

test("without Web Locks both tabs sync and nothing is doubled", async () => {
	const without = () => Object.defineProperty(browser.surroundings(), "locks", { value: null });
	const { createEngine } = await import("../../src/engine/engine");
	const tabs = [createEngine(without()), createEngine(without())] as const;
	await tabs[0].start();
	await tabs[0].signIn("t1", "t1-secret-word", "32");
	await until(tabs[0], (s) => !s.loading);
	await tabs[1].start();
	const before = (await server.entries()).length;
	for (let i = 0; i < 20; i++) {
		await Promise.all(tabs.map((tab, j) => tab.write([mark("p1", String(2 + ((i + j) % 4)))])));
		await Promise.all(tabs.map((tab) => tab.syncNow()));
	}
	for (const tab of tabs) await until(tab, (s) => s.unsent === 0);
	expect(tabs[0].status().lacking).toEqual(["locks"]);
	expect((await server.entries()).slice(before).map((e) => e[1])).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
	const shown = tabs.map((tab) => tab.row("mark", mark("p1", "").key)?.values.value);
	expect(shown[0]).toBe(shown[1]);
	for (const tab of tabs) await tab.stop();
});

/** A tablet whose browser threw its store away, against the real server: it says what went, and the server hears it. */

import { IDBFactory } from "fake-indexeddb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Browser, until } from "../tablet";
import { Server } from "./server";

let server: Server;

beforeAll(async () => {
	server = await Server.start();
});

afterAll(() => server.end());

const mark = (i: number) => ({
	kind: "mark" as const,
	key: `8b-alg/2026-11-20/${1 + (i % 9)}/p1/1`,
	set: { value: "4" },
});

test("a wiped tablet names what is lost, tells the server at sign-in, and works on under a new identity", async () => {
	const browser = new Browser(server.base, server.world);
	const before = await browser.tab();
	const { device } = await before.signIn("t1", "t1-secret-word", "32");
	for (let i = 0; i < 4; i++) await before.write([mark(i)]);
	await until(before, (s) => s.unsent === 0);
	browser.radio = false;
	for (let i = 4; i < 21; i++) await before.write([mark(i)]);
	await browser.close();
	browser.store = new IDBFactory();

	const after = await browser.tab();
	expect(after.session).toBeNull();
	expect(after.status().lost).toEqual([{ device, from: 5, to: 21 }]);
	browser.radio = true;
	const session = await after.signIn("t1", "t1-secret-word", "32");
	expect(session.device).not.toBe(device);
	await until(after, (s) => !s.loading && s.reachable === true);
	expect(after.status().lost).toEqual([{ device, from: 5, to: 21 }]);
	expect(after.status().forked).toBe(false);
	expect([...browser.jar.keys()], "of the device that is gone nothing stays").toEqual([`zvonok-${session.device}`]);

	const admin = new Browser(server.base, server.world);
	const board = await admin.tab();
	await board.signIn("admin", "admin-secret-word", "32");
	const cookie = [...admin.jar].map(([name, value]) => `${name}=${value}`).join("; ");
	const answer = await fetch(`${server.base}/api/32/office/tablets`, { headers: { cookie, ...board.credentials() } });
	const { tablets } = (await answer.json()) as { tablets: { device: string; unsent: number }[] };
	expect(tablets.find((t) => t.device === device)?.unsent).toBe(17);

	await after.write([mark(30)]);
	await until(after, (s) => s.unsent === 0);
	after.acknowledgeLost();
	expect(after.status().lost).toEqual([]);
	await browser.close();
	await admin.close();
});

test("somebody else who signs in on a wiped tablet takes nothing over", async () => {
	const browser = new Browser(server.base, server.world);
	const before = await browser.tab();
	const { device } = await before.signIn("t1", "t1-secret-word", "32");
	browser.radio = false;
	await before.write([mark(1), mark(2)]);
	await browser.close();
	browser.store = new IDBFactory();
	browser.radio = true;
	const after = await browser.tab();
	const session = await after.signIn("deputy", "deputy-secret-word", "32");
	expect(session.device).not.toBe(device);
	expect(after.status().lost).toEqual([{ device, from: 1, to: 2 }]);
	await browser.close();
});

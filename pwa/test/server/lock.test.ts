/**
 * The locked case against the real server: secrets, wrong tries, the lease, several people, the end of rights, and a
 * store from before there were locks.
 */

import { IDBFactory } from "fake-indexeddb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Engine, KnownPerson } from "../../src/engine/types";
import { holding, write } from "../holding";
import { Browser, until } from "../tablet";
import { NOW, Server } from "./server";

const DAY = 86_400_000;
const LESSON = "8b-alg/2026-11-16/3";
const WORD = "t1-secret-word";

let server: Server;
let browser: Browser;

beforeAll(async () => {
	server = await Server.start();
});

beforeEach(() => {
	browser = new Browser(server.base, server.world);
});

afterEach(async () => {
	await browser.close();
	await server.advance(NOW - Date.now() - server.world.offset);
});

afterAll(() => server.end());

const mark = (pupil: string, value: string) => ({
	kind: "mark" as const,
	key: `${LESSON}/${pupil}/1`,
	set: { value },
});

async function known(engine: Engine, person: string): Promise<KnownPerson> {
	const found = (await engine.people()).find((one) => one.person === person);
	if (!found) throw new Error(`${person} never sat here`);
	return found;
}

async function entered(device: string | undefined): Promise<[number, string, string][]> {
	return (await server.entries()).filter((e) => e[0] === device).map((e) => [e[1], e[2], e[4]]);
}

/** Nothing of the work shows any more. */
function isShut(engine: Engine): void {
	expect(engine.session).toBeNull();
	expect(engine.scopes()).toEqual([]);
	expect(engine.row("mark", `${LESSON}/p1/1`)).toBeNull();
	expect(engine.pending()).toEqual([]);
}

test("a lock shuts every tab; the passphrase opens them all, without a network", async () => {
	const first = await browser.signedIn();
	const second = await browser.tab();
	expect(second.session?.person).toBe("t1");
	let committed = 0;
	second.beforeLock(async () => {
		committed++;
	});
	browser.radio = false;
	await first.lock();
	await until(second, () => second.session === null);
	isShut(first);
	isShut(second);
	expect(committed).toBe(1);
	expect(first.locked?.current).toMatchObject({ person: "t1", opens: { pin: false, passphrase: true, free: false } });
	await expect(first.unlock("another secret word")).rejects.toMatchObject({ code: "wrong_secret" });
	await first.unlock(WORD);
	await until(second, () => second.session?.person === "t1");
	expect(first.complete("journal:8b-alg")).toBe(true);
});

test("a PIN opens for twelve hours, a passphrase renews it, a clock turned back does not", async () => {
	const engine = await browser.signedIn();
	await engine.setPin("470915");
	browser.radio = false;
	await engine.lock();
	await engine.unlock("470915");
	browser.skew = -5 * DAY;
	await engine.lock();
	expect(engine.locked?.current?.opens.pin).toBe(true);
	browser.skew += 13 * 3_600_000;
	await expect(engine.unlock("470915")).rejects.toMatchObject({ code: "wrong_secret" });
	expect(engine.locked?.current?.opens).toEqual({ pin: false, passphrase: true, free: false });
	await engine.unlock(WORD);
	expect(engine.protection?.pinUntil).toBeNull();
});

test("the fifth wrong try begins to cost time, the tenth takes the journals; what is unsent arrives all the same", async () => {
	const engine = await browser.signedIn();
	const device = engine.session?.device;
	browser.radio = false;
	await engine.write([mark("p1", "5")]);
	await engine.lock();
	for (let i = 1; i <= 9; i++) {
		await expect(engine.unlock("another secret word")).rejects.toMatchObject({ code: "wrong_secret" });
		expect(engine.locked?.current?.tries).toBe(i);
		if (i < 5) continue;
		await expect(engine.unlock(WORD)).rejects.toMatchObject({ code: "too_many_tries" });
		browser.skew -= DAY; // turning it back does not help
		await expect(engine.unlock(WORD)).rejects.toMatchObject({ code: "too_many_tries" });
		browser.skew += 30_000 * 2 ** (i - 5) + 1000;
	}
	await expect(engine.unlock("another secret word")).rejects.toMatchObject({ code: "wiped" });
	expect(engine.locked).toMatchObject({ because: "wiped", current: null });
	expect((await browser.tab()).locked, "whoever takes it up later").toMatchObject({ because: "wiped", current: null });
	await expect(engine.unlock(WORD, await known(engine, "t1"))).rejects.toMatchObject({ code: "no_session" });
	browser.skew = 0;
	browser.radio = true;
	const again = await engine.signIn("t1", WORD, "32");
	expect(again.device).toBe(device);
	await until(engine, (s) => s.unsent === 0 && !s.loading);
	expect(await entered(device)).toEqual([[1, "mark", "accepted"]]);
	await engine.write([mark("p1", "4")]);
	await until(engine, (s) => s.unsent === 0);
	expect((await entered(device)).map((e) => e[0])).toEqual([1, 2]);
});

test("an entry is delivered sealed while the tablet is locked, and its verdict comes when it is opened", async () => {
	const engine = await browser.signedIn();
	const device = engine.session?.device;
	browser.radio = false;
	await engine.write([mark("p3", "4")]);
	await engine.lock();
	expect(engine.locked?.current).toMatchObject({ waiting: 1, delivered: 0 });
	browser.radio = true;
	browser.wake("online");
	await until(engine, () => engine.locked?.current?.delivered === 1);
	expect(await entered(device)).toEqual([[1, "mark", "accepted"]]);
	await engine.unlock(WORD);
	await until(engine, (s) => s.unsent === 0);
	expect(await entered(device)).toHaveLength(1);
	expect(engine.row("mark", `${LESSON}/p3/1`)?.values.value).toBe("4");
});

test("two people share a tablet: each has an own key, and the sealed work of the one leaves while the other works", async () => {
	const engine = await browser.signedIn("t1");
	const device = engine.session?.device;
	browser.radio = false;
	await engine.write([mark("p4", "3")]);
	browser.radio = true;
	await engine.signIn("deputy", "deputy-secret-word", "32");
	await until(engine, (s) => !s.loading);
	const began = Date.now();
	while ((await entered(device)).length < 1 && Date.now() - began < 10_000) browser.wake("online");
	expect(await entered(device)).toEqual([[1, "mark", "accepted"]]);
	await engine.switchTo(await known(engine, "t1"));
	isShut(engine);
	expect(engine.locked?.current?.person).toBe("t1");
	await expect(engine.unlock("deputy-secret-word")).rejects.toMatchObject({ code: "wrong_secret" });
	await engine.unlock(WORD);
	expect(engine.session?.person).toBe("t1");
});

test("who comes back to a shared tablet gets news and sends without a sign-in; who leaves for good ends only the own session", async () => {
	const engine = await browser.signedIn("t1");
	const mine = engine.credentials();
	await engine.lock();
	await engine.signIn("deputy", "deputy-secret-word", "32");
	await until(engine, (s) => !s.loading && s.live);
	const theirs = engine.credentials();
	expect(theirs).not.toEqual(mine);
	const cookies = [...browser.jar.keys()].sort();
	expect(cookies).toEqual([mine, theirs].map((one) => `zvonok-${one["zvonok-device"]}`).sort());

	await engine.switchTo(await known(engine, "t1"));
	await engine.unlock(WORD);
	expect(engine.credentials()).toEqual(mine);
	await until(engine, (s) => s.reachable === true && s.live);
	expect(engine.status().signedOut).toBe(false);
	await engine.write([mark("p4", "5")]);
	await until(engine, (s) => s.unsent === 0);

	await engine.signOut();
	expect([...browser.jar.keys()]).toEqual([`zvonok-${theirs["zvonok-device"]}`]);
	await engine.unlock("deputy-secret-word", await known(engine, "deputy"));
	await engine.syncNow();
	expect(engine.status()).toMatchObject({ signedOut: false, reachable: true });
});

test("a tablet signed in under an earlier version goes on as it is, and beside the next person", async () => {
	const engine = await browser.signedIn("t1");
	// The one cookie of before, in which the session of whoever signed in last lay.
	const [[name = "", token = ""] = []] = [...browser.jar];
	browser.jar.delete(name);
	browser.jar.set("zvonok", token);
	await engine.write([mark("p1", "4")]);
	await until(engine, (s) => s.unsent === 0 && !s.signedOut);
	await engine.signIn("deputy", "deputy-secret-word", "32");
	expect([...browser.jar.keys()]).not.toContain("zvonok");
	await engine.switchTo(await known(engine, "t1"));
	await engine.unlock(WORD);
	await engine.write([mark("p1", "5")]);
	await until(engine, (s) => s.unsent === 0);
	expect(engine.status().signedOut).toBe(false);
});

test("the lease ends after fourteen days without a contact, whatever the clock says; a contact begins it anew", async () => {
	const engine = await browser.signedIn();
	browser.radio = false;
	await engine.write([mark("p1", "3")]);
	const ends = engine.status().leaseEnds ?? 0;
	expect(Math.abs(ends - (Date.now() + server.world.offset + 14 * DAY))).toBeLessThan(60_000);
	browser.skew = -300 * DAY;
	await engine.lock();
	browser.skew += 13 * DAY;
	await engine.unlock(WORD);
	await engine.lock();
	browser.skew += 2 * DAY;
	await expect(engine.unlock(WORD)).rejects.toMatchObject({ code: "lapsed" });
	isShut(engine);
	browser.radio = true;
	await engine.unlock(WORD);
	expect(engine.session?.person).toBe("t1");
	await until(engine, (s) => s.unsent === 0);
});

test("a store from before there were locks opens, and the next sign-in locks it; nothing is lost", async () => {
	const device = (await browser.signedIn()).session?.device ?? "";
	await browser.close();
	browser.store = new IDBFactory();
	const old = await holding(browser.store);
	await old.store.write((tx) => tx.setMeta({ counter: { device, n: 0 } }));
	await old.outbox.open();
	const who = { school: "32", school_name: "Школа", person: "t1", name: "Петрова", roles: ["teacher"], pupils: [] };
	const session = { ...who, device, epoch: "", known: 0, server_time: NOW, since: NOW - DAY };
	const sealed = await old.lock.seal("meta", "session", session);
	await old.store.write((tx) => tx.setMeta({ session: sealed }));
	await write(old, ["p1", "5"]);
	expect((await old.store.op(1))?.parcel ?? null).toBeNull();
	old.store.close();
	await listed(browser.store, { school: "32", person: "t1", name: "Петрова", login: "t1", last: NOW - DAY });

	browser.radio = false;
	const engine = await browser.tab();
	expect(engine.session?.person).toBe("t1");
	expect(engine.status().unsent).toBe(1);
	browser.radio = true;
	await engine.signIn("t1", WORD, "32");
	await until(engine, (s) => s.unsent === 0);
	browser.radio = false;
	await engine.write([mark("p1", "2")]);
	await browser.close();
	const again = await browser.tab();
	isShut(again);
	await again.unlock(WORD);
	expect(again.status().unsent).toBe(1);
});

test("a file of sealed entries is brought by somebody else's tablet", async () => {
	const engine = await browser.signedIn();
	const device = engine.session?.device;
	browser.radio = false;
	await engine.write([mark("p1", "4"), mark("p3", "5")]);
	await engine.lock();
	const text = (await engine.exportParcels()) ?? "";
	expect(text).not.toContain("8b-alg");
	const other = new Browser(server.base, server.world);
	const carrier = await other.tab();
	expect(await carrier.importParcels(text)).toMatchObject({ parcels: 2, refused: [], missing: 0 });
	expect(await entered(device)).toEqual([
		[1, "mark", "accepted"],
		[2, "mark", "accepted"],
	]);
	await expect(carrier.importParcels("{}")).rejects.toMatchObject({ code: "bad_file" });
	await other.close();
});

test("a revoked tablet delivers what it holds, then gives everything up, in one contact", async () => {
	const engine = await browser.signedIn("t2");
	const device = engine.session?.device;
	browser.radio = false;
	await engine.write([mark("p1", "4")]);
	await server.revoke(device ?? "");
	browser.radio = true;
	await engine.syncNow();
	await until(engine, () => engine.locked?.because === "revoked");
	// Nothing is shown while it is delivered.
	await expect.poll(async () => (await entered(device)).map((e) => e[0]), { timeout: 20_000 }).toEqual([1]);
	const names = (await browser.store.databases()).map((db) => db.name);
	expect(names).toContain("zvonok-32-t2");
	await expect(engine.unlock("t2-secret-word", { ...(await lastOf(engine)), person: "t2" })).rejects.toThrow();
});

test("a locked tablet on which nothing waits hears that its rights have ended, and gives the journals up", async () => {
	const engine = await browser.signedIn();
	await engine.write([mark("p3", "3")]);
	await until(engine, (s) => s.unsent === 0);
	await server.revoke(engine.session?.device ?? "");
	browser.radio = false;
	await engine.lock();
	expect(engine.locked?.current?.opens.passphrase).toBe(true);
	browser.radio = true;
	browser.wake("online");
	await until(engine, () => engine.locked?.because === "revoked");
	expect(await engine.people()).toEqual([]);
});

test("a revoked tablet says so in every tab and after a restart, names nothing as lost, until the next sign-in", async () => {
	const engine = await browser.signedIn();
	const second = await browser.tab();
	browser.radio = false;
	await engine.write([mark("p3", "2")]);
	await server.revoke(engine.session?.device ?? "");
	browser.radio = true;
	await engine.syncNow();
	const told = { because: "revoked", people: [], current: null };
	for (const tab of [engine, second]) {
		await until(tab, () => tab.locked?.because === "revoked");
		await expect.poll(() => tab.locked).toEqual(told);
	}
	await browser.close();
	const later = await browser.tab();
	expect(later.locked).toEqual(told);
	expect(later.status().lost).toEqual([]);
	await later.signIn("deputy", "deputy-secret-word", "32");
	await later.signOut();
	expect(later.locked?.because).toBe("asked");
	await browser.close();
	expect((await browser.tab()).locked?.because).toBe("start");
});

async function lastOf(engine: Engine): Promise<KnownPerson> {
	return (await engine.people())[0] ?? { school: "32", person: "t2", name: "", login: "t2", last: 0 };
}

/** The plain list of people, as the code before wrote it. */
function listed(factory: IDBFactory, person: KnownPerson): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = factory.open("zvonok-people", 1);
		request.onupgradeneeded = () => {
			request.result.createObjectStore("people").put(person, `${person.school}/${person.person}`);
			request.result.createObjectStore("current").put({ school: person.school, person: person.person }, "current");
		};
		request.onsuccess = () => resolve(request.result.close());
		request.onerror = () => reject(request.error);
	});
}

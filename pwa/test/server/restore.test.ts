/** A restored server, a restored tablet, a tablet that lost entries: nothing that any tablet still holds is lost. */

import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SealedOp } from "../../src/engine/store";
import type { Engine } from "../../src/engine/types";
import { holding } from "../holding";
import { Browser, until } from "../tablet";
import { Server } from "./server";

let server: Server;
const browsers: Browser[] = [];

beforeEach(async () => {
	server = await Server.start();
});

afterEach(async () => {
	for (const browser of browsers.splice(0)) await browser.close();
	await server.end();
});

const LESSON = "8b-alg/2026-11-20/2";
const mark = (pupil: string, value: string) => ({
	kind: "mark" as const,
	key: `${LESSON}/${pupil}/1`,
	set: { value },
});

async function signedIn(person: string): Promise<[Engine, Browser]> {
	const browser = new Browser(server.base, server.world);
	browsers.push(browser);
	return [await browser.signedIn(person), browser];
}

/** The server is stopped, its data put back to what was saved, and it starts as a restored one. */
async function restored(): Promise<void> {
	await server.down();
	await server.restore();
	await server.up();
	await server.epoch();
}

async function numbers(engine: Engine): Promise<number[]> {
	const device = engine.session?.device;
	return (await server.entries()).filter((e) => e[0] === device).map((e) => e[1]);
}

test("after a restore every tablet offers again what the server lacks, acknowledged entries too, each once", async () => {
	const [teacher] = await signedIn("t1");
	const [tutor, hers] = await signedIn("tutor");
	await teacher.write([mark("p1", "5")]);
	await until(teacher, (s) => s.unsent === 0);
	await server.durable();
	await until(teacher, (s) => s.notDurable === 0);
	await server.down();
	await server.save();
	await server.up();

	await teacher.syncNow();
	await teacher.write([mark("p3", "4")]);
	await teacher.write([mark("p1", "3")]);
	await until(teacher, (s) => s.unsent === 0);
	await server.durable();
	await until(teacher, () => teacher.pending().length === 0);
	await tutor.syncNow();
	hers.radio = false;
	const excuse = { kind: "attendance" as const, key: `${LESSON}/p4`, set: { reason: "ill" } };
	await tutor.write([excuse]);

	await restored();
	expect(await server.row("mark", `${LESSON}/p3/1`)).toBeNull();
	hers.radio = true;
	await teacher.syncNow();
	await tutor.syncNow();
	await teacher.syncNow();
	await until(teacher, (s) => s.unsent === 0 && !s.loading);
	await until(tutor, (s) => s.unsent === 0 && !s.loading);
	expect(await numbers(teacher)).toEqual([1, 2, 3]);
	expect(await numbers(tutor)).toEqual([1]);
	expect((await server.row("mark", `${LESSON}/p1/1`))?.value).toBe("3");
	expect((await server.row("mark", `${LESSON}/p3/1`))?.value).toBe("4");
	for (const engine of [teacher, tutor]) {
		expect(engine.row("mark", `${LESSON}/p3/1`)?.values.value).toBe("4");
		expect(engine.row("attendance", excuse.key)?.values.reason).toBe("ill");
		expect(engine.status()).toMatchObject({ healed: 0, attention: 0, forked: false });
	}
	await server.durable();
	await until(teacher, (s) => s.notDurable === 0);
	expect(teacher.row("mark", `${LESSON}/p3/1`)?.states.value).toBe("safe");
});

test("what was only shown while the server is older stays on screen until the new rows are whole", async () => {
	const [teacher, browser] = await signedIn("t1");
	await server.down();
	await server.save();
	await server.up();
	await teacher.syncNow();
	await teacher.write([mark("p1", "2")]);
	await until(teacher, (s) => s.unsent === 0);
	const shown: unknown[] = [];
	teacher.subscribe(() => shown.push(teacher.row("mark", `${LESSON}/p1/1`)?.values.value));
	await restored();
	await teacher.syncNow();
	expect(new Set(shown)).toEqual(new Set(["2"]));
	expect((await server.row("mark", `${LESSON}/p1/1`))?.value).toBe("2");
	expect(browser.jar.size).toBe(1);
});

test("an old copy of a tablet takes a new identity, renumbers what is unsent, and drops nothing", async () => {
	const [teacher, browser] = await signedIn("t1");
	await teacher.write([mark("p1", "5")]);
	await until(teacher, (s) => s.unsent === 0);
	await browser.close();
	const old = await copyOf(browser.store);
	const first = await browser.reopened("t1-secret-word");
	await first.write([mark("p1", "4")]);
	await until(first, (s) => s.unsent === 0);
	await browser.close();

	browser.store = old; // a profile folder copied back
	browser.radio = false;
	const again = await browser.reopened("t1-secret-word");
	await again.write([mark("p3", "3")]);
	await again.write([mark("p4", "2")]);
	browser.radio = true;
	await again.syncNow();
	await until(again, (s) => s.unsent === 0);
	expect(again.status()).toMatchObject({ forked: true, attention: 0 });
	const keys = (await server.entries()).map((e) => [e[1], e[3], e[4]]);
	expect(keys).toEqual([
		[1, `${LESSON}/p1/1`, "accepted"],
		[2, `${LESSON}/p1/1`, "accepted"],
		[1, `${LESSON}/p3/1`, "accepted"], // under the new identity, like all that comes after the copy
		[2, `${LESSON}/p4/1`, "accepted"],
	]);
	expect(new Set((await server.entries()).map((e) => e[0])).size).toBe(2);
	expect(again.row("mark", `${LESSON}/p1/1`)?.values.value).toBe("4");
	await again.write([mark("p4", "5")]);
	await until(again, (s) => s.unsent === 0);
	expect((await server.row("mark", `${LESSON}/p4/1`))?.value).toBe("5");
});

test("an old copy with nothing unsent takes a new identity before it writes", async () => {
	const [teacher, browser] = await signedIn("t1");
	await browser.close();
	const old = await copyOf(browser.store);
	const first = await browser.reopened("t1-secret-word");
	await first.write([mark("p1", "4")]);
	await until(first, (s) => s.unsent === 0);
	await browser.close();
	browser.store = old;
	const again = await browser.reopened("t1-secret-word");
	await again.syncNow();
	expect(again.status().forked).toBe(true);
	await again.write([mark("p3", "3")]);
	await until(again, (s) => s.unsent === 0);
	expect((await server.row("mark", `${LESSON}/p3/1`))?.value).toBe("3");
	expect(teacher.session).toBeNull();
});

test("an entry that can't be opened any more arrives as its parcel, in its turn, and nothing stands in its place", async () => {
	const [teacher, browser] = await signedIn("t1");
	browser.radio = false;
	await teacher.write([mark("p1", "5")]);
	await teacher.write([mark("p3", "4")]);
	await teacher.write([mark("p4", "3")]);
	const device = teacher.session?.device;
	await browser.close();
	await damage(browser.store, 2, "whole");
	const again = await browser.reopened("t1-secret-word");
	expect(again.status().unsent).toBe(3);
	browser.radio = true;
	await again.syncNow();
	await until(again, (s) => s.unsent === 0);
	const mine = (await server.entries()).filter((e) => e[0] === device);
	expect(mine.map((e) => [e[1], e[2], e[4]])).toEqual([
		[1, "mark", "accepted"],
		[2, "mark", "accepted"],
		[3, "mark", "accepted"],
	]);
	expect((await server.row("mark", `${LESSON}/p3/1`))?.value).toBe("4");
	expect(again.row("mark", `${LESSON}/p3/1`)?.values.value).toBe("4");
});

test("an entry that nobody can open any more leaves a void under its number, and the ones after it arrive", async () => {
	const [teacher, browser] = await signedIn("t1");
	browser.radio = false;
	await teacher.write([mark("p1", "5")]);
	await teacher.write([mark("p3", "4")]);
	const device = teacher.session?.device;
	await browser.close();
	await damage(browser.store, 1, "gone");
	const again = await browser.reopened("t1-secret-word");
	expect(again.status()).toMatchObject({ unsent: 2, attention: 1 });
	browser.radio = true;
	await again.syncNow();
	const mine = (await server.entries()).filter((e) => e[0] === device);
	expect(mine.map((e) => [e[1], e[2], e[4]])).toEqual([
		[1, "void", "refused"],
		[2, "mark", "accepted"],
	]);
	expect(again.status()).toMatchObject({ unsent: 1, attention: 1 });
	expect(again.pending()[0]).toMatchObject({ n: 1, stuck: true });
});

test("a parcel that the server can't open either leaves a void under its number; its neighbours arrive, each once", async () => {
	const [teacher, browser] = await signedIn("t1");
	browser.radio = false;
	for (const [pupil, value] of ["p1 5", "p3 4", "p4 3", "p1 4"].map((said) => said.split(" ")))
		await teacher.write([mark(pupil ?? "", value ?? "")]);
	const device = teacher.session?.device;
	await browser.close();
	await damage(browser.store, 2, "torn");
	await damage(browser.store, 3, "whole"); // in the same batch of parcels, behind the refused one
	const again = await browser.reopened("t1-secret-word");
	browser.radio = true;
	await again.syncNow();
	await until(again, (s) => s.unsent === 1);
	const mine = (await server.entries()).filter((e) => e[0] === device);
	expect(mine.map((e) => [e[1], e[2], e[4]])).toEqual([
		[1, "mark", "accepted"],
		[2, "void", "refused"],
		[3, "mark", "accepted"],
		[4, "mark", "accepted"],
	]);
	expect((await server.row("mark", `${LESSON}/p4/1`))?.value).toBe("3");
	expect(await server.row("mark", `${LESSON}/p3/1`)).toBeNull();
	// It stays under what needs attention, and nothing that follows stumbles over it.
	expect(again.pending().map((p) => [p.n, p.stuck])).toContainEqual([2, true]);
	expect(again.status().attention).toBe(1);
	await again.write([mark("p3", "5")]);
	await until(again, (s) => s.unsent === 1);
	expect((await server.row("mark", `${LESSON}/p3/1`))?.value).toBe("5");
});

test("a scope that lost a row on this tablet notices at the next news and heals itself", async () => {
	const [teacher, browser] = await signedIn("t1");
	await teacher.write([mark("p1", "5"), mark("p3", "4")]);
	await until(teacher, (s) => s.unsent === 0);
	await browser.close();
	const held = await holding(browser.store, () => undefined, {
		around: browser.surroundings(),
		secret: "t1-secret-word",
	});
	const scope = await held.load("journal:8b-alg");
	const packed = scope?.pack();
	if (packed?.tables.mark) packed.tables.mark.rows = packed.tables.mark.rows.filter((r) => r[0] !== mark("p3", "").key);
	const sealed = await held.lock.seal("scope", "journal:8b-alg", packed);
	await held.store.write((tx) => tx.setRows("scope", "journal:8b-alg", sealed));
	held.store.close();

	const again = await browser.reopened("t1-secret-word");
	await until(again, () => again.complete("journal:8b-alg"));
	await again.write([mark("p4", "3")]);
	await until(again, (s) => s.unsent === 0 && s.healed === 1 && !s.loading);
	expect(again.row("mark", mark("p3", "").key)?.values.value).toBe("4");
	expect(again.row("mark", mark("p4", "").key)?.values.value).toBe("3");
});

const NAME = "zvonok-32-t1";

function opened(factory: IDBFactory, name: string, make?: (db: IDBDatabase) => void): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = factory.open(name, 1);
		request.onupgradeneeded = () => make?.(request.result as unknown as IDBDatabase);
		request.onsuccess = () => resolve(request.result as unknown as IDBDatabase);
		request.onerror = () => reject(request.error);
	});
}

function done(tx: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		tx.oncomplete = () => resolve();
		tx.onerror = () => reject(tx.error);
	});
}

/** Every database with every record, as a copied profile folder has them. */
async function copyOf(factory: IDBFactory): Promise<IDBFactory> {
	const copy = new IDBFactory();
	for (const { name = "" } of await factory.databases()) {
		const from = await opened(factory, name);
		const stores = [...from.objectStoreNames];
		const to = await opened(copy, name, (db) => {
			for (const store of stores) db.createObjectStore(store);
		});
		for (const store of stores) {
			const source = from.transaction(store).objectStore(store);
			const keys = source.getAllKeys();
			const values = source.getAll();
			await done(source.transaction);
			const target = to.transaction(store, "readwrite").objectStore(store);
			for (const [i, key] of keys.result.entries()) target.put(values.result[i], key);
			await done(target.transaction);
		}
		from.close();
		to.close();
	}
	return copy;
}

/** `parcel`: what becomes of the one for the server. */
async function damage(factory: IDBFactory, n: number, parcel: "whole" | "gone" | "torn"): Promise<void> {
	const db = await opened(factory, NAME);
	const outbox = db.transaction("outbox", "readwrite").objectStore("outbox");
	const stands = await new Promise<SealedOp>((resolve) => {
		const asked = outbox.get(n);
		asked.onsuccess = () => resolve(asked.result);
	});
	const torn = { iv: new Uint8Array(12), box: new ArrayBuffer(40) };
	const made = stands.parcel ?? null;
	const left = parcel === "gone" ? null : parcel === "whole" ? made : made && { ...made, ...torn };
	outbox.put({ ...stands, ...torn, done: 0, parcel: left }, n);
	await done(outbox.transaction);
	db.close();
}

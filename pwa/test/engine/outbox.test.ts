/** The outbox: numbers without gaps, on disk before anything shows, batches within the wire's limits. */

import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Holding } from "../../src/engine/holding";
import type { Item } from "../../src/engine/items";
import { MAX_BYTES, MAX_OPS } from "../../src/generated/messages";
import { holding, judged, markKey, take, write } from "../holding";

let factory: IDBFactory;
let held: Holding;

beforeEach(async () => {
	factory = new IDBFactory();
	held = await holding(factory);
});

const numbers = (of: Holding) => [...of.outbox.items.keys()];

describe("writing", () => {
	test("numbers ops from 1 without gaps, one transaction for all of a step, with strict durability", async () => {
		const asked: unknown[] = [];
		const spied = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
			this: IDBDatabase,
			...args: Parameters<IDBDatabase["transaction"]>
		) {
			if (args[1] === "readwrite") asked.push(args[2]);
			spied.mockRestore();
			return this.transaction(...args);
		} as IDBDatabase["transaction"]);
		await write(held, ["p1", "5"], ["p2", "4"]);
		expect(asked).toEqual([{ durability: "strict" }]);
		await write(held, ["p3", "3"]);
		expect(numbers(held)).toEqual([1, 2, 3]);
	});

	test("of one entry asks the disk four things: what the counter says, the op, the counter, the editor's text gone", async () => {
		await write(held, ["p1", "5"]);
		const calls = ["get", "getAll", "getAllKeys", "add", "put", "delete"] as const;
		const spies = calls.map((name) => vi.spyOn(IDBObjectStore.prototype, name));
		await write(held, ["p2", "4"]);
		const asked = Object.fromEntries(calls.map((name, i) => [name, spies[i]?.mock.calls.length]));
		for (const spy of spies) spy.mockRestore();
		expect(asked).toEqual({ get: 1, getAll: 0, getAllKeys: 0, add: 1, put: 1, delete: 1 });
	});

	test("is on disk when it resolves", async () => {
		await write(held, ["p1", "5"]);
		held.store.close();
		const again = await holding(factory);
		expect(again.outbox.items.get(1)?.op.set).toEqual({ value: "5" });
		expect(again.outbox.counter).toEqual({ device: "d1", n: 1 });
	});

	test("what a closed store is asked fails as a promise: who asks whether one is still signed in hears no", async () => {
		held.session = { since: 1 } as Holding["session"];
		held.store.close();
		expect(await held.stillSignedIn()).toBe(false);
		const asked = [held.store.meta("server"), held.store.get("scope", "x"), held.store.op(1), held.store.ops(1)];
		const told = await Promise.allSettled([...asked, held.store.all("outbox"), held.store.since(0)]);
		expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => "rejected"));
	});

	test("from two tabs never gives a number twice, and each learns of the other's", async () => {
		const other = await holding(factory);
		await Promise.all(
			Array.from({ length: 40 }, (_, i) => write(i % 2 ? held : other, [`p${i}`, "5"], [`q${i}`, "4"])),
		);
		const told = await Promise.all([held.outbox.arrivals(), other.outbox.arrivals()]);
		const whose = (items: readonly Item[] | null) => [...new Set(items?.map(({ op }) => op.key))].sort();
		const keys = (odd: number) =>
			Array.from({ length: 40 }, (_, i) => i)
				.filter((i) => i % 2 === odd)
				.flatMap((i) => [markKey(`p${i}`), markKey(`q${i}`)])
				.sort();
		expect(told.map(whose)).toEqual([keys(0), keys(1)]);
		expect(told.map((items) => items?.length)).toEqual([40, 40]);
		const all = Array.from({ length: 80 }, (_, i) => i + 1);
		expect(numbers(held).sort((a, b) => a - b)).toEqual(all);
		expect(numbers(other).sort((a, b) => a - b)).toEqual(all);
		other.store.close();
	});

	test("while everything is read anew lets no entry vanish, not even for a moment", async () => {
		await write(held, ["p1", "5"]);
		let reading = true;
		const done = held.open().then(() => {
			reading = false;
		});
		const written = write(held, ["p2", "4"]);
		while (reading) {
			expect(held.outbox.items.has(1)).toBe(true);
			await new Promise((next) => setImmediate(next));
		}
		await Promise.all([done, written]);
		expect(numbers(held)).toEqual([1, 2]);
	});

	test("that the disk refuses leaves nothing behind, and the next one gets the same number", async () => {
		const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
			throw new DOMException("full", "QuotaExceededError");
		});
		await expect(write(held, ["p1", "5"])).rejects.toMatchObject({ code: "quota" });
		put.mockRestore();
		expect(numbers(held)).toEqual([]);
		await write(held, ["p1", "4"]);
		expect(numbers(held)).toEqual([1]);
		held.store.close();
		expect((await holding(factory)).outbox.items.get(1)?.op.set).toEqual({ value: "4" });
	});

	test("after the store was taken away says so", async () => {
		held.store.close();
		await expect(write(held, ["p1", "5"])).rejects.toMatchObject({ code: "closed" });
	});

	test("nothing of an entry is readable on disk", async () => {
		await write(held, ["p1", "секрет"]);
		const sealed = await held.store.op(1);
		const bytes = Buffer.from(sealed?.box ?? new ArrayBuffer(0));
		expect(bytes.length).toBeGreaterThan(100);
		expect(bytes.includes(Buffer.from("секрет"))).toBe(false);
		expect(bytes.includes(Buffer.from("8b-alg"))).toBe(false);
		expect(Object.keys(sealed ?? {}).sort()).toEqual(["box", "done", "iv", "parcel"]);
	});
});

describe("a batch", () => {
	test("holds at most the wire's number of ops, in order", async () => {
		await write(held, ...Array.from({ length: MAX_OPS + 20 }, (_, i) => [`p${i}`, "5"] as [string, string]));
		const ops = await held.outbox.batch(0);
		expect(ops).toHaveLength(MAX_OPS);
		expect(ops[0]?.n).toBe(1);
		expect(ops.at(-1)?.n).toBe(MAX_OPS);
	});

	test("holds at most the wire's bytes, counted as they are sent", async () => {
		await write(held, ...Array.from({ length: 300 }, (_, i) => [`p${i}`, "ы".repeat(1000)] as [string, string]));
		const ops = await held.outbox.batch(0);
		const bytes = new TextEncoder().encode(JSON.stringify(ops)).length;
		expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
		expect(bytes).toBeGreaterThan(MAX_BYTES - 3000);
	});

	test("always holds one op, however large", async () => {
		await write(held, ["p1", "ы".repeat(200_000)], ["p2", "5"]);
		expect((await held.outbox.batch(0)).map((op) => op.n)).toEqual([1]);
	});

	test("begins where receipts are missing and goes on without gaps", async () => {
		await write(held, ["p1", "5"], ["p2", "4"], ["p3", "3"]);
		await take(held, { known: 1, judged: [judged(1, "accepted", 5)] });
		expect((await held.outbox.batch(1)).map((op) => op.n)).toEqual([2, 3]);
	});
});

describe("a new identity", () => {
	test("renumbers what is unsent or taken, in order, and keeps the rest under its old name", async () => {
		await write(held, ["p1", "5"], ["p2", "4"], ["p3", "3"], ["p4", "2"]);
		await take(held, { known: 2, judged: [judged(1, "accepted", 5), judged(2, "accepted", 6)] });
		await held.outbox.fork("d2", new Set([2]), null, () => undefined);
		const items = [...held.outbox.items.values()];
		expect(items.map((i) => [i.op.n, i.op.key.split("/")[3], i.verdict])).toEqual([
			[1, "p2", ""],
			[2, "p3", ""],
			[3, "p4", ""],
		]);
		expect(items.map((i) => i.op.first)).toEqual([2, 3, 4].map((n) => ["d1", n]));
		await held.outbox.fork("d3", new Set(), null, () => undefined);
		expect([...held.outbox.items.values()][0]?.op.first).toEqual(["d1", 2]);
		expect(await held.store.op("d1:1")).toBeDefined();
		held.store.close();
		const again = await holding(factory);
		expect(again.outbox.counter).toEqual({ device: "d3", n: 3 });
		expect(again.outbox.items.get(3)?.op.key).toContain("p4");
	});

	test("after a restore that forgot the old one takes everything along", async () => {
		await write(held, ["p1", "5"], ["p2", "4"]);
		await take(held, { known: 1, judged: [judged(1, "accepted", 5)] });
		await held.outbox.fork("d2", "all", null, () => undefined);
		expect((await held.outbox.batch(0)).map((op) => [op.n, op.key.split("/")[3]])).toEqual([
			[1, "p1"],
			[2, "p2"],
		]);
	});
});

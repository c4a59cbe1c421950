/** What an answer changes: receipts, snapshots that are staged and swapped, digests, lost scopes, restores. */

import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Holding } from "../../src/engine/holding";
import { KEPT } from "../../src/engine/outbox";
import { Scope } from "../../src/engine/scopes";
import { EPOCH, holding, judged, markKey, news, row, SCOPE, take, write } from "../holding";

let factory: IDBFactory;
let held: Holding;

beforeEach(async () => {
	factory = new IDBFactory();
	held = await holding(factory);
});

const value = (pupil: string) => held.scope(SCOPE)?.get("mark", markKey(pupil))?.value("value");
const verdicts = () => [...held.outbox.items.values()].map((item) => item.verdict);

/** As after a restart of the browser. */
async function reopened(): Promise<Holding> {
	held.store.close();
	held = await holding(factory);
	await held.load(SCOPE);
	return held;
}

test("a scope that is asked for while a plan is carried out is not forgotten, whichever comes to the disk first", async () => {
	for (let turns = 0; turns < 40; turns += 1) {
		const scope = `journal:${turns}`;
		const taken = take(held, {});
		for (let n = 0; n < turns; n += 1) await null;
		await Promise.all([held.follow([scope], true), taken]);
		expect(held.followed, `after ${turns} turns`).toContain(scope);
		expect(held.asking(), `after ${turns} turns`).toHaveProperty(scope);
	}
	const before = held.followed;
	await reopened();
	expect(held.followed).toEqual(before);
});

describe("receipts", () => {
	test("only a verdict is one: known alone proves nothing about an op of ours", async () => {
		await write(held, ["p1", "5"], ["p2", "4"]);
		const plan = await take(held, { known: 2, judged: [judged(1, "accepted", 10)] });
		expect(verdicts()).toEqual(["accepted", ""]);
		expect(plan).toMatchObject({ progress: true, again: true, fork: null });
	});

	test("survive a restart", async () => {
		await write(held, ["p1", "5"], ["p2", "4"]);
		await take(held, { known: 2, judged: [judged(1, "accepted", 10), judged(2, "held", 11, "window_closed")] });
		await reopened();
		expect(verdicts()).toEqual(["accepted", "held"]);
		expect(held.outbox.items.get(2)).toMatchObject({ reason: "window_closed", seq: 11, epoch: EPOCH });
	});

	test("of hundreds of entries ask the store a handful of times, beside one write for each", async () => {
		await write(held, ...Array.from({ length: 300 }, (_, i): [string, string] => [`p${i}`, "5"]));
		const asked = { get: 0, getAll: 0, getAllKeys: 0, put: 0 };
		const calls = Object.keys(asked) as (keyof typeof asked)[];
		const spies = calls.map((name) => vi.spyOn(IDBObjectStore.prototype, name));
		await take(held, { known: 300, judged: Array.from({ length: 300 }, (_, i) => judged(i + 1, "accepted", i + 1)) });
		for (const [i, name] of calls.entries()) asked[name] = spies[i]?.mock.calls.length ?? 0;
		for (const spy of spies) spy.mockRestore();
		expect(asked.get + asked.getAll + asked.getAllKeys).toBeLessThan(12);
		expect(asked.put).toBeGreaterThanOrEqual(300);
		expect(asked.put).toBeLessThan(312);
	});

	test("a server that knows less has been restored: everything above goes again, done or not", async () => {
		await write(held, ["p1", "5"], ["p2", "4"], ["p3", "3"]);
		const rows = [row("p1", 10, "5"), row("p2", 11, "4"), row("p3", 12, "3")];
		const all = [judged(1, "accepted", 10), judged(2, "accepted", 11), judged(3, "accepted", 12)];
		await take(held, { known: 3, judged: all, news: [news(rows)], durable_seq: 12 });
		expect(held.outbox.items.size).toBe(0);
		expect(held.outbox.done.size).toBe(3);
		await reopened();
		const plan = await take(held, { epoch: "e2", known: 1, durable_seq: 10 });
		expect([...held.outbox.items.keys()]).toEqual([2, 3]);
		expect((await held.outbox.batch(1)).map((op) => op.n)).toEqual([2, 3]);
		expect(plan.again).toBe(true);
		expect(held.asking()).toEqual({ [SCOPE]: 0 });
		expect(value("p2")).toBe("4");
	});

	test("an op is done when it is accepted, contained in the rows, and in the backup, and kept thirty days more", async () => {
		await write(held, ["p1", "5"]);
		await take(held, { known: 1, judged: [judged(1, "accepted", 10)], news: [news([row("p1", 10, "5")])] });
		expect(held.outbox.done.size).toBe(0);
		await take(held, { known: 1, durable_seq: 10 });
		expect([...held.outbox.done.keys()]).toEqual([1]);
		await take(held, { known: 1, durable_seq: 10, server_time: 1_000_000 + KEPT });
		expect(held.outbox.done.size).toBe(1);
		await take(held, { known: 1, durable_seq: 10, server_time: 1_000_001 + KEPT });
		expect(held.outbox.done.size).toBe(0);
		expect(await held.store.op(1)).toBeUndefined();
	});

	test("a restored server that wants a number no longer kept gets a void under it", async () => {
		await write(held, ["p1", "5"]);
		await take(held, {
			known: 1,
			judged: [judged(1, "accepted", 10)],
			news: [news([row("p1", 10, "5")])],
			durable_seq: 10,
		});
		await take(held, { known: 1, server_time: 1_000_001 + KEPT });
		await write(held, ["p2", "4"]);
		await take(held, { epoch: "e2", known: 0 });
		expect((await held.outbox.batch(0)).map((op) => [op.n, op.kind])).toEqual([
			[1, "void"],
			[2, "mark"],
		]);
	});

	test("a server that knows more than we hold, or other contents, makes us an old copy", async () => {
		await write(held, ["p1", "5"]);
		expect((await take(held, { known: 4 })).fork).toEqual(new Set());
		const plan = await take(held, { known: 4, taken: [1] });
		expect(plan.fork).toEqual(new Set([1]));
		expect(plan.server.known, "not arrived: should there be no new identity, it is still to be delivered").toBe(0);
	});
});

describe("news", () => {
	test("a scope that is gained is shown when it is whole, page by page, and survives a restart in between", async () => {
		const first = await take(held, { news: [news([row("p1", 3, "5")], { more: true })] });
		expect(first).toMatchObject({ again: true, progress: true });
		expect(held.scope(SCOPE)).toBeNull();
		expect(held.asking()).toEqual({ [SCOPE]: 3 });
		expect(held.server.whole).toBe(false);
		await reopened();
		expect(held.asking()).toEqual({ [SCOPE]: 3 });
		await take(held, { news: [news([row("p2", 4, "4")], { after: 3 })] });
		expect([value("p1"), value("p2")]).toEqual(["5", "4"]);
		expect(held.staged.size).toBe(0);
		await reopened();
		expect([value("p1"), value("p2")]).toEqual(["5", "4"]);
	});

	test("pages that do not join what is held are let fall", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		const plan = await take(held, { news: [news([row("p1", 9, "2")], { after: 7 })] });
		expect(value("p1")).toBe("5");
		expect(plan.progress).toBe(false);
	});

	test("rows of the same answer and their cursor are written together or not at all", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		const other = await holding(factory); // a second tab
		await take(held, { news: [news([row("p1", 5, "4")], { after: 3 })] });
		await expect(take(other, { news: [news([row("p1", 6, "3")], { after: 3 })] })).rejects.toThrow("quicker");
		expect(await other.catchUp()).toBe(true);
		expect(other.cursors[SCOPE]?.seq).toBe(5);
		other.store.close();
	});

	test("a digest that does not match fetches the scope anew beside what is shown, and counts", async () => {
		await take(held, { news: [news([row("p1", 3, "5"), row("p2", 4, "4")])] });
		const plan = await take(held, { news: [news([row("p1", 6, "3")], { after: 4, total: [3, 12345] })] });
		expect(plan).toMatchObject({ healed: 1, again: true });
		expect(value("p1")).toBe("3");
		expect(held.asking()).toEqual({ [SCOPE]: 0 });
		const rows = [row("p1", 6, "3"), row("p2", 4, "4"), row("p3", 5, "5")];
		const whole = new Scope(SCOPE, EPOCH);
		whole.take(news(rows));
		const [count, sum] = whole.digest();
		const healed = await take(held, { news: [news(rows, { total: [count, sum] })] });
		expect(healed.healed).toBe(0);
		expect(value("p3")).toBe("5");
		expect(held.asking()).toEqual({ [SCOPE]: 6 });
	});

	test("a fresh snapshot that does not match its digest is taken, counted, and not asked for without end", async () => {
		const plan = await take(held, { news: [news([row("p1", 3, "5")], { total: [1, 1] })] });
		expect(plan.healed).toBe(1);
		expect(held.asking()).toEqual({ [SCOPE]: 3 });
	});

	test("a digest is taken once for a scope, of what is whole: not of each page on the way there", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		const digests = vi.spyOn(Scope.prototype, "digest");
		await take(held, { news: [news([row("p2", 4, "4")], { after: 3, more: true })] });
		await take(held, { news: [news([row("p3", 5, "4")], { after: 4, more: true })] });
		await take(held, { news: [news([row("p4", 6, "4")], { after: 5, total: [4, 1] })] });
		const times = digests.mock.calls.length;
		digests.mockRestore();
		expect(times).toBe(1);
	});

	test("in a new epoch the old rows show until the new ones are whole", async () => {
		await take(held, { news: [news([row("p1", 30, "5")])] });
		await take(held, { epoch: "e2" });
		expect(value("p1")).toBe("5");
		await take(held, { epoch: "e2", news: [news([row("p2", 8, "4")], { more: true })] });
		expect(value("p1")).toBe("5");
		await take(held, { epoch: "e2", news: [news([row("p1", 9, "2")], { after: 8 })] });
		expect([value("p1"), value("p2")]).toEqual(["2", "4"]);
		expect(held.cursors[SCOPE]).toMatchObject({ epoch: "e2", seq: 9 });
	});

	test("a damaged record counts as none and is fetched anew", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		await held.store.write((tx) => {
			tx.setRows("scope", SCOPE, { iv: new Uint8Array(12), box: new ArrayBuffer(32) });
		});
		await reopened();
		expect(held.scope(SCOPE)).toBeNull();
		expect(held.asking()).toEqual({});
	});
});

describe("a lost scope", () => {
	test("goes with its rows", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		await take(held, { lost: [SCOPE] });
		expect(held.scope(SCOPE)).toBeNull();
		await reopened();
		expect(held.asking()).toEqual({});
		expect(await held.store.get("scope", SCOPE)).toBeUndefined();
	});

	test("stays until its unsent entries are delivered", async () => {
		await take(held, { news: [news([row("p1", 3, "5")])] });
		await write(held, ["p1", "4"], ["p2", "3"]);
		await take(held, { known: 1, judged: [judged(1, "accepted", 5)], lost: [SCOPE] });
		expect(value("p1")).toBe("5");
		await take(held, { known: 2, judged: [judged(2, "refused", 6, "not_yours")], lost: [SCOPE] });
		expect(held.scope(SCOPE)).toBeNull();
	});
});

test("after a sign-out no answer on its way brings a row back", async () => {
	await held.dropRows();
	await expect(take(held, { news: [news([row("p1", 3, "5")])] })).rejects.toThrow();
	expect(await held.store.get("scope", SCOPE)).toBeUndefined();
});

/** What the screen shows: confirmed rows overlaid with own entries, and the state of each cell. */

import { beforeEach, describe, expect, test } from "vitest";
import type { Holding } from "../../src/engine/holding";
import type { Item } from "../../src/engine/items";
import { Projection } from "../../src/engine/project";
import { attentionOf, countsOf, pendingOf } from "../../src/engine/status";
import type { SyncResponse } from "../../src/generated/messages";
import { EPOCH, holding, judged, markKey, news, row, SCOPE, take, write } from "../holding";

let held: Holding;
let shown: Projection;

beforeEach(async () => {
	held = await holding();
	await take(held, { news: [news([row("p1", 3, "5"), row("p2", 4, "4")])], durable_seq: 3 });
	shown = new Projection(held);
	shown.index();
});

const cell = (pupil: string) => {
	const view = shown.row("mark", markKey(pupil));
	return view && [(view.values as { value: unknown }).value, (view.states as { value?: string }).value];
};

async function wrote(...marks: [string, string | null][]): Promise<Item[]> {
	const items = await write(held, ...marks);
	for (const item of items) shown.lay(item);
	shown.touch(items.map((item) => [item.op.kind, item.op.key]));
	return items;
}

async function took(part: Partial<SyncResponse>): Promise<void> {
	const plan = await take(held, part);
	shown.index();
	shown.touch(plan.touched);
	for (const name of plan.swapped) shown.reset(name);
	shown.secured();
}

const HEADS = {
	value: [
		["2", "deputy", 50, "d9:1", 3],
		["3", "t1", 40, "d1:1", 2],
	] as [unknown, string, number, string, number][],
};

describe("a cell", () => {
	test("is safe when the backup has it, applied when only the server does", () => {
		expect([cell("p1"), cell("p2"), cell("p3")]).toEqual([["5", "safe"], ["4", "applied"], null]);
	});

	test("shows the entry with the highest number, whichever tab's was heard of last", async () => {
		const [first, second] = await write(held, ["p1", "3"], ["p1", "2"]);
		for (const item of [second, first, first]) shown.lay(item as Item);
		shown.touch([["mark", markKey("p1")]]);
		expect(cell("p1")).toEqual(["2", "local"]);
	});

	test("shows the own entry at once and through every stage", async () => {
		await wrote(["p1", "3"], ["p3", "2"]);
		expect([cell("p1"), cell("p3")]).toEqual([
			["3", "local"],
			["2", "local"],
		]);
		await took({ known: 1, judged: [judged(1, "accepted", 10)], durable_seq: 4 });
		expect(cell("p1")).toEqual(["3", "applied"]);
		await took({ known: 2, judged: [judged(2, "accepted", 11)], durable_seq: 10 });
		expect([cell("p1"), cell("p3")]).toEqual([
			["3", "safe"],
			["2", "applied"],
		]);
		await took({ known: 2, news: [news([row("p1", 10, "3"), row("p3", 11, "2")], { after: 4 })], durable_seq: 11 });
		expect([cell("p1"), cell("p3")]).toEqual([
			["3", "safe"],
			["2", "safe"],
		]);
	});

	test("with an unsent entry is never overwritten by a download", async () => {
		await wrote(["p1", "3"]);
		await took({ news: [news([row("p1", 9, "2")], { after: 4 })] });
		expect(cell("p1")).toEqual(["3", "local"]);
	});

	test("shows a later entry of another once ours is contained", async () => {
		await wrote(["p1", "3"]);
		const rows = [row("p1", 12, "2")];
		await took({ known: 1, judged: [judged(1, "accepted", 10)], news: [news(rows, { after: 4 })] });
		expect(cell("p1")).toEqual(["2", "applied"]);
	});

	test("goes back to the confirmed value when the entry is refused", async () => {
		await wrote(["p1", "3"], ["p3", "2"]);
		await took({ known: 2, judged: [judged(1, "refused", 10, "not_yours"), judged(2, "refused", 11, "not_yours")] });
		expect([cell("p1"), cell("p3")]).toEqual([["5", "safe"], null]);
	});

	test("keeps the confirmed value when the entry is held, and says so until the matter is settled", async () => {
		await wrote(["p1", "3"]);
		await took({ known: 1, judged: [judged(1, "held", 10, "window_closed")] });
		expect(cell("p1")).toEqual(["5", "held"]);
		expect(attentionOf(held, shown, pendingOf(held)), "before its matter has come").toEqual({ attention: 1, held: 1 });
		await took({ known: 1, news: [matter(10, null)] });
		shown.reset(held.inbox);
		expect(cell("p1")).toEqual(["5", "held"]);
		expect(pendingOf(held)).toMatchObject([{ state: "held", settled: false }]);
		expect(attentionOf(held, shown, pendingOf(held)), "counted once").toEqual({ attention: 1, held: 1 });
		await took({ known: 1, news: [matter(14, "approved", 10), news([row("p1", 14, "3")], { after: 4 })] });
		expect(cell("p1")).toEqual(["3", "applied"]);
		expect(attentionOf(held, shown, pendingOf(held))).toEqual({ attention: 0, held: 0 });
	});

	test("tells that an own entry waits even on a tablet that did not write it", async () => {
		await took({ news: [matter(10, null)] });
		shown.reset(held.inbox);
		expect(cell("p1")).toEqual(["5", "held"]);
	});

	test("shows the better of two heads and both of them, until somebody who saw both has settled it", async () => {
		await wrote(["p1", "3"]);
		const torn = [row("p1", 10, "2", HEADS)];
		await took({ known: 1, judged: [judged(1, "superseded", 10, "lost")], news: [news(torn, { after: 4 })] });
		expect(cell("p1")).toEqual(["2", "conflict"]);
		expect(shown.row("mark", markKey("p1"))?.heads).toEqual(HEADS);
		expect(shown.conflicts()).toEqual([{ kind: "mark", key: markKey("p1"), cell: "value" }]);
		expect(pendingOf(held)).toMatchObject([{ state: "superseded", settled: false }]);
		await wrote(["p1", "3"]);
		expect(cell("p1")).toEqual(["3", "local"]);
		expect(shown.conflicts()).toEqual([]);
		const settled = [row("p1", 12, "3")];
		await took({
			known: 2,
			judged: [judged(2, "accepted", 12)],
			news: [news(settled, { after: 10 })],
			durable_seq: 12,
		});
		expect(cell("p1")).toEqual(["3", "safe"]);
		expect(pendingOf(held)).toEqual([]);
	});

	test("is lost as long as the better entry has not arrived", async () => {
		await wrote(["p1", "3"]);
		await took({ known: 1, judged: [judged(1, "superseded", 10, "lost")] });
		expect(cell("p1")).toEqual(["5", "lost"]);
	});

	test("a conflict of two others needs nobody's attention here", async () => {
		const others = { value: HEADS.value.map((h) => [h[0], "t2", h[2], h[3], h[4]] as (typeof HEADS.value)[0]) };
		await took({ news: [news([row("p1", 10, "2", others)], { after: 4 })] });
		expect(cell("p1")).toEqual(["2", "conflict"]);
		expect(shown.conflicts()).toEqual([]);
	});
});

function matter(seq: number, outcome: string | null, after = 0) {
	const cells = ["outcome", "kind", "target", "set", "verdict"];
	const key = `${held.inbox}/d1:1`;
	const rows = [[key, seq, outcome, "mark", markKey("p1"), { value: "3" }, "held", null]];
	return news([], { scope: held.inbox, after, upto: seq, tables: { matter: { cells, rows } } });
}

describe("rows", () => {
	test("stay the same map until something of that kind in that scope changes, and an entry costs one view", async () => {
		const before = shown.rows("mark", SCOPE);
		expect(shown.rows("mark", SCOPE)).toBe(before);
		const other = before.get(markKey("p2"));
		await wrote(["p1", "2"]);
		const after = shown.rows("mark", SCOPE);
		expect(after).not.toBe(before);
		expect(after.get(markKey("p2"))).toBe(other);
		expect([...after.keys()].sort()).toEqual([markKey("p1"), markKey("p2")]);
		expect(after.size).toBe(2);
	});

	test("of a scope that is not held show the own entries", async () => {
		const item = { op: { kind: "lesson", key: "9a-geo/2026-11-20/1", set: { topic: "Углы" }, at: 1 }, before: {} };
		const items = await held.outbox.add([item]);
		for (const each of items) shown.lay(each);
		expect(shown.row("lesson", "9a-geo/2026-11-20/1")?.values).toMatchObject({ topic: "Углы" });
	});
});

describe("the status", () => {
	test("counts what has no receipt, what the backup lacks, and what needs a person", async () => {
		await wrote(["p1", "3"], ["p2", "3"], ["p3", "3"]);
		expect(countsOf(held, pendingOf(held))).toMatchObject({ unsent: 3, oldestUnsent: 1000, notDurable: 0 });
		const some = [judged(1, "accepted", 10), judged(2, "refused", 11, "off_scale")];
		await took({ known: 2, judged: some, durable_seq: 10 });
		const pending = pendingOf(held);
		expect(countsOf(held, pending)).toMatchObject({ unsent: 1, notDurable: 1, rulesBehind: false });
		expect(attentionOf(held, shown, pending)).toEqual({ attention: 1, held: 0 });
	});

	test("an entry that no server takes is never green", async () => {
		const [item] = await wrote(["p1", "3"]);
		if (item) await held.outbox.markStuck(item);
		await took({ known: 1, judged: [judged(1, "refused", 10, "malformed")], durable_seq: 10 });
		const pending = pendingOf(held);
		expect(countsOf(held, pending).unsent).toBe(1);
		expect(attentionOf(held, shown, pending)).toEqual({ attention: 1, held: 0 });
		expect(cell("p1")).toEqual(["3", "local"]);
	});

	test("after a restore an own entry shows over old rows whatever number it got in the new epoch", async () => {
		await took({ news: [news([row("p1", 90, "5")], { after: 4 })] });
		await wrote(["p1", "2"]);
		await took({ epoch: "e2", known: 0 });
		await took({ epoch: "e2", known: 1, judged: [judged(1, "accepted", 20)] });
		expect(cell("p1")).toEqual(["2", "applied"]);
		await took({ epoch: "e2", known: 1, news: [news([row("p1", 20, "2")])] });
		expect(cell("p1")).toEqual(["2", "applied"]);
		expect(held.cursors[SCOPE]?.epoch).toBe("e2");
	});

	test("after a restore nothing is safe until the new rows are there", async () => {
		await took({ epoch: "e2", known: 0, durable_seq: 100 });
		shown.reset(SCOPE);
		expect(cell("p1")).toEqual(["5", "applied"]);
		await took({ epoch: "e2", news: [news([row("p1", 3, "5")])], durable_seq: 100 });
		expect(cell("p1")).toEqual(["5", "safe"]);
		expect(EPOCH).not.toBe("e2");
	});
});

/** The tally beside the store: what a wiped tablet can still say. */

import { beforeEach, expect, test } from "vitest";
import { type Keepsakes, Tally } from "../../src/engine/tally";

let kept: string[];
let around: Keepsakes;

beforeEach(() => {
	kept = ["", ""];
	around = {
		read: () => kept,
		write: (text) => {
			kept = [text, text];
		},
	};
});

test("a tablet whose store is gone says which numbers went with it", () => {
	new Tally(around).note("d1", 57, 40);
	const next = new Tally(around);
	expect(next.gaps()).toEqual([]);
	next.wiped();
	expect(next.gaps()).toEqual([{ device: "d1", from: 41, to: 57 }]);
});

test("what the server had received is not called lost", () => {
	const tally = new Tally(around);
	tally.note("d1", 57, 57);
	tally.wiped();
	expect(tally.gaps()).toEqual([]);
});

test("the server may have received more than the tablet heard of", () => {
	const tally = new Tally(around);
	tally.note("d1", 57, 40);
	tally.wiped();
	tally.settle("d1", 50);
	expect(tally.gaps()).toEqual([{ device: "d1", from: 51, to: 57 }]);
	tally.settle("d1", 57);
	expect(tally.gaps()).toEqual([]);
});

test("either copy is enough, and the higher numbers count", () => {
	new Tally(around).note("d1", 57, 40);
	kept[0] = "";
	let tally = new Tally(around);
	tally.wiped();
	expect(tally.gaps()).toHaveLength(1);
	kept = ["d1.60.40.lost", "d1.57.41.lost"];
	tally = new Tally(around);
	expect(tally.gaps()).toEqual([{ device: "d1", from: 42, to: 60 }]);
});

test("two tabs never take a number back", () => {
	const [one, other] = [new Tally(around), new Tally(around)];
	one.note("d1", 5, 0);
	other.note("d1", 7, 3);
	one.note("d1", 6, 2);
	const next = new Tally(around);
	next.wiped();
	expect(next.gaps()).toEqual([{ device: "d1", from: 4, to: 7 }]);
});

test("a new identity takes the place of the old one, but what is lost stays until somebody has read it", () => {
	const tally = new Tally(around);
	tally.note("d1", 5, 2);
	tally.drop("d1");
	tally.wiped();
	expect(tally.gaps()).toEqual([]);
	tally.note("d2", 5, 2);
	tally.wiped();
	tally.drop("d2");
	expect(tally.gaps()).toHaveLength(1);
	tally.acknowledge();
	expect(tally.gaps()).toEqual([]);
	expect(kept[0]).not.toContain("d2");
});

test("nonsense in a keepsake is no tally, and it stays small enough for a cookie", () => {
	kept = ["<script>!d1.x.y!d2.3", "%00"];
	const tally = new Tally(around);
	tally.wiped();
	expect(tally.gaps()).toEqual([]);
	for (let i = 0; i < 40; i++) tally.note(`d${"a".repeat(10)}${i}`, 99_999, 1);
	expect(kept[0]?.length).toBeLessThan(400);
});

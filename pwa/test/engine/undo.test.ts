/** Undo: what is written back, what stays, and what a session's outbox tells of it after a reload. */

import { describe, expect, test } from "vitest";
import type { Item } from "../../src/engine/items";
import { stepsOf } from "../../src/engine/turning";
import type { Entry } from "../../src/engine/types";
import { type Step, type Turn, Undo } from "../../src/engine/undo";

const mark = (pupil: string, value: string | null): Entry => ({ kind: "mark", key: pupil, set: { value } });

/** A paper journal: what each pupil's mark is; undo writes into it. */
function paper(marks: Record<string, string | null>) {
	const undo = new Undo();
	const stands = (_: string, key: string) => ({ value: marks[key] ?? null });
	const apply = async ({ entries }: Turn): Promise<boolean> => {
		for (const { key, set } of entries) marks[key] = set["value"] as string | null;
		return entries.length > 0;
	};
	const give = (...entries: Entry[]): void => {
		const before = entries.map(({ key }) => ({ value: marks[key] ?? null }));
		for (const { key, set } of entries) marks[key] = set["value"] as string | null;
		undo.remember(entries, before);
	};
	return { marks, undo, give, back: () => undo.back(stands, apply), again: () => undo.again(stands, apply), stands };
}

describe("a step", () => {
	test("is turned back as a whole, and on again", async () => {
		const { marks, give, back, again } = paper({ p1: "3" });
		give(mark("p1", "5"), mark("p2", "4"));
		expect(await back()).toBe(true);
		expect(marks).toEqual({ p1: "3", p2: null });
		expect(await again()).toBe(true);
		expect(marks).toEqual({ p1: "5", p2: "4" });
	});

	test("leaves alone what somebody else has written since, and turns back the rest", async () => {
		const { marks, undo, give, stands } = paper({});
		give(mark("p1", "5"), mark("p2", "4"));
		marks["p1"] = "2";
		const turns: Turn[] = [];
		await undo.back(stands, async (turn) => {
			turns.push(turn);
			return true;
		});
		expect(turns).toEqual([{ entries: [mark("p2", null)], moved: 1 }]);
	});

	test("that the server refused is passed over: it stands nowhere", async () => {
		const { marks, give, back } = paper({});
		give(mark("p1", "5"));
		give(mark("p2", "4"));
		marks["p2"] = null;
		expect(await back()).toBe(true);
		expect(marks["p1"]).toBeNull();
		expect(await back()).toBe(false);
	});

	test("stays to be undone when the disk refused", async () => {
		const { marks, undo, give, back, stands } = paper({});
		give(mark("p1", "5"));
		const full = undo.back(stands, () => Promise.reject(new Error("quota")));
		await expect(full).rejects.toThrow("quota");
		expect(await back()).toBe(true);
		expect(marks["p1"]).toBeNull();
	});

	test("pressed twice quickly turns back two steps, the second from what the first has left", async () => {
		const { marks, give, back } = paper({});
		give(mark("p1", "3"));
		give(mark("p1", "5"));
		await Promise.all([back(), back()]);
		expect(marks["p1"]).toBeNull();
	});

	test("is turned back though another was written while the code for it came; that one is the next", async () => {
		const { marks, undo, give, back } = paper({});
		give(mark("p1", "3"));
		const first = back();
		give(mark("p2", "4"));
		await first;
		await new Promise((next) => setTimeout(next, 0));
		expect(marks).toEqual({ p1: null, p2: "4" });
		expect(undo.canRedo, "what was written since can't be undone by a redo").toBe(false);
		await back();
		expect(marks).toEqual({ p1: null, p2: null });
	});
});

describe("after a reload", () => {
	test("an undo waits for the steps from before it, unless there is one of its own", async () => {
		const { marks, undo, give, back } = paper({ p1: "5", p2: "4" });
		let found: (steps: Step[]) => void = () => undefined;
		const read = new Promise<Step[]>((resolve) => {
			found = resolve;
		});
		void undo.recall(read);
		give(mark("p2", "3"));
		expect(await back(), "its own is there").toBe(true);
		expect(marks["p2"]).toBe("4");
		const asked = back();
		found([{ done: [mark("p1", "5")], before: [{ value: null }] }]);
		expect(await asked).toBe(true);
		expect(marks["p1"]).toBeNull();
	});

	test("steps that can't be read leave nothing to undo, and no undo that hangs or fails", async () => {
		const { undo, back } = paper({});
		await expect(undo.recall(Promise.reject(new Error("closed")))).rejects.toThrow("closed");
		expect(await back()).toBe(false);
	});

	const item = (n: number, at: number, entry: Entry, was: string | null, back?: true): Item =>
		({ op: { n, at, ...entry }, before: { value: was }, back }) as unknown as Item;

	test("entries of one moment are one step", () => {
		const steps = stepsOf([item(1, 10, mark("p1", "5"), null), item(2, 10, mark("p2", "5"), null)]);
		expect(steps).toEqual([{ done: [mark("p1", "5"), mark("p2", "5")], before: [{ value: null }, { value: null }] }]);
	});

	test("a step that was undone is gone with its undo", () => {
		const items = [
			item(1, 10, mark("p1", "3"), null),
			item(2, 20, mark("p1", "5"), "3"),
			item(3, 30, mark("p1", "3"), "5", true),
		];
		expect(stepsOf(items)).toEqual([{ done: [mark("p1", "3")], before: [{ value: null }] }]);
	});

	test("what was erased and typed again by hand was not undone", () => {
		const items = [
			item(1, 10, mark("p1", "5"), null),
			item(2, 10, mark("p2", "4"), null),
			item(3, 20, mark("p1", null), "5"),
			item(4, 20, mark("p2", null), "4"),
			item(5, 30, mark("p1", "5"), null),
		];
		expect(stepsOf(items).map(({ done }) => done.length)).toEqual([2, 2, 1]);
	});

	test("an undo that turned back no step of these takes none away", () => {
		const items = [item(1, 10, mark("p1", "5"), null), item(2, 30, mark("p2", null), "4", true)];
		expect(stepsOf(items)).toEqual([{ done: [mark("p1", "5")], before: [{ value: null }] }]);
	});

	test("an undo takes away the step that it turned back, also when another tab has written since", () => {
		const items = [
			item(1, 10, mark("p1", "5"), null),
			item(2, 20, mark("p2", "4"), null),
			item(3, 30, mark("p1", null), "5", true),
		];
		expect(stepsOf(items)).toEqual([{ done: [mark("p2", "4")], before: [{ value: null }] }]);
	});
});

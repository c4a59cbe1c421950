/** What a mean contains: marks at the server, marks only this tablet has; what waits for the deputy head is left out. */

import { expect, it } from "vitest";
import type { CellState, View } from "../../src/engine/types";
import { talliesOf } from "../../src/ui/reading/tallies";

const TERM = { starts: "2026-11-02", ends: "2026-12-29" };

function mark(date: string, value: string | null, state: CellState = "safe", number = 3): View<"mark"> {
	const parts = { journal: "8b-alg", date, number: String(number), pupil: "p1", place: "1" };
	const values = { value, comment: null, given: null };
	return { key: Object.values(parts).join("/"), parts, seq: 1, values, states: { value: state }, heads: null };
}
const tally = (...marks: View<"mark">[]) => talliesOf(marks, new Map(), TERM, null).get("p1");

it("tells apart what is confirmed, what only this tablet has, and what is held", () => {
	const found = tally(
		mark("2026-11-04", "5"),
		mark("2026-11-06", "4", "local"),
		mark("2026-11-09", "3", "held"),
		mark("2026-11-11", null, "held"),
	);
	expect(found).toMatchObject({ mean: { over: 4, under: 1 }, count: 3, local: 1, held: 2 });
	expect(found?.marks.map((m) => m.value)).toEqual(["5", "4", "3"]);
});

it("takes the days half-open: the first is inside, the end is not", () => {
	expect(tally(mark("2026-11-01", "2"), mark("2026-11-02", "5"), mark("2026-12-29", "2"))?.count).toBe(1);
});

it("lists signs that do not count, in order of lessons, and does not count them", () => {
	const found = tally(
		mark("2026-11-06", "н/а"),
		mark("2026-11-04", "5", "safe", 5),
		mark("2026-11-04", "4", "safe", 1),
	);
	expect(found?.marks.map((m) => m.value)).toEqual(["4", "5", "н/а"]);
	expect(found).toMatchObject({ count: 2, mean: { over: 9, under: 2 } });
});

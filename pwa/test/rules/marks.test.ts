/** Means as they are shown, and weights by the school's settings. */

import { expect, test } from "vitest";
import { proposal, shown, weightedMean, weightOf } from "../../src/rules/marks";

const mean = (...marks: [string | null, number][]) => weightedMean(marks.map(([value, weight]) => ({ value, weight })));

test("a mean is exact and shown with two decimals, half up", () => {
	expect(mean(["5", 3], ["5", 1], ["4", 5])).toEqual({ over: 40, under: 9 });
	expect(shown({ over: 40, under: 9 })).toBe("4.44");
	expect(shown({ over: 14, under: 3 })).toBe("4.67");
	expect(shown({ over: 3649, under: 1000 })).toBe("3.65");
	expect(shown({ over: 729, under: 200 })).toBe("3.65");
	expect(shown({ over: 5, under: 1 })).toBe("5.00");
});

test("the proposal looks at the exact mean, not at the shown one", () => {
	expect(proposal({ over: 4499, under: 1000 })).toBe(4);
	expect(shown({ over: 4499, under: 1000 })).toBe("4.50");
	expect(proposal({ over: 9, under: 2 })).toBe(5);
});

test("what is no mark from 1 to 5 does not count, cleared cells neither", () => {
	expect(mean([null, 1], ["н/а", 1], ["зач", 1], ["10", 1], ["", 1])).toBeNull();
	expect(mean(["4", 1], [null, 9])).toEqual({ over: 4, under: 1 });
});

test("the weight is the school's, else the custom, else 1", () => {
	expect(weightOf("control", { control: 5 })).toBe(5);
	expect(weightOf("control", { dictation: 5 })).toBe(3);
	expect(weightOf("answer", null)).toBe(1);
	expect(weightOf(null, null)).toBe(1);
	expect(weightOf("homework", { homework: 0 })).toBe(0);
});

/** The list of a journal's pupils: who is of the class and of the subgroup on which days. */

import { expect, test } from "vitest";
import type { View } from "../../src/engine/types";
import { enrolledOn, rosterOf } from "../../src/ui/reading/roster";

const view = { seq: 1, states: {}, heads: null };
const parts = { class_id: "8b", pupil: "p1", starts: "2026-09-01" };
const enrolment: View<"enrolment"> = {
	...view,
	key: "8b/p1/2026-09-01",
	parts,
	values: { name: "Абрамов", ends: null },
};

function days(active: boolean | null, since: string | null): boolean[] {
	const member: View<"member"> = { ...view, key: "8b/eng1/p1", parts: {}, values: { active, since } };
	const [line] = rosterOf([enrolment], new Map([[member.key, member]]), "8b", "eng1");
	return ["2026-11-19", "2026-11-20", "2026-11-21"].map((day) => line !== undefined && enrolledOn(line, day));
}

test("a pupil who goes to another subgroup is of the old one until that day, and of the new one from it", () => {
	expect(days(false, "2026-11-20")).toEqual([true, false, false]);
	expect(days(true, "2026-11-20")).toEqual([false, true, true]);
});

test("without a day a pupil is of the subgroup always or never", () => {
	expect(days(true, null)).toEqual([true, true, true]);
	expect(days(false, null)).toEqual([false, false, false]);
});

test("who was never of the subgroup is not on its list", () => {
	expect(rosterOf([enrolment], new Map(), "8b", "eng1")).toEqual([]);
});

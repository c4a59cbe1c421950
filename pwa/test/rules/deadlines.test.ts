/** Deadlines of unsent entries: the ladder's own answer at the edges ahead. */

import { describe, expect, test } from "vitest";
import { DAY } from "../../src/rules/days";
import { deadlineOf } from "../../src/rules/deadlines";
import { Facts, type Values } from "../../src/rules/facts";
import { form } from "../../src/rules/form";
import { judge } from "../../src/rules/rules";

const NOW = Date.UTC(2026, 10, 20, 9, 0); // Friday, noon in Moscow
const HOUR = DAY / 24;

function school(...more: [string, string, Values][]): Facts {
	const facts = new Facts();
	facts.put("school", "32", { timezone: "Europe/Moscow" });
	facts.put("year", "2026", { starts: "2026-09-01", ends: "2027-06-01" });
	facts.put("term", "q2", { year: "2026", starts: "2026-11-02", ends: "2026-12-29" });
	facts.put("class", "8b", { grade: 8 });
	facts.put("journal", "8b-alg", { class_id: "8b", subject: "alg", year: "2026" });
	facts.put("teaching", "8b-alg/t1/2026-09-01", { active: true });
	facts.put("enrolment", "8b/p1/2026-09-01", {});
	for (const [kind, key, values] of more) facts.put(kind, key, values);
	return facts;
}

function entryOf(values: Values, person = "t1") {
	const op = { kind: "mark", key: "8b-alg/2026-11-10/2/p1/1", set: { value: "4" } };
	const found = form(op);
	if (typeof found === "string") throw new Error(found);
	return { op, ...found, person, values };
}

test("a first mark may take its time", () => {
	expect(deadlineOf(entryOf({}), NOW - HOUR, NOW, school())).toBeNull();
});

test("a correction must arrive before its window closes, and is told which rule it would meet", () => {
	const given = NOW - 12 * DAY;
	const found = deadlineOf(entryOf({ given }), NOW - HOUR, NOW, school());
	expect(found).toMatchObject({ until: given + 14 * DAY, reason: "window_closed" });
});

test("the school's own window counts", () => {
	const given = NOW - 12 * DAY;
	const facts = school(["school", "32", { timezone: "Europe/Moscow", window_days: 20 }]);
	expect(deadlineOf(entryOf({ given }), NOW, NOW, facts)?.until).toBe(given + 20 * DAY);
});

test("after a lock the grace is the deadline of what was written before it", () => {
	const lock = NOW - DAY;
	const changes = [[lock, true, "admin", "II четверть сдана"]];
	const facts = school(["term", "q2", { year: "2026", starts: "2026-11-02", ends: "2026-12-29", changes }]);
	const found = deadlineOf(entryOf({}), lock - HOUR, NOW, facts);
	expect(found).toMatchObject({ until: lock + 3 * DAY, reason: "after_grace", detail: { by: "admin", term: "q2" } });
});

test("the end of a substitution is a deadline too", () => {
	const facts = school(["substitution", "8b-alg/t2/2026-11-09", { ends: "2026-11-21" }]);
	const found = deadlineOf(entryOf({}, "t2"), NOW - HOUR, NOW, facts);
	expect(found?.reason).toBe("not_yours");
	expect(found?.until).toBeGreaterThan(NOW);
});

test("what is late already has no deadline any more", () => {
	expect(deadlineOf(entryOf({ given: NOW - 15 * DAY }), NOW - HOUR, NOW, school())).toBeNull();
});

describe("agrees with the ladder", () => {
	test.each([1, 5, 9, 12, 13])(
		"a mark given %i days ago: one instant before is fine, the instant itself is not",
		(days) => {
			const entry = entryOf({ given: NOW - days * DAY });
			const until = deadlineOf(entry, NOW, NOW, school())?.until ?? 0;
			const at = (arrived: number) =>
				judge({ ...entry, arrived }, school(), { after: NOW - 1, before: arrived, written: NOW, consistent: false })
					.verdict;
			expect([at(until - 1), at(until)]).toEqual(["accepted", "held"]);
		},
	);
});

/** The columns of a journal: parts of a term, the window of 24, lessons out of sight. */

import { describe, expect, it } from "vitest";
import {
	columnOf,
	MOST_COLUMNS,
	orphansOf,
	partFor,
	partsOf,
	termFor,
	windowStart,
	withOrphans,
} from "../../src/ui/journal/columns";

const TERM = { id: "q2", name: "II", starts: "2026-11-02", ends: "2026-12-29", year: "2026", locked: false };
const lesson = (date: string, number = 3) => ({
	journal: "j",
	date,
	number,
	key: `j/${date}/${number}`,
	starts: null,
	ends: null,
	room: null,
	term: "q2",
	extra: false,
	recorded: false,
});

describe("parts of a term", () => {
	it("are its months, cut at its ends, and the whole", () => {
		expect(partsOf(TERM).map((p) => [p.from, p.until])).toEqual([
			["2026-11-02", "2026-12-01"],
			["2026-12-01", "2026-12-29"],
			["2026-11-02", "2026-12-29"],
		]);
	});

	it("are one when the term lies in one month", () => {
		expect(partsOf({ ...TERM, ends: "2026-11-29" })).toHaveLength(1);
	});

	it("open at the month of the day, or at the last one begun", () => {
		expect(partFor(partsOf(TERM), "2026-12-01")?.id).toBe("2026-12");
		expect(partFor(partsOf(TERM), "2027-01-05")?.id).toBe("2026-12");
		expect(partFor(partsOf(TERM), "2026-10-30")?.id).toBe("2026-11");
	});

	it("belong to the term of the day; between terms to the one before", () => {
		const next = { ...TERM, id: "q3", starts: "2027-01-11", ends: "2027-03-22" };
		expect(termFor([TERM, next], "2026-12-28")?.id).toBe("q2");
		expect(termFor([TERM, next], "2026-12-29")?.id).toBe("q2");
		expect(termFor([TERM, next], "2027-01-11")?.id).toBe("q3");
		expect(termFor([TERM, next], "2026-09-01")?.id).toBe("q2");
	});
});

describe("the window", () => {
	it("never holds more than 24 columns and always holds the column stood in", () => {
		for (let total = 0; total < 80; total += 7)
			for (let at = 0; at < total; at += 1)
				for (let start = 0; start < total; start += 5) {
					const found = windowStart(start, at, total);
					expect(found).toBeGreaterThanOrEqual(0);
					expect(found).toBeLessThanOrEqual(Math.max(0, total - MOST_COLUMNS));
					expect(at).toBeGreaterThanOrEqual(found);
					expect(at).toBeLessThan(found + MOST_COLUMNS);
				}
	});

	it("stays where it is while the column is inside", () => {
		expect(windowStart(10, 10, 60)).toBe(10);
		expect(windowStart(10, 33, 60)).toBe(10);
		expect(windowStart(10, 34, 60)).not.toBe(10);
	});
});

it("opens at the last lesson up to the day", () => {
	const lessons = [lesson("2026-11-02"), lesson("2026-11-04"), lesson("2026-11-06")];
	expect(columnOf(lessons, "2026-11-05")).toBe(1);
	expect(columnOf(lessons, "2026-11-01")).toBe(0);
});

it("shows a column for marks at a lesson that the timetable no longer has", () => {
	const lessons = [lesson("2026-11-02"), lesson("2026-11-06")];
	const keys = ["j/2026-11-02/3/p/1", "j/2026-11-04/5/p/1", "j/2026-12-01/1/p", "j/2026-11-04/5/q"];
	const orphans = orphansOf(lessons, keys, "2026-11-02", "2026-12-01");
	expect(orphans).toEqual(["j/2026-11-04/5"]);
	expect(withOrphans(lessons, orphans).map((l) => l.date)).toEqual(["2026-11-02", "2026-11-04", "2026-11-06"]);
});

/** Lessons from the timetable, extra lessons, and when they are. */

import { expect, test } from "vitest";
import { lessonsBetween, nextLesson, type Timetable } from "../../src/rules/timetable";

const TABLE: Timetable = {
	slots: [
		{ weekday: 1, number: 3, starts: "2026-09-01", ends: null, room: "214" },
		{ weekday: 5, number: 2, starts: "2026-09-01", ends: "2026-11-16", room: "214" },
		{ weekday: 5, number: 4, starts: "2026-11-16", ends: null, room: "301" },
	],
	recorded: [
		{ date: "2026-11-18", number: 6 },
		{ date: "2026-11-20", number: 4 },
		{ date: "2026-10-28", number: 1 },
	],
	breaks: [{ starts: "2026-10-26", ends: "2026-11-02" }],
	terms: [
		{ term: "q1", starts: "2026-09-01", ends: "2026-10-26" },
		{ term: "q2", starts: "2026-11-02", ends: "2026-12-28" },
	],
	bells: new Map([[3, { starts: "10:30", ends: "11:15" }]]),
};

const lessons = (from: string, until: string) => lessonsBetween("8b-alg", from, until, TABLE);
const names = (from: string, until: string) => lessons(from, until).map((l) => `${l.date}/${l.number}`);

test("stand where the slots say, from the first day up to the last one outside", () => {
	expect(names("2026-11-09", "2026-11-16")).toEqual(["2026-11-09/3", "2026-11-13/2"]);
	expect(names("2026-11-16", "2026-11-17")).toEqual(["2026-11-16/3"]);
	expect(names("2026-11-17", "2026-11-17")).toEqual([]);
});

test("a slot's own span is half-open too", () => {
	expect(names("2026-11-16", "2026-11-23")).toEqual(["2026-11-16/3", "2026-11-18/6", "2026-11-20/4"]);
});

test("fall out in holidays and between terms, but for the ones that were given", () => {
	expect(names("2026-10-19", "2026-11-03")).toEqual(["2026-10-19/3", "2026-10-23/2", "2026-10-28/1", "2026-11-02/3"]);
});

test("say whether they are extra, recorded, in which term, where and when", () => {
	const [monday, extra, friday] = lessons("2026-11-16", "2026-11-23");
	expect(monday).toMatchObject({ extra: false, recorded: false, term: "q2", room: "214", starts: "10:30" });
	expect(extra).toMatchObject({ extra: true, recorded: true, room: null, starts: null, key: "8b-alg/2026-11-18/6" });
	expect(friday).toMatchObject({ extra: false, recorded: true, room: "301" });
	expect(lessons("2026-10-28", "2026-10-29")[0]?.term).toBeNull();
});

test("homework is due at the next one", () => {
	const all = lessons("2026-11-16", "2026-11-30");
	expect(nextLesson(all, "2026-11-16", 3)?.date).toBe("2026-11-18");
	expect(nextLesson(all, "2026-11-16", 2)?.date).toBe("2026-11-16");
	expect(nextLesson(all, "2026-11-29", 1)).toBeNull();
});

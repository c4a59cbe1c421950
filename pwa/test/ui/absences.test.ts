/** Absences of a class: gathered by pupil and day, and the entries that set their reason. */

import { describe, expect, it } from "vitest";
import type { View } from "../../src/engine/types";
import type { Attendance } from "../../src/generated/model";
import {
	type Absence,
	attendedOf,
	groupBy,
	numbersText,
	puttingBack,
	settingReason,
	sharedReason,
} from "../../src/ui/tutor/absences";
import { columnsOf, missedOf, scoresOf } from "../../src/ui/tutor/overview";

function attendance(key: string, cells: Partial<Attendance>): [string, View<"attendance">] {
	const [journal = "", date = "", number = "", pupil = ""] = key.split("/");
	const values = { presence: null, minutes: null, reason: null, ...cells };
	return [key, { key, parts: { journal, date, number, pupil }, seq: 1, values, states: {}, heads: null }];
}

const ALG = new Map([
	attendance("alg/2026-11-20/3/p1", { presence: "absent", reason: "ill" }),
	attendance("alg/2026-11-20/3/p2", { presence: "late", minutes: 7 }),
	attendance("alg/2026-11-18/3/p1", { presence: "absent" }),
	attendance("alg/2026-11-18/3/p2", { presence: "present" }),
]);
const HIS = new Map([attendance("his/2026-11-20/1/p1", { presence: "absent" })]);

const absences = (): readonly Absence[] => attendedOf([ALG, HIS]).absences;
const friday = (): Absence[] => absences().filter((a) => a.date === "2026-11-20");

describe("absences", () => {
	it("come from all subjects in order of day and lesson; being late is none, being present nothing", () => {
		expect(absences().map((a) => [a.date, a.number])).toEqual([
			["2026-11-18", 3],
			["2026-11-20", 1],
			["2026-11-20", 3],
		]);
		expect(attendedOf([ALG]).lates).toMatchObject([{ pupil: "p2", minutes: 7 }]);
	});

	it("share a reason only when all of them have it", () => {
		expect(sharedReason(friday())).toBeUndefined();
		expect(sharedReason(absences().filter((a) => a.reason === null))).toBeNull();
		expect(sharedReason(friday().filter((a) => a.number === 3))).toBe("ill");
	});

	it("get a reason for the whole day in one step; presence is never touched, what has it is left alone", () => {
		expect(settingReason(friday(), "ill")).toEqual([
			{ kind: "attendance", key: "his/2026-11-20/1/p1", set: { reason: "ill" } },
		]);
		expect(settingReason(friday(), "valid").every((e) => Object.keys(e.set).join() === "reason")).toBe(true);
	});

	it("are put back as they were", () => {
		expect(puttingBack(friday(), "valid")).toEqual([
			{ kind: "attendance", key: "his/2026-11-20/1/p1", set: { reason: null } },
			{ kind: "attendance", key: "alg/2026-11-20/3/p1", set: { reason: "ill" } },
		]);
	});

	it("are grouped in order and their lessons told as people tell them", () => {
		expect([...groupBy(absences(), (a) => a.date).keys()]).toEqual(["2026-11-18", "2026-11-20"]);
		expect(numbersText([3, 1, 2, 5])).toBe("1–3, 5");
		expect(numbersText([4, 4])).toBe("4");
	});
});

describe("the class at a glance", () => {
	const mark = (key: string, value: string | null): View<"mark"> => {
		const [journal = "", date = "", number = "", pupil = "", place = ""] = key.split("/");
		const parts = { journal, date, number, pupil, place };
		return { key, parts, seq: 1, values: { value, comment: null, given: null }, states: {}, heads: null };
	};
	const term = { starts: "2026-11-02", ends: "2026-12-29" };

	it("means by weight, the last marks in order of lessons, nothing from outside the term", () => {
		const marks = [
			mark("alg/2026-11-20/3/p1/1", "5"),
			mark("alg/2026-11-09/3/p1/1", "3"),
			mark("alg/2026-11-09/3/p1/2", "4"),
			mark("alg/2026-12-29/1/p1/1", "2"),
			mark("alg/2026-11-10/1/p1/1", null),
		];
		const work = (_: string, date: string): string | null => (date === "2026-11-09" ? "control" : null);
		const score = scoresOf(marks, work, { control: 3 }, term).get("p1");
		expect(score).toEqual({ mean: { over: 26, under: 7 }, last: ["3", "4", "5"], count: 3 });
	});

	it("counts missed lessons of the week, of the term, and those nobody has spoken about", () => {
		const week = { starts: "2026-11-16", ends: "2026-11-23" };
		expect(missedOf(absences(), week, term).get("p1")).toEqual({ week: 3, term: 3, open: 2 });
		expect(missedOf(absences(), { starts: "2026-11-19", ends: "2026-11-20" }, term).get("p1")?.week).toBe(0);
	});

	it("puts the subgroups of a subject into one column", () => {
		const journal = (id: string, subject: string, subgroup: string) => ({ id, subject, subgroup, short: subject });
		const columns = columnsOf([journal("e1", "Англ.", "1"), journal("e2", "Англ.", "2"), journal("a", "Алг.", "")]);
		expect(columns.map((c) => [c.subject, c.journals.length])).toEqual([
			["Англ.", 2],
			["Алг.", 1],
		]);
	});
});

/** A week of the diary: timetable overlaid with what was published, homework where it is due, days without lessons. */

import { describe, expect, it } from "vitest";
import type { View } from "../../src/engine/types";
import type { Bulletin, BulletinLesson, Diary, KindName, Kinds } from "../../src/generated/model";
import { KINDS } from "../../src/generated/model";
import { arithmetic, isExact } from "../../src/rules/marks";
import { tally, termAt } from "../../src/ui/diary/tally";
import { type DiaryDay, type Sources, stretchesOf, weekOf } from "../../src/ui/diary/week";

function view<K extends KindName>(kind: K, key: string, cells: Partial<Kinds[K]>, seq = 1): [string, View<K>] {
	const names = Object.keys(KINDS[kind].cells);
	const values = Object.fromEntries(names.map((name) => [name, null])) as unknown as Kinds[K];
	const parts = Object.fromEntries(KINDS[kind].key.map((name, i) => [name, key.split("/")[i] ?? ""]));
	return [key, { key, parts, seq, values: { ...values, ...cells }, states: {} as View<K>["states"], heads: null }];
}

const BULLETIN = view("bulletin", "8b", {
	class_name: "8 «Б»",
	timetable: [
		[1, 1, "8b-alg", "Алгебра", "214", "2026-09-01", null],
		[1, 2, "8b-eng-1", "Английский язык", "301", "2026-09-01", null],
		[1, 2, "8b-eng-2", "Английский язык", "302", "2026-09-01", null],
		[3, 1, "8b-alg", "Алгебра", "214", "2026-09-01", "2026-11-25"],
		[4, 1, "8b-alg", "Алгебра", "215", "2026-11-25", null],
	],
	bells: [
		[1, "08:30", "09:15"],
		[2, "09:25", "10:10"],
	],
	breaks: [["Осенние", "2026-10-26", "2026-11-02"]],
	terms: [
		["II четверть", "2026-11-02", "2026-12-29"],
		["I четверть", "2026-09-01", "2026-10-26"],
	],
})[1].values as Bulletin;

const lesson = (key: string, cells: Partial<BulletinLesson>, seq = 1): [string, View<"bulletin_lesson">] =>
	view("bulletin_lesson", key, cells, seq);
const line = (key: string, cells: Partial<Diary>, seq = 1): [string, View<"diary">] => view("diary", key, cells, seq);

function sources(published: [string, View<"bulletin_lesson">][] = [], lines: [string, View<"diary">][] = []): Sources {
	return {
		pupil: "p1",
		card: { name: "Ковалёва Дарья", class_id: "8b", journals: ["8b-alg", "8b-eng-2"] },
		bulletin: BULLETIN,
		published: new Map(published),
		lines: new Map(lines),
	};
}

const dayOf = (from: Sources, date: string): DiaryDay => {
	const found = weekOf("2026-11-16", from)
		.concat(weekOf("2026-11-23", from))
		.concat(weekOf("2026-10-26", from))
		.find((d) => d.date === date);
	if (!found) throw new Error(date);
	return found;
};

describe("the week", () => {
	it("has six days, and a Sunday only when something stands there", () => {
		expect(weekOf("2026-11-16", sources())).toHaveLength(6);
		const extra = sources([lesson("8b/2026-11-22/1/8b-alg", { subject: "Алгебра" })]);
		expect(weekOf("2026-11-16", extra)).toHaveLength(7);
	});

	it("shows the pupil's own subgroup and nobody else's", () => {
		const published = [
			lesson("8b/2026-11-16/2/8b-eng-1", { subject: "Английский язык", topic: "чужая" }),
			lesson("8b/2026-11-16/2/8b-eng-2", { subject: "Английский язык", topic: "своя" }),
		];
		const { lessons } = dayOf(sources(published), "2026-11-16");
		expect(lessons.map((l) => [l.number, l.topic, l.room, l.starts])).toEqual([
			[1, null, "214", "08:30"],
			[2, "своя", "302", "09:25"],
		]);
	});

	it("follows a timetable that changes: the first day of the new one is inside, the last of the old is not", () => {
		expect(dayOf(sources(), "2026-11-18").lessons).toHaveLength(1);
		expect(dayOf(sources(), "2026-11-25").lessons).toHaveLength(0);
		expect(dayOf(sources(), "2026-11-26").lessons.map((l) => l.room)).toEqual(["215"]);
		expect(dayOf(sources(), "2026-11-19").lessons).toHaveLength(0);
	});

	it("shows a lesson outside the timetable, and one whose line alone was published", () => {
		const from = sources(
			[lesson("8b/2026-11-17/3/8b-alg", { subject: "Алгебра", topic: "вне расписания" })],
			[line("p1/2026-11-20/4/8b-alg", { marks: [["5", null]] })],
		);
		expect(dayOf(from, "2026-11-17").lessons.map((l) => l.topic)).toEqual(["вне расписания"]);
		expect(dayOf(from, "2026-11-20").lessons.map((l) => [l.subject, l.marks[0]?.value])).toEqual([["Алгебра", "5"]]);
	});

	it("shows no lesson for a line that was emptied", () => {
		expect(dayOf(sources([], [line("p1/2026-11-20/4/8b-alg", {})]), "2026-11-20").lessons).toHaveLength(0);
	});

	it("names the holidays: their end is the first day of school", () => {
		expect(dayOf(sources(), "2026-10-31")).toMatchObject({ holiday: "Осенние", lessons: [] });
		expect(weekOf("2026-11-02", sources())[0]).toMatchObject({ holiday: null, inTerm: true });
		expect(weekOf("2026-08-24", sources())[0]).toMatchObject({ holiday: null, inTerm: false });
	});
});

describe("homework", () => {
	it("shows at the lesson that set it and at the lesson it is due for", () => {
		const from = sources([
			lesson("8b/2026-11-16/1/8b-alg", { subject: "Алгебра", homework: "№ 534", due: "2026-11-23" }),
		]);
		expect(dayOf(from, "2026-11-16").lessons[0]).toMatchObject({ homework: "№ 534", due: "2026-11-23", tasks: [] });
		expect(dayOf(from, "2026-11-23").lessons[0]?.tasks).toEqual([
			{ journal: "8b-alg", subject: "Алгебра", text: "№ 534", set: "2026-11-16" },
		]);
	});

	it("is due at the next lesson of the timetable when no day was named", () => {
		const from = sources([lesson("8b/2026-11-16/1/8b-alg", { homework: "§ 21" })]);
		expect(dayOf(from, "2026-11-16").lessons[0]?.due).toBe("2026-11-18");
		expect(dayOf(from, "2026-11-18").lessons[0]?.tasks[0]?.text).toBe("§ 21");
	});

	it("stands below the lessons on a day that has none of its subject", () => {
		const from = sources([
			lesson("8b/2026-11-16/1/8b-alg", { subject: "Алгебра", homework: "проект", due: "2026-11-17" }),
		]);
		expect(dayOf(from, "2026-11-17").tasks.map((t) => t.text)).toEqual(["проект"]);
	});

	it("is news on the day it is due", () => {
		const from = sources([lesson("8b/2026-11-16/1/8b-alg", { homework: "§ 21" }, 40)]);
		expect(dayOf(from, "2026-11-18").seq).toBe(40);
		expect(dayOf(from, "2026-11-16").seq).toBe(0);
	});
});

describe("marks of a term", () => {
	const term = { name: "II четверть", starts: "2026-11-02", ends: "2026-12-29" };
	const planned = [
		{ weekday: 1, number: 1, journal: "8b-alg", subject: "Алгебра", room: null, starts: "", ends: null },
		{ weekday: 1, number: 2, journal: "8b-eng-2", subject: "Английский язык", room: null, starts: "", ends: null },
	];
	const published = new Map([
		lesson("8b/2026-11-09/1/8b-alg", { subject: "Алгебра", work: "control", weight: 3 }),
		lesson("8b/2026-11-11/1/8b-alg", { subject: "Алгебра", work: "answer", weight: 1 }),
		lesson("8b/2026-11-16/1/8b-alg", { subject: "Алгебра", work: "independent", weight: 5 }),
	]);
	const lines = new Map([
		line("p1/2026-11-16/1/8b-alg", { marks: [["4", null]] }),
		line("p1/2026-11-09/1/8b-alg", { marks: [["5", "красиво"]] }),
		line("p1/2026-11-11/1/8b-alg", {
			marks: [
				["5", null],
				["осв", null],
			],
		}),
		line("p1/2026-11-18/1/8b-alg", { presence: "absent" }),
		line("p1/2026-12-29/1/8b-alg", { marks: [["2", null]] }),
	]);

	it("are summed exactly by their weights, and each step is shown", () => {
		const [algebra, english] = tally(term, lines, published, "8b", planned);
		expect(algebra).toMatchObject({ subject: "Алгебра", mean: { over: 40, under: 9 }, absences: 1 });
		expect(algebra?.marks.map((m) => m.value)).toEqual(["5", "5", "осв", "4"]);
		expect(arithmetic(algebra?.marks ?? [])).toBe("(5·3 + 5 + 4·5) : (3 + 1 + 5) = 40 : 9");
		expect(isExact({ over: 40, under: 9 })).toBe(false);
		expect(isExact({ over: 19, under: 4 })).toBe(true);
		expect(english).toMatchObject({ subject: "Английский язык", marks: [], mean: null });
	});

	it("leave out what lies on the first day after the term", () => {
		const [algebra] = tally(term, lines, published, "8b", planned);
		expect(algebra?.marks.every((m) => m.date < "2026-12-29")).toBe(true);
	});

	it("say a plain mean plainly", () => {
		const mark = (value: string) => ({ date: "", number: 1, value, comment: null, work: null, topic: null, weight: 1 });
		expect(arithmetic([mark("5"), mark("4")])).toBe("(5 + 4) : 2 = 9 : 2");
		expect(arithmetic([mark("5")])).toBe("5");
		expect(arithmetic([mark("н/а")])).toBeNull();
	});

	it("open at the term of the day, in the holidays at the one before", () => {
		const terms = stretchesOf(BULLETIN.terms);
		expect(terms.map((t) => t.name)).toEqual(["I четверть", "II четверть"]);
		expect(termAt(terms, "2026-11-20")?.name).toBe("II четверть");
		expect(termAt(terms, "2026-10-28")?.name).toBe("I четверть");
		expect(termAt(terms, "2026-08-01")?.name).toBe("I четверть");
	});
});

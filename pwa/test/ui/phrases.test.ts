/** The phrase book: every reason has its words in both languages, and nothing shows a code. */

import { describe, expect, it } from "vitest";
import { REASONS } from "../../src/generated/messages";
import { KINDS } from "../../src/generated/model";
import enField from "../../src/ui/phrases/en/field";
import enLesson from "../../src/ui/phrases/en/lesson";
import enReasons from "../../src/ui/phrases/en/reasons";
import { clockText, dayText, localDecimal, momentText, spanText, useZone } from "../../src/ui/phrases/format";
import { count } from "../../src/ui/phrases/plural";
import ruField from "../../src/ui/phrases/ru/field";
import ruLesson from "../../src/ui/phrases/ru/lesson";
import ruReasons, { type Grounds } from "../../src/ui/phrases/ru/reasons";
import ruShell from "../../src/ui/phrases/ru/shell";

const NOTHING: Grounds = {
	since: null,
	until: null,
	by: null,
	term: null,
	windowDays: 14,
	graceDays: 3,
	lifter: null,
};
const ALL: Grounds = {
	...NOTHING,
	since: "21 нояб., 10:51",
	until: "24 нояб.",
	by: "Карпов Д. Д.",
	term: "I четверть",
	lifter: "Кузнецова Марина Львовна",
};

describe.each([
	["Russian", ruReasons],
	["English", enReasons],
])("reasons in %s", (_, book) => {
	it.each(REASONS.map((reason) => [reason]))("say %j in a sentence and by a name", (reason) => {
		for (const grounds of [NOTHING, ALL]) {
			const said = book.sentences[reason](grounds);
			expect(said).toMatch(/^[А-ЯA-Z].*\.$/s);
			expect(said).not.toMatch(/undefined|null|_/);
		}
		expect(book.names[reason].length).toBeGreaterThan(3);
		expect(book.names[reason]).not.toContain("_");
	});
});

it.each([
	["Russian", ruReasons],
	["English", enReasons],
])("warns of a locked term without telling of an entry that nobody has written, in %s", (_, book) => {
	const said = book.now.term_locked?.(ALL) ?? "";
	expect(said).toMatch(/Новые записи уйдут завучу на согласование|New entries go to the deputy head/);
	expect(said).not.toMatch(/запись сделана|entry was written/);
	expect(book.reopened(ALL)).toMatch(/снова открыт|opened again/);
});

it("names who can lift what is held", () => {
	for (const reason of ["window_closed", "term_locked", "after_grace", "in_doubt"] as const) {
		expect(ruReasons.sentences[reason](ALL)).toContain("Кузнецова Марина Львовна");
		expect(enReasons.sentences[reason](ALL)).toContain("Кузнецова Марина Львовна");
	}
	expect(ruReasons.sentences.window_closed(ALL)).toContain("21 нояб., 10:51");
});

it("has a word for every kind of work, presence and excuse of the model", () => {
	for (const field of [ruField, enField]) {
		for (const work of KINDS.lesson.cells["work"]?.choices ?? []) {
			expect(field.works[work]).toBeTruthy();
			expect(field.worksShort).toHaveProperty(work);
			for (const lesson of [ruLesson, enLesson]) expect(lesson.worksFor[work]).toBeTruthy();
		}
		for (const one of KINDS.attendance.cells["presence"]?.choices ?? []) expect(field.presence[one]).toBeTruthy();
		for (const one of KINDS.attendance.cells["reason"]?.choices ?? []) expect(field.excuses[one]).toBeTruthy();
	}
});

it("has a word for every role that the model grants", () => {
	for (const role of [...(KINDS.grant.cells["role"]?.choices ?? []), "teacher", "parent", "pupil"])
		expect(ruShell.roles[role]).toBeTruthy();
});

it("puts Russian nouns in the form their number wants", () => {
	const entries = count("ru", { one: "запись", few: "записи", many: "записей" });
	expect([1, 2, 5, 11, 21, 112].map(entries)).toEqual([
		"1 запись",
		"2 записи",
		"5 записей",
		"11 записей",
		"21 запись",
		"112 записей",
	]);
});

it("writes days, moments and numbers as the school reads them", () => {
	useZone("Asia/Vladivostok");
	const moment = Date.UTC(2026, 10, 20, 20, 30);
	expect(clockText(moment)).toBe("06:30");
	expect(momentText(moment, "2026-11-21")).toBe("06:30");
	expect(momentText(moment, "2026-11-20")).toContain("21 нояб.");
	expect(dayText("2026-11-20", "long")).toBe("20 ноября");
	expect(dayText("2026-11-20", "weekday")).toBe("пт");
	expect(localDecimal("4.50")).toBe("4,50");
	expect(spanText(2 * 3_600_000 + 5)).toBe("2 ч");
	expect(spanText(1_000)).toContain("1");
});

it("calls nobody «он(а)»: a Russian sentence is said so that who is meant may be either", () => {
	const books = import.meta.glob<object>("../../src/ui/phrases/ru/*.ts", {
		query: "?raw",
		import: "default",
		eager: true,
	});
	expect(Object.keys(books).length).toBeGreaterThan(15);
	for (const [book, text] of Object.entries(books))
		expect(String(text), book).not.toMatch(/[а-яё]\((а|ла|ась|на|ая|ой)\)/);
});

/** English: words of the field that several screens use. */

import { form } from "../plural";
import type { FieldWords } from "../ru/field";

const pluralOrdinal = (n: number): string => {
	const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(n);
	return { one: "st", two: "nd", few: "rd" }[rule as string] ?? "th";
};
/** The usual divisions of a Russian school year; what a school names its own way stays as it is. */
const TERMS: Readonly<Record<string, string>> = { четверть: "Term", триместр: "Trimester", полугодие: "Half-year" };
const minute = form("en", { other: "min" });

const field: FieldWords = {
	you: "you",
	someone: "an unknown member of staff",
	journal: "Journal",
	subgroup: "subgroup",
	termName: (name) => name.replace(/^(\S+) (четверть|триместр|полугодие)$/, (_, n, part) => `${TERMS[part]} ${n}`),
	works: {
		answer: "Answer in class",
		control: "Test",
		independent: "Independent work",
		practical: "Practical",
		laboratory: "Laboratory",
		excursion: "Excursion",
		homework: "Homework",
		dictation: "Dictation",
	},
	worksShort: {
		answer: "",
		control: "test",
		independent: "ind.",
		practical: "prac.",
		laboratory: "lab",
		excursion: "exc.",
		homework: "hw",
		dictation: "dict.",
	},
	presence: { absent: "absent", late: "late", present: "here" },
	minutes: (n) => `${n} ${minute(n)}`,
	excuses: {
		valid: "valid reason",
		ill: "illness",
		parents: "parents' note",
		none: "no reason",
	},
	states: {
		safe: "",
		applied: "at the server, not yet in the backup",
		local: "only on this tablet",
		held: "a correction waits for the deputy head",
		conflict: "two different entries",
		lost: "your entry gave way to another",
	},
	comment: "comment",
	lessonNumber: (n) => `${n}${pluralOrdinal(Number(n))} lesson`,
	room: (room) => (/^\d/.test(room) ? `room ${room}` : room),
};

export default field;

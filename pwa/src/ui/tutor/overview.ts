/** The class at a glance: pupils by subjects, with means and last marks, and absences of the week and the term. */

import type { View } from "../../engine/types";
import { type Fraction, weightedMean, weightOf } from "../../rules/marks";
import type { Absence } from "./absences";
import type { ClassJournal } from "./own";

export interface Column {
	readonly subject: string;
	readonly short: string;
	readonly journals: readonly ClassJournal[];
}

export interface Score {
	readonly mean: Fraction | null;
	/** The last marks, oldest first. */
	readonly last: readonly string[];
	readonly count: number;
}

export interface Missed {
	readonly week: number;
	readonly term: number;
	/** Of the term's: without a word about the reason. */
	readonly open: number;
}

export interface Span {
	readonly starts: string;
	readonly ends: string;
}

const LAST = 4;

/** One column for each subject: subgroups of a subject share it. */
export function columnsOf(journals: readonly ClassJournal[]): Column[] {
	const found = new Map<string, { short: string; journals: ClassJournal[] }>();
	for (const journal of journals) {
		const column = found.get(journal.subject) ?? { short: journal.short, journals: [] };
		column.journals.push(journal);
		found.set(journal.subject, column);
	}
	return [...found].map(([subject, column]) => ({ subject, ...column }));
}

interface Given {
	readonly at: string;
	readonly value: string;
	readonly weight: number;
}

/** Scores of one subject by pupil, from the marks and lessons of its journals in a span of days. */
export function scoresOf(
	marks: Iterable<View<"mark">>,
	workOf: (journal: string, date: string, number: string) => string | null,
	weights: Readonly<Record<string, number>> | null,
	span: Span,
): Map<string, Score> {
	const given = new Map<string, Given[]>();
	for (const { parts, values } of marks) {
		const { journal = "", date = "", number = "", pupil = "", place = "" } = parts;
		if (values.value === null || date < span.starts || date >= span.ends) continue;
		const weight = weightOf(workOf(journal, date, number), weights);
		const mark = { at: `${date}/${number.padStart(4, "0")}/${place}`, value: values.value, weight };
		const known = given.get(pupil);
		if (known) known.push(mark);
		else given.set(pupil, [mark]);
	}
	const scores = new Map<string, Score>();
	for (const [pupil, all] of given) {
		all.sort((a, b) => (a.at < b.at ? -1 : 1));
		scores.set(pupil, {
			mean: weightedMean(all),
			last: all.slice(-LAST).map((m) => m.value),
			count: all.length,
		});
	}
	return scores;
}

/** Missed lessons by pupil. */
export function missedOf(absences: readonly Absence[], week: Span, term: Span): Map<string, Missed> {
	const found = new Map<string, { week: number; term: number; open: number }>();
	for (const { pupil, date, reason } of absences) {
		const inWeek = week.starts <= date && date < week.ends;
		const inTerm = term.starts <= date && date < term.ends;
		if (!inWeek && !inTerm) continue;
		const missed = found.get(pupil) ?? { week: 0, term: 0, open: 0 };
		if (inWeek) missed.week += 1;
		if (inTerm) missed.term += 1;
		if (inTerm && reason === null) missed.open += 1;
		found.set(pupil, missed);
	}
	return found;
}

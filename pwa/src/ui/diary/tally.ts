/**
 * Marks of a term by subject, with the exact weighted mean and the arithmetic behind it.
 *
 * The mean is Σ(w·m)/Σw of the marks that count; «осв», «н/а», «.», «зач» don't. Nothing is rounded before the last
 * step, and the parent sees each step (regulation 2.2).
 */

import type { View } from "../../engine/types";
import { type Fraction, weightedMean } from "../../rules/marks";
import { type Lines, marksOf, type Planned, type Published, type Stretch } from "./week";

interface TallyMark {
	readonly date: string;
	readonly number: number;
	readonly value: string;
	readonly comment: string | null;
	readonly work: string | null;
	readonly topic: string | null;
	readonly weight: number;
}

export interface SubjectTally {
	readonly subject: string;
	/** In order of lessons. */
	readonly marks: readonly TallyMark[];
	readonly mean: Fraction | null;
	readonly absences: number;
	readonly lates: number;
}

/** Every subject of the pupil with the marks given in the span, in alphabetical order. */
export function tally(
	span: Stretch,
	lines: Lines,
	published: Published,
	classId: string,
	planned: readonly Planned[],
): SubjectTally[] {
	const names = new Map(planned.map((p) => [p.journal, p.subject ?? ""]));
	for (const row of published.values()) names.set(row.parts.journal ?? "", row.values.subject ?? "");
	const subjects = new Map<string, { marks: TallyMark[]; absences: number; lates: number }>();
	const of = (name: string) => {
		const known = subjects.get(name) ?? { marks: [], absences: 0, lates: 0 };
		subjects.set(name, known);
		return known;
	};
	for (const plan of planned) if (plan.subject) of(plan.subject);
	for (const line of lines.values()) {
		const { date = "", number = "", journal = "" } = line.parts;
		if (date < span.starts || date >= span.ends) continue;
		const found = of(names.get(journal) ?? "");
		if (line.values.presence === "absent") found.absences += 1;
		if (line.values.presence === "late") found.lates += 1;
		found.marks.push(...marksAt(line, date, Number(number), published.get(`${classId}/${date}/${number}/${journal}`)));
	}
	return [...subjects]
		.map(([subject, { marks, absences, lates }]) => {
			marks.sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1));
			return { subject, marks, mean: weightedMean(marks), absences, lates };
		})
		.filter((s) => s.subject !== "" || s.marks.length > 0)
		.sort((a, b) => a.subject.localeCompare(b.subject, "ru"));
}

function marksAt(
	line: View<"diary">,
	date: string,
	number: number,
	lesson: View<"bulletin_lesson"> | undefined,
): TallyMark[] {
	const { work = null, topic = null, weight = 1 } = lesson?.values ?? {};
	return marksOf(line.values.marks).map((mark) => ({ ...mark, date, number, work, topic, weight: weight ?? 1 }));
}

/** The term a day lies in, else the last that began before it, else the first. */
export function termAt(terms: readonly Stretch[], day: string): Stretch | null {
	const inside = terms.find((t) => t.starts <= day && day < t.ends);
	return inside ?? terms.filter((t) => t.starts <= day).at(-1) ?? terms[0] ?? null;
}

/**
 * A pupil's marks of some days in a journal, with their exact mean and what it contains.
 *
 * Holds always:
 * 1. The mean is of what the cells show. An own entry that waits for the deputy head is not in it, one that only this
 *    tablet has is: both are counted, so that the screen can say so.
 */

import type { CellState, View } from "../../engine/types";
import { counts, type Fraction, type Settings, type Weighted, weightedMean, weightOf } from "../../rules/marks";

interface TalliedMark extends Weighted {
	/** "journal/date/number" */
	readonly lesson: string;
	readonly date: string;
	readonly number: number;
	readonly value: string;
	readonly work: string | null;
	readonly topic: string | null;
	readonly comment: string | null;
	readonly state: CellState;
}

export interface Tally {
	/** In order of lessons. */
	readonly marks: readonly TalliedMark[];
	readonly mean: Fraction | null;
	/** Marks that go into the mean. */
	readonly count: number;
	/** Of these, such as only this tablet has. */
	readonly local: number;
	/** Corrections and late marks that wait for the deputy head: not in the mean. */
	readonly held: number;
}

export const NO_MARKS: Tally = { marks: [], mean: null, count: 0, local: 0, held: 0 };

/** Days with from <= day < until. */
export interface Days {
	readonly starts: string;
	readonly ends: string;
}

/** The tally of each pupil who has something in those days, by pupil. */
export function talliesOf(
	marks: Iterable<View<"mark">>,
	lessons: ReadonlyMap<string, View<"lesson">>,
	days: Days,
	weights: Settings,
): ReadonlyMap<string, Tally> {
	const found = new Map<string, { marks: TalliedMark[]; held: number }>();
	for (const { parts, values, states } of marks) {
		const { journal = "", date = "", number = "", pupil = "" } = parts;
		if (date < days.starts || date >= days.ends) continue;
		const of = found.get(pupil) ?? { marks: [], held: 0 };
		found.set(pupil, of);
		if (states.value === "held") of.held += 1;
		if (!values.value) continue;
		const lesson = `${journal}/${date}/${number}`;
		const { work = null, topic = null } = lessons.get(lesson)?.values ?? {};
		of.marks.push({
			lesson,
			date,
			number: Number(number),
			value: values.value,
			weight: weightOf(work, weights),
			work,
			topic,
			comment: values.comment,
			state: states.value ?? "safe",
		});
	}
	return new Map([...found].map(([pupil, of]) => [pupil, sealed(of.marks, of.held)]));
}

function sealed(marks: TalliedMark[], held: number): Tally {
	marks.sort((a, b) => a.date.localeCompare(b.date) || a.number - b.number);
	const counting = marks.filter((m) => counts(m.value) && m.weight > 0);
	const local = counting.filter((m) => m.state === "local").length;
	return { marks, mean: weightedMean(marks), count: counting.length, local, held };
}

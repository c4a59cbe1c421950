/**
 * The columns of a journal: lessons of a part of a term, at most 24 at a time.
 *
 * The number of cells decides how quick the grid is, so a long part is shown through a window that moves.
 */

import type { LessonPlace } from "../../engine/types";
import type { TermSpan } from "../reading/school";

export const MOST_COLUMNS = 24;

/** A part of a term that the journal shows: a month of it, or all of it. Days half-open. */
export interface Part {
	readonly id: string;
	/** First day of the month, for its name; null for the whole term. */
	readonly month: string | null;
	readonly from: string;
	readonly until: string;
}

/** The months of a term and, last, the whole of it. */
export function partsOf(term: TermSpan): Part[] {
	const parts: Part[] = [];
	let from = term.starts;
	while (from < term.ends) {
		const next = firstOfNextMonth(from);
		// Days compare as texts; the linter would have them as numbers.
		const [until = term.ends] = [next, term.ends].sort();
		parts.push({ id: from.slice(0, 7), month: from, from, until });
		from = until;
	}
	const whole: Part = {
		id: "all",
		month: null,
		from: term.starts,
		until: term.ends,
	};
	return parts.length === 1 ? [whole] : [...parts, whole];
}

function firstOfNextMonth(day: string): string {
	const year = Number(day.slice(0, 4));
	const month = Number(day.slice(5, 7));
	return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
}

/** The term to open: the one of the day, else the last begun, else the first. */
export function termFor(terms: readonly TermSpan[], day: string): TermSpan | null {
	const begun = terms.filter((t) => t.starts <= day);
	return terms.find((t) => t.starts <= day && day < t.ends) ?? begun[begun.length - 1] ?? terms[0] ?? null;
}

/** The part to open: the month of the day, else the last one begun. */
export function partFor(parts: readonly Part[], day: string): Part | null {
	const months = parts.filter((p) => p.month !== null);
	const begun = months.filter((p) => p.from <= day);
	return months.find((p) => p.from <= day && day < p.until) ?? begun[begun.length - 1] ?? parts[0] ?? null;
}

/** Where a window of columns starts so that `at` is inside, keeping it still when it already is. */
export function windowStart(start: number, at: number, total: number, size = MOST_COLUMNS): number {
	const last = Math.max(0, total - size);
	if (total <= size) return 0;
	if (at < start) return Math.max(0, Math.min(last, at - 2));
	if (at >= start + size) return Math.min(last, at - size + 3);
	return Math.max(0, Math.min(last, start));
}

/** The column to look at first: the last lesson of that day or before it, else the first. */
export function columnOf(lessons: readonly LessonPlace[], day: string): number {
	let found = 0;
	for (const [i, lesson] of lessons.entries()) if (lesson.date <= day) found = i;
	return found;
}

/**
 * Keys of lessons that neither the timetable nor a record knows, but at which marks or attendance stand (the
 * timetable was changed later), in order.
 */
export function orphansOf(
	lessons: readonly LessonPlace[],
	keys: Iterable<string>,
	from: string,
	until: string,
): string[] {
	const known = new Set(lessons.map((l) => l.key));
	const found = new Set<string>();
	// Each entry has all keys of the journal looked through: they are cut where they must be, not taken apart.
	for (const key of keys) {
		const day = key.indexOf("/") + 1;
		const date = key.slice(day, day + 10);
		if (date < from || date >= until) continue;
		const lesson = key.slice(0, key.indexOf("/", day + 11));
		if (!known.has(lesson)) found.add(lesson);
	}
	return [...found].sort();
}

/** The lessons with columns for orphans too: an entry is never out of sight. */
export function withOrphans(lessons: readonly LessonPlace[], orphans: readonly string[]): readonly LessonPlace[] {
	if (orphans.length === 0) return lessons;
	const found = orphans.map((key): LessonPlace => {
		const [journal = "", date = "", number = ""] = key.split("/");
		const none = { starts: null, ends: null, room: null, term: null };
		return { journal, date, number: Number(number), key, ...none, extra: true, recorded: false };
	});
	return [...lessons, ...found].sort((a, b) => a.date.localeCompare(b.date) || a.number - b.number);
}

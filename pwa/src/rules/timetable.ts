/**
 * Lessons from the timetable: a lesson is where a slot says so on a day of a term that is no holiday, or where a
 * lesson record stands (an extra lesson, or one given before the timetable changed).
 */

import { dayAfter, weekdayOf } from "./days";

/** A lesson of a journal: where the timetable has one, or where a lesson record stands. */
export interface LessonPlace {
	readonly journal: string;
	readonly date: string;
	readonly number: number;
	/** The key of its record: "journal/date/number". */
	readonly key: string;
	/** "HH:MM" by the bells; null when the school has no bell of that number. */
	readonly starts: string | null;
	readonly ends: string | null;
	readonly room: string | null;
	/** Id of the term the day lies in; null: in none. */
	readonly term: string | null;
	/** Not on the timetable: there is only a lesson record. */
	readonly extra: boolean;
	/** A lesson record stands, on the server or on this tablet. */
	readonly recorded: boolean;
}

/** What the timetable of a journal is made of. Spans of days are half-open; an empty end is open. */
export interface Timetable {
	readonly slots: readonly {
		weekday: number;
		number: number;
		starts: string;
		ends: string | null;
		room: string | null;
	}[];
	readonly recorded: readonly { date: string; number: number }[];
	readonly breaks: readonly { starts: string; ends: string }[];
	readonly terms: readonly { term: string; starts: string; ends: string }[];
	readonly bells: ReadonlyMap<number, { starts: string | null; ends: string | null }>;
}

/** Lessons of a journal with from <= date < until, in order of day and number. */
export function lessonsBetween(journal: string, from: string, until: string, table: Timetable): LessonPlace[] {
	const found = new Map<string, LessonPlace>();
	const put = (date: string, number: number, room: string | null, extra: boolean, recorded: boolean) => {
		const key = `${journal}/${date}/${number}`;
		const bell = table.bells.get(number);
		const term = table.terms.find((t) => t.starts <= date && date < t.ends)?.term ?? null;
		const [starts, ends] = [bell?.starts ?? null, bell?.ends ?? null];
		found.set(key, { journal, date, number, key, starts, ends, room, term, extra, recorded });
	};
	for (const { starts, ends } of table.terms) {
		const last = ends < until ? ends : until;
		for (let date = starts > from ? starts : from; date < last; date = dayAfter(date)) {
			if (table.breaks.some((b) => b.starts <= date && date < b.ends)) continue;
			const weekday = weekdayOf(date);
			for (const slot of table.slots) {
				const valid = slot.starts <= date && (!slot.ends || date < slot.ends);
				if (valid && slot.weekday === weekday) put(date, slot.number, slot.room, false, false);
			}
		}
	}
	for (const { date, number } of table.recorded) {
		if (date < from || date >= until) continue;
		const planned = found.get(`${journal}/${date}/${number}`);
		put(date, number, planned?.room ?? null, !planned, true);
	}
	return [...found.values()].sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1));
}

/** The first of these lessons after a day and number: where homework is due. */
export function nextLesson(lessons: readonly LessonPlace[], date: string, number: number): LessonPlace | null {
	return lessons.find((l) => l.date > date || (l.date === date && l.number > number)) ?? null;
}

/**
 * A week of a pupil's diary: the class's timetable overlaid with what was published.
 *
 * A lesson stands where the timetable has one for this pupil, or where a published record says that one was given.
 *
 * Holds always:
 * 1. Only the pupil's own journals show: another subgroup's lesson is never in the week.
 * 2. Homework shows at the lesson that set it, and again at the lesson it is due for; without a due day that is the
 *    next lesson of the same journal.
 * 3. Spans are half-open; the last day of holidays is the day before their end.
 * Not here: how it looks (`Week`), arithmetic of marks (`tally`).
 */

import type { View } from "../../engine/types";
import type { Bulletin, BulletinLesson, DiaryCard } from "../../generated/model";
import { dayAfter, weekdayOf } from "../../rules/days";

interface DiaryMark {
	readonly value: string;
	readonly comment: string | null;
}

/** Homework due at a lesson: what, and on which day it was set. */
export interface Task {
	readonly journal: string;
	readonly subject: string | null;
	readonly text: string;
	readonly set: string;
}

export interface DiaryLesson {
	readonly journal: string;
	readonly number: number;
	readonly subject: string | null;
	readonly teacher: string | null;
	readonly room: string | null;
	/** "HH:MM" by the bells; null where no bell rings. */
	readonly starts: string | null;
	readonly ends: string | null;
	readonly topic: string | null;
	readonly work: string | null;
	readonly weight: number;
	readonly homework: string | null;
	/** The day the homework is for; null while no later lesson is known. */
	readonly due: string | null;
	readonly marks: readonly DiaryMark[];
	readonly presence: string | null;
	readonly minutes: number | null;
	readonly excuse: string | null;
	/** Homework that is due at this lesson. */
	readonly tasks: readonly Task[];
	/** The teacher's record was published; else only the timetable speaks. */
	readonly published: boolean;
}

export interface DiaryDay {
	readonly date: string;
	readonly lessons: readonly DiaryLesson[];
	/** Homework due this day of a subject that has no lesson on it. */
	readonly tasks: readonly Task[];
	/** Name of the holidays the day lies in; "" when they have none. */
	readonly holiday: string | null;
	/** In a term of the school year. */
	readonly inTerm: boolean;
	/** Highest seq of what was published for this pupil on this day; 0: nothing. */
	readonly seq: number;
}

export type Lines = ReadonlyMap<string, View<"diary">>;
export type Published = ReadonlyMap<string, View<"bulletin_lesson">>;

export interface Sources {
	readonly pupil: string;
	readonly card: DiaryCard;
	readonly bulletin: Bulletin | null;
	readonly published: Published;
	readonly lines: Lines;
}

/** A line of the class's timetable. */
export interface Planned {
	readonly weekday: number;
	readonly number: number;
	readonly journal: string;
	readonly subject: string | null;
	readonly room: string | null;
	readonly starts: string;
	readonly ends: string | null;
}

/** A named span of days, half-open. */
export interface Stretch {
	readonly name: string;
	readonly starts: string;
	readonly ends: string;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
	return dayAfter(day, 1 - weekdayOf(day));
}

/** The lines of the timetable that are this pupil's. */
export function plannedOf(card: DiaryCard, bulletin: Bulletin | null): Planned[] {
	const own = new Set(card.journals ?? []);
	const found: Planned[] = [];
	for (const [weekday, number, journal, subject, room, starts, ends] of bulletin?.timetable ?? []) {
		if (typeof journal !== "string" || !own.has(journal)) continue;
		found.push({
			weekday: Number(weekday),
			number: Number(number),
			journal,
			subject: text(subject),
			room: text(room),
			starts: text(starts) ?? "",
			ends: text(ends),
		});
	}
	return found;
}

/** Terms or holidays of a bulletin, in order of their days. */
export function stretchesOf(rows: readonly (readonly unknown[])[] | null | undefined): Stretch[] {
	const found: Stretch[] = [];
	for (const [name, starts, ends] of rows ?? []) {
		const [from, until] = [text(starts), text(ends)];
		if (from !== null && until !== null) found.push({ name: text(name) ?? "", starts: from, ends: until });
	}
	return found.sort((a, b) => (a.starts < b.starts ? -1 : 1));
}

/** Monday to Saturday of the week that begins on `monday`; Sunday too when something stands there. */
export function weekOf(monday: string, from: Sources): DiaryDay[] {
	const book = new Book(from);
	const days = Array.from({ length: 7 }, (_, i) => book.day(dayAfter(monday, i)));
	const sunday = days[6];
	return sunday && (sunday.lessons.length > 0 || sunday.tasks.length > 0) ? days : days.slice(0, 6);
}

const WEEKS_AHEAD = 8;

/** The first day from this one on that has a lesson, some weeks ahead at most; null when there is none. */
export function nextSchoolDay(from: string, sources: Sources): string | null {
	const book = new Book(sources);
	for (let day = from, i = 0; i < 7 * WEEKS_AHEAD; i++, day = dayAfter(day)) {
		if (book.day(day).lessons.length > 0) return day;
	}
	return null;
}

interface Record {
	readonly values: BulletinLesson | null;
	readonly seq: number;
}

class Book {
	private readonly planned: Planned[];
	private readonly terms: Stretch[];
	private readonly breaks: Stretch[];
	private readonly bells = new Map<number, readonly [string | null, string | null]>();
	private readonly byDate = new Map<string, Map<string, Record>>();
	private readonly dueOn = new Map<string, { task: Task; seq: number }[]>();
	private readonly own: Map<string, View<"diary">[]> = new Map();

	constructor(from: Sources) {
		this.planned = plannedOf(from.card, from.bulletin);
		this.terms = stretchesOf(from.bulletin?.terms);
		this.breaks = stretchesOf(from.bulletin?.breaks);
		for (const [number, starts, ends] of from.bulletin?.bells ?? [])
			this.bells.set(Number(number), [text(starts), text(ends)]);
		const journals = new Set(from.card.journals ?? []);
		for (const line of from.lines.values()) {
			const date = line.parts.date ?? "";
			this.own.set(date, [...(this.own.get(date) ?? []), line]);
		}
		for (const row of from.published.values()) {
			const { date = "", number = "", journal = "" } = row.parts;
			const mine = journals.has(journal) || from.lines.has(`${from.pupil}/${date}/${number}/${journal}`);
			if (!mine) continue;
			const day = this.byDate.get(date) ?? new Map<string, Record>();
			day.set(`${number}/${journal}`, { values: row.values, seq: row.seq });
			this.byDate.set(date, day);
			this.assign(row, date, Number(number), journal);
		}
	}

	private assign(row: View<"bulletin_lesson">, date: string, number: number, journal: string): void {
		const homework = text(row.values.homework);
		const due = homework && this.dueOf(row.values, date, number, journal);
		if (!homework || !due) return;
		const task: Task = { journal, subject: row.values.subject, text: homework, set: date };
		this.dueOn.set(due, [...(this.dueOn.get(due) ?? []), { task, seq: row.seq }]);
	}

	private dueOf(lesson: BulletinLesson, date: string, number: number, journal: string): string | null {
		return text(lesson.due) ?? this.nextLesson(journal, date, number);
	}

	/** The day of the journal's next lesson by the timetable, some weeks ahead at most. */
	private nextLesson(journal: string, date: string, number: number): string | null {
		for (let day = date, i = 0; i < 7 * WEEKS_AHEAD; i++, day = dayAfter(day)) {
			const later = this.plannedOn(day).some((p) => p.journal === journal && (day > date || p.number > number));
			if (later) return day;
		}
		return null;
	}

	private plannedOn(date: string): Planned[] {
		if (!this.inTerm(date) || this.holiday(date) !== null) return [];
		const weekday = weekdayOf(date);
		return this.planned.filter((p) => p.weekday === weekday && p.starts <= date && (!p.ends || date < p.ends));
	}

	private inTerm(date: string): boolean {
		return this.terms.some((t) => t.starts <= date && date < t.ends);
	}

	private holiday(date: string): string | null {
		return this.breaks.find((b) => b.starts <= date && date < b.ends)?.name ?? null;
	}

	day(date: string): DiaryDay {
		const records = this.byDate.get(date) ?? new Map<string, Record>();
		const planned = new Map(this.plannedOn(date).map((p) => [`${p.number}/${p.journal}`, p]));
		const lines = new Map((this.own.get(date) ?? []).map((l) => [`${l.parts.number}/${l.parts.journal}`, l]));
		const due = this.dueOn.get(date) ?? [];
		const places = new Set([
			...planned.keys(),
			...records.keys(),
			...[...lines.keys()].filter((k) => stands(lines.get(k))),
		]);
		const taken = new Set<string>();
		const lessons = [...places]
			.map((place): DiaryLesson => {
				const [number = "", journal = ""] = place.split("/");
				const plan = planned.get(place);
				const record = records.get(place)?.values ?? null;
				const line = lines.get(place)?.values ?? null;
				const bell = this.bells.get(Number(number));
				const first = !taken.has(journal);
				taken.add(journal);
				return {
					journal,
					number: Number(number),
					subject: record?.subject ?? plan?.subject ?? this.planned.find((p) => p.journal === journal)?.subject ?? null,
					teacher: record?.teacher ?? null,
					room: plan?.room ?? null,
					starts: bell?.[0] ?? null,
					ends: bell?.[1] ?? null,
					topic: text(record?.topic),
					work: text(record?.work),
					weight: record?.weight ?? 1,
					homework: text(record?.homework),
					due: record && text(record.homework) ? this.dueOf(record, date, Number(number), journal) : null,
					marks: marksOf(line?.marks),
					presence: line?.presence ?? null,
					minutes: line?.minutes ?? null,
					excuse: line?.excuse ?? null,
					tasks: first ? due.filter((d) => d.task.journal === journal).map((d) => d.task) : [],
					published: record !== null || line !== null,
				};
			})
			.sort((a, b) => a.number - b.number);
		const seqs = [...lines.values()].map((l) => l.seq).concat(due.map((d) => d.seq));
		return {
			date,
			lessons,
			tasks: due.filter((d) => !taken.has(d.task.journal)).map((d) => d.task),
			holiday: this.holiday(date),
			inTerm: this.inTerm(date),
			seq: Math.max(0, ...seqs),
		};
	}
}

// A mark that was taken back leaves an empty line behind: no reason to show a lesson that isn't on the timetable.
function stands(line: View<"diary"> | undefined): boolean {
	return line !== undefined && (marksOf(line.values.marks).length > 0 || line.values.presence !== null);
}

/** The marks of a line; what is not a mark is left out. */
export function marksOf(rows: readonly (readonly unknown[])[] | null | undefined): DiaryMark[] {
	const found: DiaryMark[] = [];
	for (const [value, comment] of rows ?? []) {
		const mark = text(value);
		if (mark !== null) found.push({ value: mark, comment: text(comment) });
	}
	return found;
}

/**
 * Absences of a class across all its subjects: gathered by pupil and day, with the entries that set their reason.
 *
 * Holds always:
 * 1. A reason is only written beside an absence; presence is the subject teacher's and is never touched here.
 * 2. "Without a reason" means that nobody has said anything; «без причины» is a reason that somebody set.
 */

import type { CellState, Entry, View } from "../../engine/types";

export interface Absence {
	/** Key of the attendance record. */
	readonly key: string;
	readonly journal: string;
	readonly date: string;
	readonly number: number;
	readonly pupil: string;
	readonly reason: string | null;
	readonly state: CellState | undefined;
}

export interface Late {
	readonly journal: string;
	readonly date: string;
	readonly number: number;
	readonly pupil: string;
	readonly minutes: number | null;
}

export interface Attended {
	readonly absences: readonly Absence[];
	readonly lates: readonly Late[];
}

/** Absences and late arrivals in order of day and lesson. */
export function attendedOf(tables: Iterable<ReadonlyMap<string, View<"attendance">>>): Attended {
	const absences: Absence[] = [];
	const lates: Late[] = [];
	for (const rows of tables) {
		for (const row of rows.values()) {
			const { journal = "", date = "", number = "", pupil = "" } = row.parts;
			const { presence, reason, minutes } = row.values;
			const place = { journal, date, number: Number(number), pupil };
			if (presence === "absent") absences.push({ ...place, key: row.key, reason, state: row.states.reason });
			if (presence === "late") lates.push({ ...place, minutes });
		}
	}
	const order = (a: Late | Absence, b: Late | Absence): number =>
		a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1;
	return { absences: absences.sort(order), lates: lates.sort(order) };
}

/** Groups in the order in which their first member came. */
export function groupBy<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const one of all) {
		const group = found.get(by(one));
		if (group === undefined) found.set(by(one), [one]);
		else group.push(one);
	}
	return found;
}

/** The reason that all of them share; undefined when they differ. */
export function sharedReason(absences: readonly Absence[]): string | null | undefined {
	const first = absences[0]?.reason;
	return absences.every((a) => a.reason === first) ? first : undefined;
}

/** The entries that set a reason to all of these absences; those that have it already are left alone. */
export function settingReason(absences: readonly Absence[], reason: string | null): Entry[] {
	return absences.filter((a) => a.reason !== reason).map((a) => ({ kind: "attendance", key: a.key, set: { reason } }));
}

/** The entries that put back what stood before. */
export function puttingBack(absences: readonly Absence[], reason: string | null): Entry[] {
	return absences
		.filter((a) => a.reason !== reason)
		.map((a) => ({ kind: "attendance", key: a.key, set: { reason: a.reason } }));
}

/** Lesson numbers as people say them: [1, 2, 3, 5] is "1–3, 5". */
export function numbersText(numbers: readonly number[]): string {
	const sorted = [...new Set(numbers)].sort((a, b) => a - b);
	const runs: [number, number][] = [];
	for (const n of sorted) {
		const last = runs.at(-1);
		if (last && last[1] === n - 1) last[1] = n;
		else runs.push([n, n]);
	}
	return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

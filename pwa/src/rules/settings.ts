/** Settings of the school: within which bounds they make sense (`sync/settings.py`). */

import { THRESHOLDS } from "./marks";

type Bounds = readonly [least: number, most: number];
export const LOCK_MINUTES: Bounds = [1, 60];
export const LEASE_DAYS: Bounds = [1, 30];
export const MEANS: Bounds = [100, 500];
export const MARKS = 100;
const HOURS = /^([1-9]|[1-3][0-9]|40)$/;

type Cells = Readonly<Record<string, unknown>>;

/** The first of these cells of a school that makes no sense; null when all do. An empty cell always does. */
export function senseless(cells: Cells): string | null {
	for (const [cell, value] of Object.entries(cells))
		if ((value ?? null) !== null && !makesSense(cell, value)) return cell;
	return null;
}

function makesSense(cell: string, value: unknown): boolean {
	if (cell === "lock_minutes") return within(value, LOCK_MINUTES);
	if (cell === "lease_days") return within(value, LEASE_DAYS);
	if (cell === "thresholds") {
		const set = value as Cells;
		if (!Object.entries(set).every(([mark, mean]) => mark in THRESHOLDS && within(mean, MEANS))) return false;
		const [five, four, three] = ["5", "4", "3"].map((mark) => Number(set[mark] ?? THRESHOLDS[mark]));
		return (five ?? 0) > (four ?? 0) && (four ?? 0) > (three ?? 0);
	}
	if (cell === "floors") {
		return Object.entries(value as Cells).every(([hours, marks]) => HOURS.test(hours) && within(marks, [0, MARKS]));
	}
	return true;
}

function within(value: unknown, [least, most]: Bounds): boolean {
	return typeof value === "number" && Number.isInteger(value) && least <= value && value <= most;
}

/**
 * Locks of a term and of a school year, as a table: what is not in `STEPS` is illegal. As `sync/locks.py`.
 *
 * Holds always:
 * 1. The state at a moment is that of the last change at or before it.
 * 2. What was written before a lock may arrive after it for the school's grace.
 * 3. A term has no archive of its own: it goes there with its year.
 */

import { DAY } from "./days";

export type State = "open" | "locked" | "archived";

/** A change of a lock. */
export interface Change {
	readonly at: number;
	readonly state: State;
	readonly person: string;
}

export const GRACE_DAYS = 3;

const STEPS: Record<string, readonly string[]> = {
	open: ["open", "locked"],
	locked: ["locked", "open", "archived"],
	archived: ["archived"],
};

/** True when a lock may go from one state to the other; a year that nobody has locked is open. */
export function isLawful(state: string, next: string): boolean {
	return STEPS[state]?.includes(next) ?? false;
}

/** Moment and person of the lock in force at `moment`, or null when it was open. */
export function lockedSince(changes: readonly Change[], moment: number): readonly [at: number, person: string] | null {
	let since: readonly [number, string] | null = null;
	for (const { at, state, person } of changes) {
		if (at > moment) break;
		if (state === "open") since = null;
		else since ??= [at, person];
	}
	return since;
}

/**
 * The change that put it into the archive where it is at `moment`; by the last change like any state: of two tablets
 * that had not met, one may have opened the year after the other archived it and have come first.
 */
export function archivedAt(changes: readonly Change[], moment: number): Change | undefined {
	let since: Change | undefined;
	for (const change of changes) {
		if (change.at > moment) break;
		since = change.state === "archived" ? (since ?? change) : undefined;
	}
	return since;
}

/** The first moment at which an entry written before the lock arrives too late; `days` of the school's grace. */
export function graceUntil(lock: number, days: unknown): number {
	return lock + (typeof days === "number" ? days : GRACE_DAYS) * DAY;
}

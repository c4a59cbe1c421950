/**
 * Edit windows and term locks: until when a cell may still be changed without a second person. As `sync/windows.py`.
 *
 * Holds always:
 * 1. A window is half-open: at the instant it closes a correction is already too late (regulation 3.2.4).
 * 2. It runs from the moment the first value was given, not from the lesson's date.
 * 3. The state of a lock at a moment is that of its last change at or before it.
 */

import { DAY, type Span } from "./days";
import { type Facts, GRACE_DAYS, type TermFact, WINDOW_DAYS } from "./facts";
import type { Parts } from "./record";

const days = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise) * DAY;

/** The span in which a mark given at `given` (UTC ms) may be corrected. */
export function correctionWindow(given: number, facts: Facts): Span {
	return { opens: given, closes: given + days(facts.school.window_days, WINDOW_DAYS) };
}

/** Moment and person of the lock in force at `moment`, or null when the term was open. */
export function lockedSince(term: TermFact, moment: number): readonly [at: number, person: string] | null {
	let state: readonly [number, string] | null = null;
	for (const [at, locked, person] of term.changes) {
		if (at > moment) break;
		if (!locked) state = null;
		else state ??= [at, person];
	}
	return state;
}

/** The first moment at which an entry written before the lock arrives too late. */
export function graceUntil(lock: number, facts: Facts): number {
	return lock + days(facts.school.grace_days, GRACE_DAYS);
}

/** The term whose lock guards a record of this key, or null. */
export function termOf(dated: string, parts: Parts, facts: Facts): TermFact | null {
	if (dated === "term") return facts.terms.get(parts.term ?? "") ?? null;
	return dated ? facts.termOn(parts.date ?? "") : null;
}

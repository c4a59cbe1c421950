/**
 * Deadlines: until when an entry that waits on the tablet must arrive, lest it needs the deputy head.
 *
 * Nothing is reckoned here: the ladder itself is asked what it would say on arrival at each edge that lies ahead
 * (windows, locks with their grace, rights that end). The clock is not believed, as the server may not believe it.
 * Not here: what is late already; the server will say so.
 */

import type { Reason } from "../generated/messages";
import type { Facts, Values } from "./facts";
import { graceUntil, lockedSince } from "./locks";
import { type Case, edges, guardsOf, judge } from "./rules";

const NEVER = 2 ** 53; // the end of what has none

/** `until`: the first moment (UTC ms) that is too late. `reason`, `detail`: what will stand in the way then. */
export interface Deadline {
	readonly until: number;
	readonly reason: Reason;
	readonly detail: Values;
}

/** The deadline of an entry written at `written` and still here at `now`; null when none is known. */
export function deadlineOf(entry: Omit<Case, "arrived">, written: number, now: number, facts: Facts): Deadline | null {
	const fate = (wrote: number, arrived: number) =>
		judge({ ...entry, arrived }, facts, { after: wrote - 1, before: wrote, written: wrote, consistent: true });
	if (fate(written, now).verdict !== "accepted") return null;
	for (const edge of ahead({ ...entry, arrived: now }, now, facts)) {
		// Past the edge the server may take it for written there: only the tablet's clock says otherwise.
		const found = [fate(written, edge), fate(edge, edge)].find((one) => one.verdict !== "accepted");
		if (found) return { until: edge, reason: found.reason, detail: found.detail };
	}
	return null;
}

function ahead(entry: Case, now: number, facts: Facts): number[] {
	const locks = guardsOf(entry, facts).map((guard) => guard && lockedSince(guard.changes, now));
	const graces = locks.flatMap((lock) => (lock ? [graceUntil(lock[0], facts.school.grace_days)] : []));
	const all = [...edges(entry, facts), ...graces];
	return [...new Set(all)].filter((edge) => edge > now && edge < NEVER).sort((a, b) => a - b);
}

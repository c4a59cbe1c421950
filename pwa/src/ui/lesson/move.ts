/**
 * Moving a pupil's marks to another lesson: cleared here and given there with their comments, in one undo step.
 *
 * Presence stays where it is: it is about the day, not about the mark.
 */

import type { Entry } from "../../engine/types";
import { markKey, type Place, type Standing } from "../journal/cell";

/** Entries that move the marks; null when the other cell has no room for them, or there are none. */
export function moving(from: Place, standing: Standing, to: Place, target: Standing): Entry[] | null {
	const free = ([1, 2] as const).filter((nth) => !(nth === 1 ? target.first : target.second)?.values.value);
	const away: Entry[] = [];
	const there: Entry[] = [];
	for (const [nth, view] of [
		[1, standing.first],
		[2, standing.second],
	] as const) {
		const { value = null, comment = null } = view?.values ?? {};
		if (value === null) continue;
		const place = free.shift();
		if (place === undefined) return null;
		const stood = (place === 1 ? target.first : target.second)?.values.comment ?? null;
		away.push({ kind: "mark", key: markKey(from, nth), set: { value: null, ...(comment ? { comment: null } : {}) } });
		there.push({ kind: "mark", key: markKey(to, place), set: { value, ...(comment !== stood ? { comment } : {}) } });
	}
	return away.length > 0 ? [...away, ...there] : null;
}

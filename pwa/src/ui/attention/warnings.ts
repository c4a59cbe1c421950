/**
 * What a person should know before it is too late: deadlines of unsent entries, the tablet's lease, its store, and what
 * went with a store that is gone. Pure: what the engine says in, warnings out, the most urgent first.
 */

import { isTight } from "../../engine/storage";
import type { Deadline, Gap, Status } from "../../engine/types";
import type { Reason } from "../../generated/messages";
import { DAY } from "../../rules/days";

export type Warning =
	| { readonly kind: "lost"; readonly gaps: readonly Gap[] }
	| { readonly kind: "signedOut"; readonly unsent: number }
	| {
			readonly kind: "late";
			readonly count: number;
			/** When the first of them leaves its time. */
			readonly until: number;
			readonly reason: Reason;
			readonly detail: Readonly<Record<string, unknown>>;
	  }
	| { readonly kind: "lease"; readonly until: number }
	| { readonly kind: "fleeting" }
	| { readonly kind: "tight"; readonly left: number }
	| { readonly kind: "carry"; readonly unsent: number; readonly safe: boolean };

/** The status line says the others in its own words. */
export function isCounted({ kind }: Warning): boolean {
	return kind !== "carry" && kind !== "signedOut";
}

const AHEAD = 3 * DAY;
const MANY = 50;

/** `now` by the server's clock, as all moments here. */
export function warningsOf(status: Status, deadlines: readonly Deadline[], now: number): Warning[] {
	const found: Warning[] = [];
	const { unsent, oldestUnsent, room, leaseEnds } = status;
	if (status.lost.length) found.push({ kind: "lost", gaps: status.lost });
	if (status.signedOut) found.push({ kind: "signedOut", unsent });
	found.push(...late(deadlines, now));
	if (leaseEnds !== null && leaseEnds - now <= AHEAD) found.push({ kind: "lease", until: leaseEnds });
	if (status.fleeting) found.push({ kind: "fleeting" });
	if (room && isTight(room)) found.push({ kind: "tight", left: Math.max(0, room.quota - room.used) });
	const old = oldestUnsent !== null && now - oldestUnsent >= DAY;
	if (unsent >= MANY || old) found.push({ kind: "carry", unsent, safe: status.persisted === true });
	return found;
}

/** One warning for each reason, the nearest first. */
function late(deadlines: readonly Deadline[], now: number): Warning[] {
	const byReason = new Map<Reason, Warning & { kind: "late" }>();
	for (const { until, reason, detail } of deadlines) {
		if (until <= now || until - now > AHEAD) continue;
		const other = byReason.get(reason);
		const first = !other || until < other.until ? { until, detail } : { until: other.until, detail: other.detail };
		byReason.set(reason, { kind: "late", reason, count: (other?.count ?? 0) + 1, ...first });
	}
	return [...byReason.values()].sort((a, b) => a.until - b.until);
}

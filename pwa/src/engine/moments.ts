/**
 * Moments: a time of the tablet's own that only grows, for what a turned clock must not extend: the offline lease, the
 * hours of a PIN, the waiting after wrong tries.
 *
 * It follows the wall clock forwards and stands still when that is turned back, then goes on from there. The server's
 * time lifts it too. Lies in the clear: it guards what a person would do with a clock, not with the files.
 */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The lease and the idle time where the school has said nothing. */
export const LEASE_DAYS = 14;
const LEASE_MOST = 30;
export const LOCK_MINUTES = 5;

/** `time`: the time that only grows. `own`: what the wall clock showed when it was last looked at. */
export interface Grown {
	readonly time: number;
	readonly own: number;
}

/** What the school has set. */
export interface Terms {
	readonly lockMinutes: number;
	readonly leaseDays: number;
}

/** The time now. `server`: the server's time, where it has just told it. */
export function grown(before: Grown | undefined, own: number, server = 0): Grown {
	if (!before) return { time: Math.max(own, server), own };
	return { time: Math.max(before.time + Math.max(0, own - before.own), server), own };
}

/** What is left of the lease, ms; 0: it is over. `since`: the time of the last contact. */
export function leaseLeft(since: number, terms: Terms, now: Grown): number {
	return Math.max(0, since + Math.min(terms.leaseDays, LEASE_MOST) * DAY - now.time);
}

/** The school's settings as they lie in its record; what is not set, or makes no sense, is the default. */
export function termsOf(set: { lock_minutes?: number | null; lease_days?: number | null } | undefined): Terms {
	const or = (value: number | null | undefined, otherwise: number) => (value && value > 0 ? value : otherwise);
	return {
		lockMinutes: or(set?.lock_minutes, LOCK_MINUTES),
		leaseDays: Math.min(or(set?.lease_days, LEASE_DAYS), LEASE_MOST),
	};
}

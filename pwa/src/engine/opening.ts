/**
 * Opening: how one person's store stands behind its lock: what opens it, who has to wait, whether its lease has ended.
 *
 * Holds always: time only grows here, whatever the tablet's clock is turned to.
 * Not here: trying a secret, and what that costs (`lock`), which a tablet that opens by itself need not have.
 */

import type { Wraps } from "./keys";
import { type Grown, grown, leaseLeft, type Terms, termsOf } from "./moments";
import type { Meta, Store, Tries, Writing } from "./store";
import type { Surroundings } from "./surroundings";

export const PIN = /^\d{6,12}$/;
export const PASSPHRASE_LEAST = 10;
/** The one that takes the journals. */
export const TRIES = 10;
export const NO_TRIES: Tries = { count: 0, last: 0 };
const FREE_TRIES = 4;
const FIRST_WAIT = 30_000;

/** How a store opens now. `waitUntil`: by the tablet's clock, 0 when nobody waits. */
export interface Opening {
	readonly free: boolean;
	readonly pinUntil: number | null;
	readonly passphrase: boolean;
	readonly tries: number;
	readonly waitUntil: number;
	readonly lapsed: boolean;
	/** The tablet's clock minus the time that only grows: below 0 after the clock was turned back. */
	readonly ahead: number;
	readonly terms: Terms;
}

/** Looks at the clock, and takes away what has expired. */
export async function openingOf(around: Surroundings, store: Store): Promise<Opening> {
	return store.write(async (tx) => {
		const now = await timeOf(around, tx);
		const wraps = lawful((await tx.meta("wraps")) ?? {}, now);
		tx.setMeta({ wraps });
		const tries = (await tx.meta("tries")) ?? NO_TRIES;
		const terms = (await tx.meta("terms")) ?? termsOf(undefined);
		const since = await leaseOf(tx, now);
		const own = Math.round(around.now());
		const ahead = own - now.time; // moments are shown by the clock on the wall
		const wait = waitAfter(tries, now);
		return {
			free: Boolean(await tx.meta("key")),
			pinUntil: wraps.warm?.until ? wraps.warm.until + ahead : null,
			passphrase: Boolean(wraps.cold),
			tries: tries.count,
			waitUntil: wait ? own + wait : 0,
			lapsed: leaseLeft(since, terms, now) === 0,
			ahead,
			terms,
		};
	});
}

/** The time that only grows, as it is now. */
export async function timeOf(around: Surroundings, tx: Writing): Promise<Grown> {
	const time = grown(await tx.meta("time"), Math.round(around.now()));
	tx.setMeta({ time });
	return time;
}

/** A store made before there were leases: its lease begins when it is first looked at. */
async function leaseOf(tx: Writing, now: Grown): Promise<Meta["lease"]> {
	const stands = await tx.meta("lease");
	if (stands === undefined) tx.setMeta({ lease: now.time });
	return stands ?? now.time;
}

/** Without the PIN once its time is over. */
export function lawful(wraps: Wraps, now: Grown): Wraps {
	const { warm, ...others } = wraps;
	return warm && (warm.until ?? 0) > now.time ? wraps : others;
}

/** ms until the next try. */
export function waitAfter({ count, last }: Tries, now: Grown): number {
	if (count <= FREE_TRIES) return 0;
	return Math.max(0, last + FIRST_WAIT * 2 ** (count - FREE_TRIES - 1) - now.time);
}

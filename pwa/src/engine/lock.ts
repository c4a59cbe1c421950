/**
 * Lock: who may have the data key of one person's store, and what wrong tries cost.
 *
 * Holds always:
 * 1. A try is counted on disk before it is made: neither a closed tab nor a second one saves a try.
 * 2. From the 5th wrong try on a growing wait; the 10th takes the journals and every wrap. The sealed outbox stays.
 * 3. A PIN opens for 12 hours after the last passphrase or sign-in, by a time that a turned clock does not hold back.
 * It guards what hands do at the tablet. Whoever copies the files and the browser's own key may guess as fast as
 * Argon2id lets them: the screen says so.
 */

import type { Keys, Purpose, Wrap, Wraps } from "./keys";
import { type Grown, grown, HOUR, leaseLeft, type Terms, termsOf } from "./moments";
import type { Meta, Store, Tries, Writing } from "./store";
import type { Surroundings } from "./surroundings";
import { EngineError } from "./types";

export const PIN = /^\d{6,12}$/;
export const PASSPHRASE_LEAST = 10;
const PIN_LASTS = 12 * HOUR;
const FREE_TRIES = 4;
const TRIES = 10;
const FIRST_WAIT = 30_000;

const NO_TRIES: Tries = { count: 0, last: 0 };

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

export class Lock {
	private readonly around: Surroundings;
	private readonly store: Store;
	private readonly owner: string;

	/** `owner`: "school|person". */
	constructor(around: Surroundings, store: Store, owner: string) {
		this.around = around;
		this.store = store;
		this.owner = owner;
	}

	/** Looks at the clock, and takes away what has expired. */
	async look(): Promise<Opening> {
		return this.store.write(async (tx) => {
			const now = await this.now(tx);
			const wraps = lawful((await tx.meta("wraps")) ?? {}, now);
			tx.setMeta({ wraps });
			const tries = (await tx.meta("tries")) ?? NO_TRIES;
			const terms = (await tx.meta("terms")) ?? termsOf(undefined);
			const since = await this.lease(tx, now);
			const ahead = this.own() - now.time; // moments are shown by the clock on the wall
			const wait = waitAfter(tries, now);
			return {
				free: Boolean(await tx.meta("key")),
				pinUntil: wraps.warm?.until ? wraps.warm.until + ahead : null,
				passphrase: Boolean(wraps.cold),
				tries: tries.count,
				waitUntil: wait ? this.own() + wait : 0,
				lapsed: leaseLeft(since, terms, now) === 0,
				ahead,
				terms,
			};
		});
	}

	/** The data key. Throws EngineError: see `Locking.unlock`. */
	async open(secret: string): Promise<Keys> {
		const wraps = await this.count();
		const found = await this.attempt(wraps, secret);
		if (!found) {
			const { count } = (await this.store.meta("tries")) ?? NO_TRIES;
			if (count < TRIES) throw new EngineError("wrong_secret");
			await this.wipe();
			throw new EngineError("wiped");
		}
		await this.store.write(async (tx) => {
			const now = await this.now(tx);
			const stands = (await tx.meta("wraps")) ?? {};
			// Whoever knows the passphrase may go on with the PIN.
			const renewed = found.purpose === "cold" && stands.warm;
			if (renewed) tx.setMeta({ wraps: { ...stands, warm: { ...renewed, until: now.time + PIN_LASTS } } });
			tx.setMeta({ tries: NO_TRIES });
		});
		return found.keys;
	}

	/** The data key by a password that the server has just accepted: nothing is counted. null: it opens with another. */
	async openVouched(password: string): Promise<Keys | null> {
		const { cold } = (await this.store.meta("wraps")) ?? {};
		const device = await this.store.meta("device");
		const { unwrapKeys } = await import("./keys");
		return cold && device ? unwrapKeys(this.around, device, cold, password, this.about("cold")) : null;
	}

	/** The key under a secret, ready to be written. Makes the device key where there is none yet. */
	async wrap(keys: Keys, purpose: Purpose, secret: string): Promise<Wrap> {
		const device = await this.deviceKey();
		const now = await this.store.write((tx) => this.now(tx));
		const until = purpose === "warm" ? now.time + PIN_LASTS : null;
		const { wrapKeys } = await import("./keys");
		return wrapKeys(this.around, device, keys, secret, { ...this.about(purpose), made: now.time, until });
	}

	/** The same, written. */
	async keep(keys: Keys, purpose: Purpose, secret: string): Promise<void> {
		const wrap = await this.wrap(keys, purpose, secret);
		await this.store.write(async (tx) => {
			tx.setMeta({ wraps: { ...(await tx.meta("wraps")), [purpose]: wrap } });
		});
	}

	/** Takes the journals and every key; what is unsent stays sealed, for the server alone where it has a parcel. */
	async wipe(): Promise<void> {
		await this.store.write(async (tx) => {
			const server = await tx.meta("server");
			// An answer on its way to another tab finds that its turn is over, and brings no row back.
			if (server) tx.setMeta({ server: { ...server, turn: server.turn + 1, whole: false } });
			tx.dropRows();
			tx.dropMeta("key", "wraps", "tries", "session", "cursors", "staging", "followed");
		});
	}

	private about(purpose: Purpose): { owner: string; purpose: Purpose } {
		return { owner: this.owner, purpose };
	}

	/** One try more; the wraps to try. */
	private async count(): Promise<Wraps> {
		const before = (await this.store.meta("tries")) ?? NO_TRIES;
		// The tab was closed while the tenth was being tried.
		if (before.count >= TRIES) {
			await this.wipe();
			throw new EngineError("wiped");
		}
		return this.store.write(async (tx) => {
			const now = await this.now(tx);
			const wraps = lawful((await tx.meta("wraps")) ?? {}, now);
			const tries = (await tx.meta("tries")) ?? NO_TRIES;
			const wait = waitAfter(tries, now);
			if (wait) throw new EngineError("too_many_tries", Math.ceil(wait / 1000));
			if (!wraps.cold && !wraps.warm) throw new EngineError("no_session");
			tx.setMeta({ wraps, tries: { count: tries.count + 1, last: now.time } });
			return wraps;
		});
	}

	private async attempt(wraps: Wraps, secret: string): Promise<{ keys: Keys; purpose: Purpose } | null> {
		const device = await this.store.meta("device");
		const { unwrapKeys } = await import("./keys");
		if (!device) return null;
		for (const purpose of ["warm", "cold"] as const) {
			const wrap = wraps[purpose];
			const fits = purpose === "warm" ? PIN.test(secret) : secret.length >= PASSPHRASE_LEAST;
			const keys = wrap && fits ? await unwrapKeys(this.around, device, wrap, secret, this.about(purpose)) : null;
			if (keys) return { keys, purpose };
		}
		return null;
	}

	private async deviceKey(): Promise<CryptoKey> {
		const { crypto } = this.around;
		if (!crypto) throw new EngineError("closed");
		const { makeDeviceKey } = await import("./keys");
		const fresh = await makeDeviceKey(crypto);
		return this.store.write(async (tx) => {
			const stands = await tx.meta("device");
			if (!stands) tx.setMeta({ device: fresh });
			return stands ?? fresh;
		});
	}

	private own(): number {
		return Math.round(this.around.now());
	}

	private async now(tx: Writing): Promise<Grown> {
		const time = grown(await tx.meta("time"), this.own());
		tx.setMeta({ time });
		return time;
	}

	/** A store made before there were leases: its lease begins when it is first looked at. */
	private async lease(tx: Writing, now: Grown): Promise<Meta["lease"]> {
		const stands = await tx.meta("lease");
		if (stands === undefined) tx.setMeta({ lease: now.time });
		return stands ?? now.time;
	}
}

function lawful(wraps: Wraps, now: Grown): Wraps {
	const { warm, ...others } = wraps;
	return warm && (warm.until ?? 0) > now.time ? wraps : others;
}

function waitAfter({ count, last }: Tries, now: Grown): number {
	if (count <= FREE_TRIES) return 0;
	return Math.max(0, last + FIRST_WAIT * 2 ** (count - FREE_TRIES - 1) - now.time);
}

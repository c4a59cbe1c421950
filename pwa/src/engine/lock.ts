/**
 * Lock: who may have the data key of one person's store, and what wrong tries cost.
 *
 * Holds always:
 * 1. A try is counted on disk before it is made: neither a closed tab nor a second one saves a try.
 * 2. From the 5th wrong try on a growing wait; the 10th takes the journals and every wrap. The sealed outbox stays.
 * 3. A PIN opens for 12 hours after the last passphrase or sign-in, by a time that a turned clock does not hold back.
 * Not here: how a store stands (`opening`).
 * It guards what hands do at the tablet. Whoever copies the files and the browser's own key may guess as fast as
 * Argon2id lets them: the screen says so.
 */

import { type Keys, makeDeviceKey, type Purpose, unwrapKeys, type Wrap, type Wraps, wrapKeys } from "./keys";
import { HOUR } from "./moments";
import { lawful, NO_TRIES, PASSPHRASE_LEAST, PIN, TRIES, timeOf, waitAfter } from "./opening";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { EngineError } from "./types";

const PIN_LASTS = 12 * HOUR;

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
			const now = await timeOf(this.around, tx);
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
		return cold && device ? unwrapKeys(this.around, device, cold, password, this.about("cold")) : null;
	}

	/** The key under a secret, ready to be written. Makes the device key where there is none yet. */
	async wrap(keys: Keys, purpose: Purpose, secret: string): Promise<Wrap> {
		const device = await this.deviceKey();
		const now = await this.store.write((tx) => timeOf(this.around, tx));
		const until = purpose === "warm" ? now.time + PIN_LASTS : null;
		return wrapKeys(this.around, device, keys, secret, { ...this.about(purpose), made: now.time, until });
	}

	/** The same, written. */
	async keep(keys: Keys, purpose: Purpose, secret: string): Promise<void> {
		const wrap = await this.wrap(keys, purpose, secret);
		await this.store.write(async (tx) => {
			tx.setMeta({ wraps: { ...(await tx.meta("wraps")), [purpose]: wrap } });
		});
	}

	/** Takes the journals and every key; what is unsent stays sealed, for the server alone where it has a parcel. The tries
	 * stay too, until the next sign-in: whoever takes the tablet up is told why nothing opens. */
	async wipe(): Promise<void> {
		await this.store.write(async (tx) => {
			const server = await tx.meta("server");
			// An answer on its way to another tab finds that its turn is over, and brings no row back.
			if (server) tx.setMeta({ server: { ...server, turn: server.turn + 1, whole: false } });
			tx.dropRows();
			tx.dropMeta("key", "wraps", "session", "cursors", "staging", "followed");
		});
	}

	private about(purpose: Purpose): { owner: string; purpose: Purpose } {
		return { owner: this.owner, purpose };
	}

	/** One try more; the wraps to try. */
	private async count(): Promise<Wraps> {
		const found = await this.store.write(async (tx) => {
			const now = await timeOf(this.around, tx);
			const wraps = lawful((await tx.meta("wraps")) ?? {}, now);
			if (!wraps.cold && !wraps.warm) throw new EngineError("no_session");
			const tries = (await tx.meta("tries")) ?? NO_TRIES;
			// The tab was closed while the tenth was being tried.
			if (tries.count >= TRIES) return null;
			const wait = waitAfter(tries, now);
			if (wait) throw new EngineError("too_many_tries", Math.ceil(wait / 1000));
			tx.setMeta({ wraps, tries: { count: tries.count + 1, last: now.time } });
			return wraps;
		});
		if (found) return found;
		await this.wipe();
		throw new EngineError("wiped");
	}

	private async attempt(wraps: Wraps, secret: string): Promise<{ keys: Keys; purpose: Purpose } | null> {
		const device = await this.store.meta("device");
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
		const fresh = await makeDeviceKey(crypto);
		return this.store.write(async (tx) => {
			const stands = await tx.meta("device");
			if (!stands) tx.setMeta({ device: fresh });
			return stands ?? fresh;
		});
	}
}

/**
 * Admit: which key opens a person's store after a sign-in at the server, and under what it is wrapped from then on.
 *
 * Holds always:
 * 1. Staff get a key under a passphrase; families one that lies in the store and can't be taken out of the browser.
 * 2. What was sealed under the key before is sealed anew under the next one, in the transaction that writes the new
 *    key's wrap. Where the old key can't be had, rows go (the server has them) and the outbox stays, for its parcels.
 */

import { isFamily } from "../rules/family";
import { Case, type Sealed } from "./case";
import { type Keys, makeKeys, type Purpose, type Wraps } from "./keys";
import { Lock } from "./lock";
import { PASSPHRASE_LEAST } from "./opening";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import type { Session } from "./types";

/** The key for whom the server has just let in. `mine`: the one in memory, when the person sits here already. */
export async function admit(
	around: Surroundings,
	store: Store,
	session: Session,
	password: string,
	mine: Keys | null,
): Promise<Keys> {
	const { crypto } = around;
	if (!crypto) throw new Error("nothing can be sealed on this page");
	const owner = `${session.school}|${session.person}`;
	const lock = new Lock(around, store, owner);
	const plain = await store.meta("key");
	const wrapped = Object.keys((await store.meta("wraps")) ?? {}).length > 0;
	if (isFamily(session) && !wrapped) {
		const fresh = await Case.makeKey(crypto);
		const data = await store.write(async (tx) => {
			const stands = await tx.meta("key");
			if (!stands) tx.setMeta({ key: fresh });
			return stands ?? fresh;
		});
		return { data, spare: null };
	}
	const opened = mine?.spare ? mine : await lock.openVouched(password);
	const keys = opened ?? (await makeKeys(crypto));
	const cold = password.length >= PASSPHRASE_LEAST ? await lock.wrap(keys, "cold", password) : null;
	await rekey(
		crypto,
		store,
		owner,
		opened ? null : (plain ?? mine?.data ?? null),
		keys,
		opened !== null,
		cold ? { cold } : {},
	);
	return keys;
}

/** A case that opened without a secret gets one. */
export async function enclose(
	around: Surroundings,
	store: Store,
	owner: string,
	before: CryptoKey,
	secrets: Readonly<Record<Purpose, string>>,
): Promise<Keys> {
	const { crypto } = around;
	if (!crypto) throw new Error("nothing can be sealed on this page");
	const keys = await makeKeys(crypto);
	const lock = new Lock(around, store, owner);
	const wraps = {
		cold: await lock.wrap(keys, "cold", secrets.cold),
		warm: await lock.wrap(keys, "warm", secrets.warm),
	};
	await rekey(crypto, store, owner, before, keys, false, wraps);
	return keys;
}

/**
 * Writes the wraps, and seals anew what `before` opens. `same`: the key is the one that everything is sealed with.
 * Without either, rows go.
 */
async function rekey(
	crypto: Crypto,
	store: Store,
	owner: string,
	before: CryptoKey | null,
	keys: Keys,
	same: boolean,
	wraps: Wraps,
): Promise<void> {
	const counter = await store.meta("counter");
	const next = new Case(crypto, keys.data, owner);
	const old = before && new Case(crypto, before, owner);
	const anew: ["scope" | "staged" | "outbox", number | string, Sealed][] = [];
	for (const name of ["scope", "staged", "outbox"] as const) {
		for (const [key, record] of old ? await store.all(name) : []) {
			const under = typeof key === "number" ? `${counter?.device ?? ""}:${key}` : key;
			const value = await old?.open<unknown>(name, under, record).catch(() => null);
			if (value) anew.push([name, key, { ...record, ...(await next.seal(name, under, value)) }]);
		}
	}
	const session = old && (await store.meta("session"));
	const said = session && (await old.open<Session>("meta", "session", session).catch(() => null));
	const sealed = said && (await next.seal("meta", "session", said));
	await store.write(async (tx) => {
		const stands = same ? ((await tx.meta("wraps")) ?? {}) : {};
		if (!same && !sealed) tx.dropRows();
		for (const [name, key, record] of anew) tx.put(name, record, key);
		tx.setMeta({ wraps: { ...stands, ...wraps }, tries: { count: 0, last: 0 } });
		if (sealed) tx.setMeta({ session: sealed });
		else if (!same) tx.dropMeta("session", "cursors", "staging");
		tx.dropMeta("key");
	});
}

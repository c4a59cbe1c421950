/**
 * Secrets: whoever is at work sets a PIN, or another passphrase.
 *
 * Holds always: a PIN never stands alone. It ends after twelve hours, and then a passphrase must open.
 */

import { enclose } from "./admit";
import type { Keys } from "./keys";
import { Lock } from "./lock";
import { openingOf, PASSPHRASE_LEAST, PIN } from "./opening";
import { nameOf, type Opened } from "./session";
import type { Surroundings } from "./surroundings";
import { EngineError } from "./types";

/** The next key, where the case has opened without a secret until now; else null, the key stays. Throws EngineError. */
export async function setPin(
	around: Surroundings,
	{ held, keys }: Opened,
	pin: string,
	passphrase = "",
): Promise<Keys | null> {
	const { store } = held;
	const owner = nameOf(held);
	if (!PIN.test(pin)) throw new EngineError("wrong_secret");
	const stands = keys.spare && (await openingOf(around, store)).passphrase;
	if (!stands && !fits(passphrase)) throw new EngineError("needs_passphrase");
	if (!keys.spare) return enclose(around, store, owner, keys.data, { warm: pin, cold: passphrase });
	const lock = new Lock(around, store, owner);
	if (fits(passphrase)) await lock.keep(keys, "cold", passphrase);
	await lock.keep(keys, "warm", pin);
	return null;
}

/** Throws EngineError. */
export async function setPassphrase(around: Surroundings, { held, keys }: Opened, passphrase: string): Promise<void> {
	if (!fits(passphrase) || !keys.spare) throw new EngineError("wrong_secret");
	await new Lock(around, held.store, nameOf(held)).keep(keys, "cold", passphrase);
}

function fits(passphrase: string): boolean {
	return passphrase.length >= PASSPHRASE_LEAST;
}

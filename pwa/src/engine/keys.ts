/**
 * Keys: the data key that everything at rest is sealed with, and its wraps: the same key under a secret that only a
 * person knows.
 *
 * key under a secret = HMAC(device key, Argon2id(secret, salt)): whoever copies the files without this browser's own
 * device key can't even begin to guess. Where the memory for Argon2id fails, PBKDF2; the wrap says which.
 *
 * Holds always:
 * 1. The data key works in memory only as a key that can't be taken out. So that it can be wrapped again (a new PIN), it
 *    also lies beside itself as a `spare`, under another such key that is never stored.
 * 2. A wrap opens only for the person and the purpose it was made for.
 * Not here: who may try how often (`lock`).
 */

import type { Surroundings } from "./surroundings";

/** How a secret is stretched. */
type Stretching = "argon2id" | "pbkdf2";

/** The data key under a secret. `until`: by the tablet's grown time (`moments`); null: without end. */
export interface Wrap {
	readonly kdf: Stretching;
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly box: ArrayBuffer;
	readonly made: number;
	readonly until: number | null;
}

/** cold: under the passphrase, without end. warm: under the PIN, for hours. */
export type Purpose = "cold" | "warm";

export type Wraps = Partial<Record<Purpose, Wrap>>;

interface Spare {
	readonly key: CryptoKey;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly box: ArrayBuffer;
}

/** The data key in memory. `spare` null: it was made so that it can't be wrapped (it lies in the store). */
export interface Keys {
	readonly data: CryptoKey;
	readonly spare: Spare | null;
}

const AES = { name: "AES-GCM", length: 256 } as const;
const ROUNDS = 600_000;

type Box = Pick<Wrap, "iv" | "box">;

/** A fresh data key. */
export function makeKeys(crypto: Crypto): Promise<Keys> {
	return fromBytes(crypto, crypto.getRandomValues(new Uint8Array(32)));
}

/** A key of this browser alone: it can be used, never read. */
export function makeDeviceKey(crypto: Crypto): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
}

/** Wraps the key under a secret, stretched the best way that this browser can. */
export async function wrapKeys(
	around: Surroundings,
	device: CryptoKey,
	keys: Keys,
	secret: string,
	about: { owner: string; purpose: Purpose; made: number; until: number | null },
): Promise<Wrap> {
	const crypto = cryptoOf(around);
	if (!keys.spare) throw new Error("this key was made to stay where it is");
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const { kdf, bytes } = await stretch(around, secret, salt);
	const lock = await mix(crypto, device, bytes);
	const raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: keys.spare.iv }, keys.spare.key, keys.spare.box);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const terms = { name: "AES-GCM", iv, additionalData: label(about.owner, about.purpose) };
	const box = await crypto.subtle.encrypt(terms, lock, raw);
	new Uint8Array(raw).fill(0);
	return { kdf, salt, iv, box, made: about.made, until: about.until };
}

/** The key from its wrap; null when the secret is another one. */
export async function unwrapKeys(
	around: Surroundings,
	device: CryptoKey,
	wrap: Wrap,
	secret: string,
	about: { owner: string; purpose: Purpose },
): Promise<Keys | null> {
	const crypto = cryptoOf(around);
	const { bytes } = await stretch(around, secret, wrap.salt, wrap.kdf);
	const lock = await mix(crypto, device, bytes);
	const terms = { name: "AES-GCM", iv: wrap.iv, additionalData: label(about.owner, about.purpose) };
	try {
		return await fromBytes(crypto, new Uint8Array(await crypto.subtle.decrypt(terms, lock, wrap.box)));
	} catch {
		return null;
	}
}

/** `raw` is overwritten. */
async function fromBytes(crypto: Crypto, raw: Uint8Array<ArrayBuffer>): Promise<Keys> {
	const { subtle } = crypto;
	const data = await subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
	const key = await subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const spare: Box = { iv, box: await subtle.encrypt({ name: "AES-GCM", iv }, key, raw) };
	raw.fill(0);
	return { data, spare: { key, ...spare } };
}

/** The same secret must open however its letters were composed by the keyboard. */
async function stretch(
	around: Surroundings,
	secret: string,
	salt: Uint8Array<ArrayBuffer>,
	kdf: Stretching = "argon2id",
): Promise<{ kdf: Stretching; bytes: Uint8Array<ArrayBuffer> }> {
	const said = secret.normalize("NFKC");
	if (kdf === "argon2id") {
		const bytes = await around.argon2id(said, salt);
		if (bytes) return { kdf, bytes };
	}
	const { subtle } = cryptoOf(around);
	const key = await subtle.importKey("raw", new TextEncoder().encode(said), "PBKDF2", false, ["deriveBits"]);
	const terms = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
	return { kdf: "pbkdf2", bytes: new Uint8Array(await subtle.deriveBits(terms, key, 256)) };
}

async function mix(crypto: Crypto, device: CryptoKey, stretched: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	const mixed = await crypto.subtle.sign("HMAC", device, stretched);
	stretched.fill(0);
	return crypto.subtle.importKey("raw", mixed, AES, false, ["encrypt", "decrypt"]);
}

function label(owner: string, purpose: Purpose): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`${owner}|wrap|${purpose}`);
}

function cryptoOf({ crypto }: Surroundings): Crypto {
	if (!crypto) throw new Error("nothing can be sealed on this page");
	return crypto;
}

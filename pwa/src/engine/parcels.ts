/**
 * Parcels: each op sealed a second time, to the server: a locked, revoked or forgotten tablet hands it in through
 * anybody, who can neither read it nor make one up.
 *
 * key of a parcel = HKDF(ECDH(a key pair of this unlocking, the server's public key)). In it lie the op as `sync`
 * would send it and a MAC under a key that the server gave to this device for this person (sync/README.md).
 *
 * Holds always:
 * 1. Sealing needs the person's MAC key, which lies under the data key; delivering needs nothing.
 * 2. A parcel is bound to its school, device and number: it can't be passed off as another op.
 * Not here: when parcels go (`courier`).
 */

import { MAX_OPS, type Op, type Parcel } from "../generated/messages";

/** As it lies in the store. */
export interface SealedParcel {
	readonly epk: Uint8Array<ArrayBuffer>;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly box: ArrayBuffer;
}

/** What a batch of parcels may weigh as JSON; the server takes 512 KB. */
const MAX_PARCEL_BYTES = 480 * 1024;

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const text = new TextEncoder();

/** Seals the ops of one person on one device. */
export class Sealer {
	private readonly crypto: Crypto;
	private readonly school: string;
	private readonly person: string;
	readonly device: string;
	private readonly mac: CryptoKey;
	private readonly key: CryptoKey;
	private readonly epk: Uint8Array<ArrayBuffer>;

	private constructor(crypto: Crypto, whose: Whose, mac: CryptoKey, key: CryptoKey, epk: Uint8Array<ArrayBuffer>) {
		this.crypto = crypto;
		this.school = whose.school;
		this.person = whose.person;
		this.device = whose.device;
		this.mac = mac;
		this.key = key;
		this.epk = epk;
	}

	/** With a fresh key pair; null when the server has not said how to seal, or said it wrongly. */
	static async make(crypto: Crypto, whose: Whose): Promise<Sealer | null> {
		const { subtle } = crypto;
		if (!whose.seal || !whose.mac) return null;
		try {
			const server = await subtle.importKey("raw", bytesOf(whose.seal), CURVE, false, []);
			const pair = (await subtle.generateKey(CURVE, false, ["deriveBits"])) as CryptoKeyPair;
			const epk = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
			const shared = await subtle.deriveBits({ name: "ECDH", public: server }, pair.privateKey, 256);
			const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
			const terms = { name: "HKDF", hash: "SHA-256", salt: epk, info: text.encode("zvonok parcel 1") };
			const key = await subtle.deriveKey(terms, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
			const hmac = { name: "HMAC", hash: "SHA-256" };
			const mac = await subtle.importKey("raw", bytesOf(whose.mac), hmac, false, ["sign"]);
			return new Sealer(crypto, whose, mac, key, epk);
		} catch {
			return null;
		}
	}

	async seal(op: Op): Promise<SealedParcel> {
		const { subtle } = this.crypto;
		const said = text.encode(JSON.stringify(op));
		const bound = `${this.school}|${this.person}|${this.device}|${op.n}|`;
		const mac = await subtle.sign("HMAC", this.mac, joined(text.encode(bound), said));
		const iv = this.crypto.getRandomValues(new Uint8Array(12));
		const additionalData = text.encode(`${this.school}|${this.device}|${op.n}`);
		const plain = joined(said, new Uint8Array(mac));
		return { epk: this.epk, iv, box: await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, this.key, plain) };
	}
}

/** Whose ops are sealed, and with what. `seal`, `mac`: as the server said them. */
export interface Whose {
	readonly school: string;
	readonly person: string;
	readonly device: string;
	readonly seal: string;
	readonly mac: string;
}

export function wireParcel(n: number, { epk, iv, box }: SealedParcel): Parcel {
	return [n, base64(epk), base64(iv), base64(new Uint8Array(box))];
}

/** As many from the first on as one request may carry. */
export function batchOf(parcels: readonly Parcel[]): Parcel[] {
	const found: Parcel[] = [];
	let left = MAX_PARCEL_BYTES;
	for (const parcel of parcels.slice(0, MAX_OPS)) {
		left -= JSON.stringify(parcel).length + 1;
		if (left < 0 && found.length) break;
		found.push(parcel);
	}
	return found;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(a.length + b.length);
	whole.set(a);
	whole.set(b, a.length);
	return whole;
}

export function base64(bytes: Uint8Array): string {
	let said = "";
	for (const byte of bytes) said += String.fromCharCode(byte);
	return btoa(said);
}

export function bytesOf(said: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(said), (letter) => letter.charCodeAt(0));
}

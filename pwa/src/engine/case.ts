/**
 * Case: the locked case that everything at rest lies in. AES-GCM, a random key per person and tablet that can't be
 * taken out of memory, a fresh nonce per sealing.
 *
 * Holds always:
 * 1. Nothing but `Case` seals or opens.
 * 2. A sealed record opens only under the name it was sealed under (school, person, store, key): records can't be
 *    swapped on disk.
 * Not here: who may have the key (`lock`), and where it lies meanwhile (`keys`).
 */

export interface Sealed {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly box: ArrayBuffer;
}

export class Case {
	readonly crypto: Crypto;
	private readonly key: CryptoKey;
	private readonly owner: string;

	constructor(crypto: Crypto, key: CryptoKey, owner: string) {
		this.crypto = crypto;
		this.key = key;
		this.owner = owner;
	}

	/** A key for a case that opens without a secret: it is stored as it is, and can't be taken out of the browser. */
	static makeKey(crypto: Crypto): Promise<CryptoKey> {
		return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	}

	async seal(store: string, key: string | number, value: unknown): Promise<Sealed> {
		const iv = this.crypto.getRandomValues(new Uint8Array(12));
		const plain = new TextEncoder().encode(JSON.stringify(value));
		return { iv, box: await this.crypto.subtle.encrypt(this.terms(iv, store, key), this.key, plain) };
	}

	/** Throws when the record was damaged or lay elsewhere. */
	async open<T>(store: string, key: string | number, sealed: Sealed): Promise<T> {
		const plain = await this.crypto.subtle.decrypt(this.terms(sealed.iv, store, key), this.key, sealed.box);
		return JSON.parse(new TextDecoder().decode(plain)) as T;
	}

	private terms(iv: Uint8Array<ArrayBuffer>, store: string, key: string | number): AesGcmParams {
		return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.owner}|${store}|${key}`) };
	}
}

/**
 * Store: one IndexedDB database per school and person on this tablet.
 *
 * `scope`: one sealed record per scope · `staged`: the same while a snapshot arrives · `outbox`: one small record per
 * op, sealed to the person and, beside it, to the server; never migrated · `meta`: wraps of the key, counter, cursors,
 * what the server said last; in the clear but for the session, and without a word about anybody.
 *
 * Holds always:
 * 1. What belongs together is written in one transaction with strict durability; `write` resolves on its completion.
 * 2. Work inside `write` awaits nothing but the store: sealing is done before.
 */

import type { Sealed } from "./case";
import type { Wraps } from "./keys";
import type { Grown, Terms } from "./moments";
import type { SealedParcel } from "./parcels";
import { answer, ended } from "./requests";
import type { Surroundings } from "./surroundings";
import { EngineError } from "./types";

/**
 * `done`: server's moment at which nothing was left to do for the op; 0 while something is. `parcel`: the same op for
 * the server alone; null where the server has not said yet how to seal one.
 */
export interface SealedOp extends Sealed {
	readonly done: number;
	readonly parcel?: SealedParcel | null;
}

/** The op numbers given out so far, on this identity of the device. */
export interface Counter {
	readonly device: string;
	readonly n: number;
}

/** Up to which seq a scope's rows go, and the server's moment at which that was all. */
export interface Cursor {
	readonly epoch: string;
	readonly seq: number;
	readonly asOf: number;
}

/** What the server said last. `known`: highest op number it has decided. `contact`: its time then. `published`: when
 * the diary was last published. */
export interface ServerState {
	/** Counts the answers taken in: two tabs can't both take in the same. */
	readonly turn: number;
	readonly epoch: string;
	readonly known: number;
	readonly applied: number;
	readonly durable: number;
	readonly contact: number | null;
	readonly skew: number;
	readonly rules: number;
	readonly published: number;
	readonly signedOut: boolean;
	readonly forked: boolean;
	/** The last answer left nothing more to ask for. */
	readonly whole: boolean;
}

/** Wrong tries of the secret. `last`: by the tablet's grown time. */
export interface Tries {
	readonly count: number;
	readonly last: number;
}

/** Up to which number the ops of a device have reached the server as parcels. */
export interface Delivered {
	readonly device: string;
	readonly known: number;
}

/** `key`: the data key itself, of a case that opens without a secret. `device`: what every secret is mixed with. */
export interface Meta {
	key: CryptoKey;
	device: CryptoKey;
	wraps: Wraps;
	tries: Tries;
	time: Grown;
	/** Time of the last contact. */
	lease: number;
	terms: Terms;
	delivered: Delivered;
	counter: Counter;
	server: ServerState;
	cursors: Record<string, Cursor>;
	staging: Record<string, Cursor>;
	followed: string[];
	session: Sealed;
	typing: Sealed;
	[draft: `draft ${string}`]: Sealed;
}

type StoreName = "scope" | "staged" | "outbox" | "meta";

/** What one transaction writes. What fails in it fails the transaction, so single requests are not waited for. */
export class Writing {
	private readonly tx: IDBTransaction;

	constructor(tx: IDBTransaction) {
		this.tx = tx;
	}

	meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
		const found = answer(this.of("meta").get(key) as IDBRequest<Meta[K] | undefined>);
		found.catch(() => undefined); // `ended` says it
		return found;
	}

	setMeta(values: Partial<Meta>): void {
		for (const [key, value] of Object.entries(values)) this.of("meta").put(value, key);
	}

	dropMeta(...keys: (keyof Meta)[]): void {
		for (const key of keys) this.of("meta").delete(key);
	}

	/** null takes the scope away. */
	setRows(store: "scope" | "staged", name: string, sealed: Sealed | null): void {
		if (sealed) this.of(store).put(sealed, name);
		else this.of(store).delete(name);
	}

	/** A record as it is, under another key now. */
	put(store: "scope" | "staged" | "outbox", sealed: Sealed, key: number | string): void {
		this.of(store).put(sealed, key);
	}

	/** Every op, of other identities too. */
	dropOutbox(): void {
		this.of("outbox").clear();
	}

	dropRows(): void {
		this.of("scope").clear();
		this.of("staged").clear();
	}

	op(n: number): Promise<SealedOp | undefined> {
		return answer(this.of("outbox").get(n));
	}

	/** Fails the transaction when there is such an op already. */
	addOp(sealed: Omit<SealedOp, "done">, n: number): void {
		this.of("outbox").add({ ...sealed, done: 0 }, n);
	}

	setOp(sealed: SealedOp, key: number | string): void {
		this.of("outbox").put(sealed, key);
	}

	/** Changes what stands there; nothing where nothing does. Neighbours are read in one go, as an answer takes hundreds. */
	async changeOps(parts: ReadonlyMap<number, Partial<SealedOp>>): Promise<void> {
		const read = stretches([...parts.keys()]).map(async ([from, to]) => {
			const found = await pairs<number, SealedOp>(this.of("outbox"), IDBKeyRange.bound(from, to));
			for (const [key, value] of found) this.setOp({ ...value, ...parts.get(key) }, key);
		});
		await Promise.all(read);
	}

	dropOp(n: number): void {
		this.of("outbox").delete(n);
	}

	/** Every op of the present identity. */
	dropOps(): void {
		this.of("outbox").delete(NUMBERS());
	}

	private of(store: StoreName): IDBObjectStore {
		return this.tx.objectStore(store);
	}
}

/** Records with their keys, in order. */
async function pairs<K extends number | string, V>(store: IDBObjectStore, range?: IDBKeyRange): Promise<[K, V][]> {
	const [keys, values] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))]);
	return keys.map((key, i) => [key as K, values[i] as V]);
}

/** Numbers as stretches of neighbours, both ends within. */
function stretches(numbers: readonly number[]): [from: number, to: number][] {
	const found: [number, number][] = [];
	for (const n of [...numbers].sort((a, b) => a - b)) {
		const last = found.at(-1);
		if (last?.[1] === n - 1) last[1] = n;
		else found.push([n, n]);
	}
	return found;
}

const NUMBERS = () => IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);

const STORES: readonly StoreName[] = ["scope", "staged", "outbox", "meta"];

/** What is asked of a store that was closed fails as a promise, like what it answers. */
export class Store {
	readonly name: string;
	private readonly db: IDBDatabase;

	private constructor(name: string, db: IDBDatabase) {
		this.name = name;
		this.db = db;
	}

	static async open(around: Surroundings, name: string, closed: () => void): Promise<Store> {
		const request = around.indexedDB.open(name, 1);
		request.onupgradeneeded = () => {
			for (const store of STORES) request.result.createObjectStore(store);
		};
		const db = await answer(request);
		const store = new Store(name, db);
		// A newer version in another tab, or the person clearing the site: give way, say so.
		db.addEventListener("versionchange", () => {
			db.close();
			closed();
		});
		db.addEventListener("close", closed);
		return store;
	}

	async meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
		return answer(this.of("meta").get(key));
	}

	async get(store: "scope" | "staged", key: string): Promise<Sealed | undefined> {
		return answer(this.of(store).get(key));
	}

	async op(key: number | string): Promise<SealedOp | undefined> {
		return answer(this.of("outbox").get(key));
	}

	/** The ops of the present identity with a number from `from` on, in order. */
	async ops(from: number): Promise<[number, SealedOp][]> {
		return pairs(this.of("outbox"), IDBKeyRange.bound(from, Number.MAX_SAFE_INTEGER));
	}

	/** The counter, and the ops above a number, of one moment. */
	async since(n: number): Promise<{ counter: Counter | undefined; ops: [number, SealedOp][] }> {
		const tx = this.db.transaction(["meta", "outbox"]);
		const range = IDBKeyRange.bound(n + 1, Number.MAX_SAFE_INTEGER);
		const [counter, ops] = await Promise.all([
			answer<Counter | undefined>(tx.objectStore("meta").get("counter")),
			pairs<number, SealedOp>(tx.objectStore("outbox"), range),
		]);
		return { counter, ops };
	}

	/** Everything sealed in one of the stores, with its key. */
	async all(store: "scope" | "staged" | "outbox"): Promise<[number | string, Sealed][]> {
		return pairs(this.of(store));
	}

	private of(store: StoreName): IDBObjectStore {
		return this.db.transaction(store).objectStore(store);
	}

	/** One transaction, all or nothing, on disk when it resolves. */
	async write<T>(work: (tx: Writing) => Promise<T> | T): Promise<T> {
		try {
			const tx = this.db.transaction([...STORES], "readwrite", { durability: "strict" });
			const done = ended(tx).then(
				() => null,
				(error: unknown) => error ?? new Error("aborted"),
			);
			let result: T;
			try {
				result = await work(new Writing(tx));
			} catch (error) {
				try {
					tx.abort();
				} catch {
					// It had already aborted by itself; `done` says why.
				}
				const failed = await done;
				throw isQuota(failed) ? failed : error;
			}
			const failed = await done;
			if (failed) throw failed;
			return result;
		} catch (error) {
			if (isQuota(error)) throw new EngineError("quota");
			if (error instanceof DOMException && error.name === "InvalidStateError") throw new EngineError("closed");
			throw error;
		}
	}

	close(): void {
		this.db.close();
	}
}

function isQuota(error: unknown): boolean {
	return error instanceof Error && error.name === "QuotaExceededError";
}

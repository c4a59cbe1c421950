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

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, wrap } from "idb";
import type { Sealed } from "./case";
import type { Wraps } from "./keys";
import type { Grown, Terms } from "./moments";
import type { SealedParcel } from "./parcels";
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
}

interface Schema extends DBSchema {
	scope: { key: string; value: Sealed };
	staged: { key: string; value: Sealed };
	outbox: { key: number | string; value: SealedOp };
	meta: { key: string; value: Meta[keyof Meta] };
}

type StoreName = "scope" | "staged" | "outbox" | "meta";
type Transaction = IDBPTransaction<Schema, StoreName[], "readwrite">;

/** What one transaction writes. What fails in it fails the transaction, so single requests are not waited for. */
export class Writing {
	private readonly tx: Transaction;

	constructor(tx: Transaction) {
		this.tx = tx;
	}

	meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
		const found = this.tx.objectStore("meta").get(key) as Promise<Meta[K] | undefined>;
		quietly(found);
		return found;
	}

	setMeta(values: Partial<Meta>): void {
		for (const [key, value] of Object.entries(values)) quietly(this.tx.objectStore("meta").put(value, key));
	}

	dropMeta(...keys: (keyof Meta)[]): void {
		for (const key of keys) quietly(this.tx.objectStore("meta").delete(key));
	}

	/** null takes the scope away. */
	setRows(store: "scope" | "staged", name: string, sealed: Sealed | null): void {
		quietly(sealed ? this.tx.objectStore(store).put(sealed, name) : this.tx.objectStore(store).delete(name));
	}

	/** A record as it is, under another key now. */
	put(store: "scope" | "staged" | "outbox", sealed: Sealed, key: number | string): void {
		quietly(
			(this.tx.objectStore(store) as { put(value: Sealed, key: number | string): Promise<unknown> }).put(sealed, key),
		);
	}

	/** Every op, of other identities too. */
	dropOutbox(): void {
		quietly(this.tx.objectStore("outbox").clear());
	}

	dropRows(): void {
		quietly(this.tx.objectStore("scope").clear());
		quietly(this.tx.objectStore("staged").clear());
	}

	op(n: number): Promise<SealedOp | undefined> {
		return this.tx.objectStore("outbox").get(n);
	}

	/** Fails the transaction when there is such an op already. */
	addOp(sealed: Omit<SealedOp, "done">, n: number): void {
		quietly(this.tx.objectStore("outbox").add({ ...sealed, done: 0 }, n));
	}

	setOp(sealed: SealedOp, key: number | string): void {
		quietly(this.tx.objectStore("outbox").put(sealed, key));
	}

	/** Changes what stands there; nothing where nothing does. Neighbours are read in one go, as an answer takes hundreds. */
	async changeOps(parts: ReadonlyMap<number, Partial<SealedOp>>): Promise<void> {
		const store = this.tx.objectStore("outbox");
		const read = stretches([...parts.keys()]).map(async ([from, to]) => {
			const range = IDBKeyRange.bound(from, to);
			const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
			for (const [i, key] of keys.entries())
				this.setOp({ ...(values[i] as SealedOp), ...parts.get(key as number) }, key);
		});
		await Promise.all(read);
	}

	dropOp(n: number): void {
		quietly(this.tx.objectStore("outbox").delete(n));
	}

	/** Every op of the present identity. */
	dropOps(): void {
		quietly(this.tx.objectStore("outbox").delete(NUMBERS()));
	}
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

function quietly(request: Promise<unknown>): void {
	request.catch(() => undefined); // `tx.done` says it
}

const STORES: readonly StoreName[] = ["scope", "staged", "outbox", "meta"];

export class Store {
	readonly name: string;
	private readonly db: IDBPDatabase<Schema>;

	private constructor(name: string, db: IDBPDatabase<Schema>) {
		this.name = name;
		this.db = db;
	}

	static async open(around: Surroundings, name: string, closed: () => void): Promise<Store> {
		const request = around.indexedDB.open(name, 1);
		request.onupgradeneeded = () => {
			for (const store of STORES) request.result.createObjectStore(store);
		};
		const db = (await wrap(request)) as unknown as IDBPDatabase<Schema>;
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
		return (await this.db.get("meta", key)) as Meta[K] | undefined;
	}

	get(store: "scope" | "staged", key: string): Promise<Sealed | undefined> {
		return this.db.get(store, key);
	}

	op(key: number | string): Promise<SealedOp | undefined> {
		return this.db.get("outbox", key);
	}

	/** The ops of the present identity with a number from `from` on, in order. */
	async ops(from: number): Promise<[number, SealedOp][]> {
		const tx = this.db.transaction("outbox");
		const range = IDBKeyRange.bound(from, Number.MAX_SAFE_INTEGER);
		const [keys, values] = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
		return keys.map((key, i) => [key as number, values[i] as SealedOp]);
	}

	/** The counter, and the ops above a number, of one moment. */
	async since(n: number): Promise<{ counter: Counter | undefined; ops: [number, SealedOp][] }> {
		const tx = this.db.transaction(["meta", "outbox"]);
		const range = IDBKeyRange.bound(n + 1, Number.MAX_SAFE_INTEGER);
		const outbox = tx.objectStore("outbox");
		const asked = [tx.objectStore("meta").get("counter"), outbox.getAllKeys(range), outbox.getAll(range)] as const;
		const [counter, keys, values] = await Promise.all(asked);
		return {
			counter: counter as Counter | undefined,
			ops: keys.map((key, i) => [key as number, values[i] as SealedOp]),
		};
	}

	/** Everything sealed in one of the stores, with its key. */
	async all(store: "scope" | "staged" | "outbox"): Promise<[number | string, Sealed][]> {
		const tx = this.db.transaction(store);
		const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
		return keys.map((key, i) => [key, values[i] as Sealed]);
	}

	/** One transaction, all or nothing, on disk when it resolves. */
	async write<T>(work: (tx: Writing) => Promise<T> | T): Promise<T> {
		try {
			const tx = this.db.transaction([...STORES], "readwrite", { durability: "strict" });
			const done = tx.done.then(
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

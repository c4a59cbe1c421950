/**
 * Outbox: every op this tablet wrote, with what became of it.
 *
 * Holds always:
 * 1. Numbers are given out without gaps, inside the transaction that writes the op, so two tabs can't collide.
 * 2. An op is written before anything shows it, and stays at least 30 days after nothing is left to do for it.
 * 3. Its content never changes; only what the server said of it does.
 * 4. An op that can't be opened, or that no server takes, keeps its number: a void goes in its place, the op stays.
 * Not here: when to send (`loop`), what an answer means (`plan`).
 */

import { type Judged, MAX_BYTES, MAX_OPS, type Op, type Reason, type Verdict } from "../generated/messages";
import type { Case, Sealed } from "./case";
import type { Counter, Store, Writing } from "./store";

export const KEPT = 30 * 86_400_000;

/** An op with what the server said of it. `epoch`: in which that was. `stuck`: no server takes it. */
export interface Item {
	readonly op: Op;
	readonly before: Readonly<Record<string, unknown>>;
	readonly verdict: Verdict | "";
	readonly reason: Reason;
	readonly detail: Readonly<Record<string, unknown>>;
	readonly seq: number;
	readonly epoch: string;
	readonly stuck: boolean;
	readonly done: number;
}

/** An op that has no number yet. */
export interface Draft {
	readonly op: Omit<Op, "n">;
	readonly before: Readonly<Record<string, unknown>>;
}

const NOTHING = { verdict: "", reason: "", detail: {}, seq: 0, epoch: "", stuck: false, done: 0 } as const;

/** The item as it was before any answer. */
export function unanswered(item: Item): Item {
	return { ...item, ...NOTHING, stuck: item.stuck };
}

/** The item with its verdict. */
export function answered(item: Item, [, verdict, reason, detail, seq]: Judged, epoch: string): Item {
	return { ...item, verdict: verdict as Verdict, reason: reason as Reason, detail, seq, epoch };
}

export class Outbox {
	/** Items for which something is left to do, in order of number. */
	readonly items = new Map<number, Item>();
	/** Numbers of the others, with the moment since when. */
	readonly done = new Map<number, number>();
	/** Numbers being sent at this moment: up to this. */
	sending = 0;
	counter: Counter = { device: "", n: 0 };
	private readonly store: Store;
	private readonly lock: Case;
	private writing: Promise<unknown> = Promise.resolve();

	constructor(store: Store, lock: Case) {
		this.store = store;
		this.lock = lock;
	}

	/** Reads everything anew. What is in memory stays until what is read can take its place. */
	async open(): Promise<void> {
		const counter = (await this.store.meta("counter")) ?? { device: "", n: 0 };
		const stored = (await this.store.ops(1)).filter(([n]) => n <= counter.n);
		const waiting = stored.filter(([, sealed]) => !sealed.done);
		const items = await Promise.all(waiting.map(([n, sealed]) => this.unseal(n, sealed, counter.device)));
		// Written while this was read.
		if (counter.device === this.counter.device) {
			for (const item of this.items.values()) if (item.op.n > counter.n) items.push(item);
		}
		this.items.clear();
		this.done.clear();
		for (const item of items) this.items.set(item.op.n, item);
		for (const [n, { done }] of stored) if (done) this.done.set(n, done);
		const same = counter.device === this.counter.device && this.counter.n > counter.n;
		if (!same) this.counter = counter;
	}

	/** Reads what other tabs wrote since; answers the new items. */
	async refresh(): Promise<Item[]> {
		const counter = (await this.store.meta("counter")) ?? this.counter;
		if (counter.device !== this.counter.device) {
			await this.open();
			return [...this.items.values()];
		}
		const stored = (await this.store.ops(this.counter.n + 1)).filter(([n]) => n <= counter.n);
		for (const [n, { done }] of stored) if (done) this.done.set(n, done);
		const found = await Promise.all(stored.filter(([, s]) => !s.done).map(([n, s]) => this.unseal(n, s)));
		if (counter.n > this.counter.n) this.counter = counter;
		for (const item of found) this.items.set(item.op.n, item);
		return found;
	}

	/** Reads these again: another tab took in an answer. */
	async reread(numbers: readonly number[]): Promise<Item[]> {
		const found: Item[] = [];
		for (const n of numbers) {
			const sealed = await this.store.op(n);
			if (sealed) found.push(await this.unseal(n, sealed));
		}
		for (const item of found) this.keep(item);
		return found;
	}

	/** Writes the drafts in one strict transaction; answers them with their numbers when they are on disk. */
	add(drafts: readonly Draft[]): Promise<Item[]> {
		const turn = this.writing.then(() => this.addNow(drafts));
		this.writing = turn.catch(() => undefined);
		return turn;
	}

	private async addNow(drafts: readonly Draft[]): Promise<Item[]> {
		for (;;) {
			const { device, n } = this.counter;
			const items = drafts.map(({ op, before }, i): Item => ({ op: { n: n + 1 + i, ...op }, before, ...NOTHING }));
			const sealed = await Promise.all(items.map((item) => this.seal(item)));
			const next = { device, n: n + drafts.length };
			const written = await this.store.write(async (tx) => {
				const stands = await tx.meta("counter");
				if (stands && (stands.device !== device || stands.n !== n)) return false;
				for (const [i, value] of sealed.entries()) tx.addOp(value, n + 1 + i);
				tx.setMeta({ counter: next });
				return true;
			});
			if (written) {
				this.counter = next;
				for (const item of items) this.items.set(item.op.n, item);
				return items;
			}
			await this.refresh(); // another tab was first: take its ops in, then the next numbers
		}
	}

	/**
	 * Ops that the server lacks, without gaps, at most `most` and `bytes` as JSON: from the first without a receipt, or
	 * from `known` + 1 where numbers between are no longer here.
	 */
	async batch(known: number, most = MAX_OPS, bytes = MAX_BYTES): Promise<Op[]> {
		const first = Math.min(this.unsent()[0]?.op.n ?? Number.POSITIVE_INFINITY, known + 1);
		const ops: Op[] = [];
		let left = bytes;
		for (let n = first; n <= this.counter.n && ops.length < most; n++) {
			const op = this.wire(this.items.get(n) ?? (await this.stored(n)), n);
			left -= new TextEncoder().encode(JSON.stringify(op)).length + 1;
			if (left < 0 && ops.length) break;
			ops.push(op);
		}
		return ops;
	}

	private wire(item: Item | null, n: number): Op {
		return item && !item.stuck ? item.op : { n, kind: "void", key: "", set: {}, at: item?.op.at ?? 0 };
	}

	/** Items without a receipt, oldest first. */
	unsent(): Item[] {
		return [...this.items.values()].filter((item) => !item.verdict).sort((a, b) => a.op.n - b.op.n);
	}

	/** Done items above a number: a restored server may want them again. */
	async doneAbove(n: number): Promise<Item[]> {
		const wanted = [...this.done.keys()].filter((other) => other > n);
		const found = await Promise.all(wanted.map((other) => this.stored(other)));
		return found.filter((item) => item !== null);
	}

	/** Everything written with from <= moment < until on the tablet's clock, in order of number. */
	async writtenIn(from: number, until: number): Promise<Item[]> {
		const found = [...this.items.values()];
		// From the latest back to the first that is older: the moment in `done` is by the server's clock.
		for (const n of [...this.done.keys()].sort((a, b) => b - a)) {
			const item = await this.stored(n);
			if (item && item.op.at < from) break;
			if (item) found.push(item);
		}
		return found.filter(({ op }) => op.at >= from && op.at < until).sort((a, b) => a.op.n - b.op.n);
	}

	private async stored(n: number): Promise<Item | null> {
		const sealed = await this.store.op(n);
		return sealed ? this.unseal(n, sealed) : null;
	}

	/** No server takes it: it stays here, to be seen and exported, and a void goes in its place. */
	async markStuck(item: Item): Promise<Item> {
		const marked = { ...item, stuck: true };
		const sealed = await this.seal(marked);
		await this.store.write((tx) => tx.setOp({ ...sealed, done: 0 }, item.op.n));
		this.keep(marked);
		return marked;
	}

	/** In memory, what the store has now. */
	keep(item: Item): void {
		const { n } = item.op;
		if (item.done) {
			this.items.delete(n);
			this.done.set(n, item.done);
		} else {
			this.done.delete(n);
			this.items.set(n, item);
		}
	}

	forget(numbers: readonly number[]): void {
		for (const n of numbers) this.done.delete(n);
	}

	seal(item: Item, device = this.counter.device): Promise<Sealed> {
		return this.lock.seal("outbox", `${device}:${item.op.n}`, item);
	}

	private async unseal(n: number, sealed: Sealed & { done: number }, device = this.counter.device): Promise<Item> {
		try {
			const item = await this.lock.open<Item>("outbox", `${device}:${n}`, sealed);
			return { ...NOTHING, ...item, done: sealed.done };
		} catch {
			return { op: { n, kind: "void", key: "", set: {}, at: 0 }, before: {}, ...NOTHING, stuck: true };
		}
	}

	/**
	 * Takes a new identity: what the server never took gets new numbers under it, in order; the rest stays in the store
	 * under its old name. Nothing is dropped. `taken`: numbers that another copy of this device used up; "all": the
	 * server has forgotten the old identity in a restore, and everything written under it.
	 */
	async fork(device: string, taken: ReadonlySet<number> | "all", also: (tx: Writing) => void): Promise<Item[]> {
		const turn = this.writing.then(async () => {
			await this.refresh();
			const old = this.counter;
			const known = taken === "all" ? [...this.items.values(), ...(await this.doneAbove(0))] : [...this.items.values()];
			const moved = known
				.filter((item) => taken === "all" || !item.verdict || taken.has(item.op.n))
				.sort((a, b) => a.op.n - b.op.n);
			const items = moved.map((item, i) => ({ ...unanswered(item), op: { ...item.op, n: i + 1 } }));
			const sealed = await Promise.all(items.map((item) => this.seal(item, device)));
			const stay = new Set([...this.items.keys(), ...this.done.keys()]);
			for (const { op, stuck } of moved) if (!stuck || op.kind !== "void") stay.delete(op.n);
			const next = { device, n: items.length };
			const written = await this.store.write(async (tx) => {
				const stands = await tx.meta("counter");
				if (stands?.device !== old.device || stands.n !== old.n) return false;
				for (const n of stay) {
					const value = await tx.op(n);
					if (value) tx.setOp(value, `${old.device}:${n}`);
				}
				tx.dropOps();
				for (const [i, value] of sealed.entries()) tx.addOp(value, i + 1);
				tx.setMeta({ counter: next });
				also(tx);
				return true;
			});
			if (!written) return null;
			this.items.clear();
			this.done.clear();
			this.counter = next;
			for (const item of items) this.items.set(item.op.n, item);
			return items;
		});
		this.writing = turn.catch(() => undefined);
		return (await turn) ?? this.fork(device, taken, also);
	}
}

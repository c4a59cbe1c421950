/**
 * Outbox: every op this tablet wrote, with what became of it.
 *
 * Holds always:
 * 1. Numbers are given out without gaps, inside the transaction that writes the op, so two tabs can't collide.
 * 2. An op is written before anything shows it, and stays at least 30 days after nothing is left to do for it.
 * 3. An op that no server takes keeps its number: a void goes in its place, the op stays. One that can't be opened here
 *    goes as its parcel; a void only where it has none.
 * 4. The parcel of an op is made in the transaction that writes it, and anew under each new identity.
 * Not here: what an item is (`items`), when to send (`loop`), what an answer means (`plan`).
 */

import { MAX_BYTES, MAX_OPS, type Op } from "../generated/messages";
import type { Case, Sealed } from "./case";
import { type Draft, goesAsParcel, type Item, numbered, openItem, sealItem, unanswered } from "./items";
import type { Sealer } from "./parcels";
import type { Counter, SealedOp, Store, Writing } from "./store";
import { Turns } from "./turns";

export const KEPT = 30 * 86_400_000;

/** Fails a transaction whose numbers another tab has given out. */
const OVERTAKEN = new Error("another tab was first");

export class Outbox {
	/** Items for which something is left to do, in order of number. */
	readonly items = new Map<number, Item>();
	/** Numbers of the others, with the moment since when. */
	readonly done = new Map<number, number>();
	/** Numbers being sent at this moment: up to this. */
	sending = 0;
	counter: Counter = { device: "", n: 0 };
	/** Makes the parcels; null while the server has not said how. */
	sealer: Sealer | null = null;
	private readonly store: Store;
	private readonly lock: Case;
	private readonly writes = new Turns();
	private readonly looks = new Turns();
	private readonly arrived: Item[] = [];
	private renamed = false;

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

	/**
	 * What other tabs wrote and this one has not been told of; null: all is another identity's now. Costs what is new,
	 * however much waits.
	 */
	async arrivals(): Promise<Item[] | null> {
		await this.refresh();
		const { renamed } = this;
		this.renamed = false;
		const found = this.arrived.splice(0);
		return renamed ? null : found;
	}

	/** Takes in what other tabs wrote since. */
	private refresh(): Promise<void> {
		return this.looks.share(() => this.look());
	}

	private async look(): Promise<void> {
		const { device, n } = this.counter;
		const { counter = this.counter, ops } = await this.store.since(n);
		if (counter.device !== device) {
			await this.open();
			this.renamed = true;
			return;
		}
		const stored = ops.filter(([other]) => other <= counter.n);
		for (const [other, { done }] of stored) if (done) this.done.set(other, done);
		const found = await Promise.all(stored.filter(([, s]) => !s.done).map(([other, s]) => this.unseal(other, s)));
		if (counter.n > this.counter.n) this.counter = counter;
		// What this tab wrote while it looked is known to it, and perhaps more of it by now.
		for (const item of found.filter(({ op }) => !this.items.has(op.n) && !this.done.has(op.n))) {
			this.items.set(item.op.n, item);
			this.arrived.push(item);
		}
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

	/**
	 * Writes the drafts in one strict transaction, begun in the task of the key that asked for it; answers them with their
	 * numbers when they are on disk.
	 */
	add(drafts: readonly Draft[]): Promise<Item[]> {
		return this.writes.take(() => this.addNow(drafts));
	}

	/** Resolves when what was to be written before has been, or could not be. */
	written(): Promise<void> {
		return this.writes.take(async () => undefined);
	}

	private async addNow(drafts: readonly Draft[]): Promise<Item[]> {
		for (;;) {
			const { device, n } = this.counter;
			const items = drafts.map((draft, i) => numbered(draft, n + 1 + i));
			const sealed = await Promise.all(items.map((item) => this.sealTwice(item)));
			const next = { device, n: n + drafts.length };
			const work = async (tx: Writing) => {
				// All is asked for in one go: to wait for the counter first costs a slow tablet a frame.
				const asked = tx.meta("counter");
				for (const [i, value] of sealed.entries()) tx.addOp(value, n + 1 + i);
				tx.setMeta({ counter: next });
				tx.dropMeta("typing");
				const stands = await asked;
				if (stands && (stands.device !== device || stands.n !== n)) throw OVERTAKEN;
			};
			const written = await this.store.write(work).then(
				() => true,
				(error: unknown) => {
					if (error === OVERTAKEN) return false;
					throw error;
				},
			);
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
			const item = this.items.get(n) ?? (await this.stored(n));
			if (item && goesAsParcel(item)) break;
			const op = this.wire(item, n);
			left -= new TextEncoder().encode(JSON.stringify(op)).length + 1;
			if (left < 0 && ops.length) break;
			ops.push(op);
		}
		return ops;
	}

	private wire(item: Item | null, n: number): Op {
		return item && !item.stuck ? item.op : { n, kind: "void", key: "", set: {}, at: item?.op.at ?? 0 };
	}

	/** The parcels that go next, where an op that can't be opened here stands in front; in order, without gaps. */
	async parcels(known: number): Promise<[n: number, sealed: SealedOp][]> {
		const found: [number, SealedOp][] = [];
		for (let n = Math.min(this.unsent()[0]?.op.n ?? Number.POSITIVE_INFINITY, known + 1); n <= this.counter.n; n++) {
			const item = this.items.get(n) ?? (await this.stored(n));
			const sealed = item && goesAsParcel(item) ? await this.store.op(n) : undefined;
			if (!sealed || found.length === MAX_OPS) break;
			found.push([n, sealed]);
		}
		return found;
	}

	/** Parcels up to `known` have arrived: there is nothing left to do here for what can't be opened. */
	async handedIn(known: number, at: number): Promise<void> {
		const arrived = [...this.items.values()].filter((item) => goesAsParcel(item) && item.op.n <= known);
		await this.store.write((tx) => tx.changeOps(new Map(arrived.map(({ op }) => [op.n, { done: at }]))));
		for (const item of arrived) this.keep({ ...item, done: at });
	}

	/** Unsent ops that have no parcel: they were written before the server said how to seal one. */
	private async lacking(): Promise<Item[]> {
		const unsent = this.unsent().filter((item) => !item.unread);
		const [first] = unsent;
		if (!first) return [];
		const stored = await this.store.ops(first.op.n);
		const sealed = new Set(stored.flatMap(([n, { parcel }]) => (parcel ? [n] : [])));
		return unsent.filter(({ op }) => !sealed.has(op.n));
	}

	/** Is there work that only its person can bring to the server? */
	async lackParcels(): Promise<boolean> {
		return (await this.lacking()).length > 0;
	}

	/** Gives a parcel to those that have none. */
	async makeParcels(): Promise<void> {
		const { sealer } = this;
		if (sealer?.device !== this.counter.device) return;
		const lacking = await this.lacking();
		if (!lacking.length) return;
		const made = await Promise.all(lacking.map((item) => sealer.seal(item.op)));
		await this.store.write(async (tx) => {
			if ((await tx.meta("counter"))?.device !== this.counter.device) return;
			await tx.changeOps(new Map(lacking.map(({ op }, i) => [op.n, { parcel: made[i] ?? null }])));
		});
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
		const sealed = item.unread ? {} : await this.seal(marked); // what can't be opened stays as it is
		await this.store.write((tx) => tx.changeOps(new Map([[item.op.n, sealed]])));
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
		return sealItem(this.lock, device, item);
	}

	/** Sealed to the person, and to the server. */
	private async sealTwice(
		item: Item,
		device = this.counter.device,
		sealer = this.sealer,
	): Promise<Omit<SealedOp, "done">> {
		// Another tab may have taken a new identity a moment ago: a parcel of the old one would be refused.
		const parcel = sealer?.device === device && !item.unread ? sealer.seal(item.op) : null;
		return { ...(await this.seal(item, device)), parcel: await parcel };
	}

	private unseal(n: number, sealed: SealedOp, device = this.counter.device): Promise<Item> {
		return openItem(this.lock, device, n, sealed);
	}

	/**
	 * Takes a new identity: what the server never took gets new numbers under it, in order; the rest stays in the store
	 * under its old name, and each says which name it had first: it may have come to the server under that one meanwhile.
	 * Nothing is dropped. `taken`: numbers that another copy of this device used up; "all": the
	 * server has forgotten the old identity in a restore, and everything written under it. `sealer`: of the new one.
	 */
	async fork(
		device: string,
		taken: ReadonlySet<number> | "all",
		sealer: Sealer | null,
		also: (tx: Writing) => void,
	): Promise<Item[]> {
		const items = await this.writes.take(async () => {
			await this.refresh();
			const old = this.counter;
			const known = taken === "all" ? [...this.items.values(), ...(await this.doneAbove(0))] : [...this.items.values()];
			const moved = known
				.filter((item) => !goesAsParcel(item) && (taken === "all" || !item.verdict || taken.has(item.op.n)))
				.sort((a, b) => a.op.n - b.op.n);
			const items = moved.map((item, i) => {
				const first: [string, number] = item.op.first ?? [old.device, item.op.n];
				return { ...unanswered(item), op: { ...item.op, n: i + 1, first } };
			});
			const sealed = await Promise.all(items.map((item) => this.sealTwice(item, device, sealer)));
			const stay = new Set([...this.items.keys(), ...this.done.keys()]);
			for (const { op, unread } of moved) if (!unread) stay.delete(op.n);
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
			this.sealer = sealer;
			for (const item of items) this.items.set(item.op.n, item);
			return items;
		});
		return items ?? this.fork(device, taken, sealer, also);
	}
}

/**
 * Plan: what an answer of the server changes on this tablet. Pure: what is held and the answer in, the changes out;
 * `Holding.carryOut` writes them in one transaction.
 *
 * Holds always:
 * 1. Only a verdict is a receipt. An op above the server's `known` has none, whatever was said before (a restore).
 * 2. A page of news is taken in only where it joins what is held: same epoch, `after` = our cursor.
 * 3. A snapshot arrives beside what is shown and takes its place when it is whole.
 * 4. A scope that was lost goes only when no op of it is without a receipt.
 */

import type { Judged, News, SyncRequest, SyncResponse } from "../generated/messages";
import { kindOf, scopeOf } from "../rules/record";
import type { Holding } from "./holding";
import { answered, type Item, unanswered } from "./items";
import { KEPT } from "./outbox";
import { Scope } from "./scopes";
import { Settling } from "./settling";
import type { Cursor, ServerState } from "./store";

/** What changes. `staged`: null where a snapshot has taken its place. `touched`: records whose views may differ. */
export interface Plan {
	readonly server: ServerState;
	readonly cursors: Record<string, Cursor>;
	readonly items: readonly Item[];
	readonly scopes: ReadonlyMap<string, Scope>;
	readonly staged: ReadonlyMap<string, Scope | null>;
	readonly dropped: readonly string[];
	readonly pruned: readonly number[];
	readonly touched: readonly (readonly [kind: string, key: string])[];
	/** Scopes whose views must be made anew. */
	readonly swapped: readonly string[];
	readonly healed: number;
	/** Did the answer bring us further? */
	readonly progress: boolean;
	/** Is there more to ask for at once? */
	readonly again: boolean;
	/** This store is an old copy of the device: the numbers that another copy used up. */
	readonly fork: ReadonlySet<number> | null;
}

/** `revived`: done ops above the server's `known`, read from the store. `skew`: as learnt from this answer. */
export function planFor(
	held: Holding,
	request: SyncRequest,
	response: SyncResponse,
	revived: readonly Item[],
	skew: number,
): Plan {
	const before = held.server;
	const restored = before.epoch !== "" && before.epoch !== response.epoch;
	const durable = restored ? response.durable_seq : Math.max(before.durable, response.durable_seq);
	const server: ServerState = {
		...before,
		epoch: response.epoch,
		// What is taken has not arrived, and waits for the next identity, or to be sealed should there be none.
		known: Math.min(response.known, ...response.taken.map((n) => n - 1)),
		applied: response.applied_seq,
		durable,
		contact: response.server_time,
		skew,
		rules: response.rules,
		published: response.published,
		signedOut: false,
		whole: false,
	};
	const judged = new Map(response.judged.map((j) => [j[0], j]));
	const items = receipts(held, judged, response, revived);
	const rows = new Incoming(held, server, restored);
	for (const news of response.news) rows.take(news);
	const arriving = [...rows.staged.values()].some((scope) => scope !== null);
	const whole = rows.counted < LARGE && !rows.more && !restored && !arriving;
	const cursors: Record<string, Cursor> = { ...held.cursors, ...rows.cursors };
	const dropped = response.lost.filter((name) => !unsentIn(name, held, items));
	for (const name of dropped) {
		delete cursors[name];
		rows.scopes.delete(name);
		rows.staged.set(name, null);
	}
	for (const [name, cursor] of Object.entries(cursors)) {
		const current = cursor.epoch === server.epoch && (name in request.cursors || rows.scopes.has(name));
		if (whole && current && !rows.staged.get(name)) cursors[name] = { ...cursor, asOf: response.server_time };
	}
	const after = (name: string) => (dropped.includes(name) ? null : (rows.scopes.get(name) ?? held.scope(name)));
	const settle = new Settling(held, server, cursors, after);
	for (const item of [...held.outbox.items.values()].map((i) => items.get(i.op.n) ?? i)) {
		if (settle.isDone(item)) items.set(item.op.n, { ...item, done: response.server_time });
	}
	const old = [...held.outbox.done].filter(([n, done]) => done < response.server_time - KEPT && !items.has(n));
	const changed = [...items.values()];
	const unsent = [...held.outbox.items.values(), ...revived].some((i) => !(items.get(i.op.n) ?? i).verdict);
	const fork = response.taken.length > 0 || response.known > held.outbox.counter.n;
	const received = changed.some((i) => i.verdict && !held.outbox.items.get(i.op.n)?.verdict);
	return {
		server: { ...server, whole },
		cursors,
		items: changed,
		scopes: rows.scopes,
		staged: rows.staged,
		dropped,
		pruned: old.map(([n]) => n),
		touched: [...rows.touched, ...changed.map((i) => [i.op.kind, i.op.key] as const)],
		swapped: [...rows.swapped, ...dropped],
		healed: rows.healed,
		progress: received || rows.moved || restored || dropped.length > 0,
		again: unsent || rows.more || rows.gained || rows.counted >= LARGE || restored || rows.healed > 0,
		fork: fork ? new Set(response.taken) : null,
	};
}

const LARGE = 1_000; // an answer with so many rows may have been cut: ask once more

/** Items with their verdicts, and those that a restored server has forgotten, without. */
function receipts(
	held: Holding,
	judged: ReadonlyMap<number, Judged>,
	response: SyncResponse,
	revived: readonly Item[],
): Map<number, Item> {
	const items = new Map<number, Item>();
	for (const item of [...held.outbox.items.values(), ...revived]) {
		const { n } = item.op;
		const verdict = judged.get(n);
		if (verdict) items.set(n, answered(item, verdict, response.epoch));
		else if (n > response.known && (item.verdict || item.done)) items.set(n, unanswered(item));
	}
	return items;
}

function unsentIn(name: string, held: Holding, items: ReadonlyMap<number, Item>): boolean {
	return [...held.outbox.items.values(), ...items.values()].some((known) => {
		const item = items.get(known.op.n) ?? known;
		const kind = kindOf(item.op.kind);
		return !item.verdict && kind !== undefined && scopeOf(kind, item.op.key) === name;
	});
}

/** News joined to what is held. */
class Incoming {
	readonly scopes = new Map<string, Scope>();
	readonly staged = new Map<string, Scope | null>();
	readonly cursors: Record<string, Cursor> = {};
	readonly touched: [kind: string, key: string][] = [];
	readonly swapped: string[] = [];
	counted = 0;
	healed = 0;
	more = false;
	gained = false;
	moved = false;
	private readonly held: Holding;
	private readonly epoch: string;

	constructor(held: Holding, server: ServerState, restored: boolean) {
		this.held = held;
		this.epoch = server.epoch;
		if (restored) for (const name of held.staged.keys()) this.staged.set(name, null);
	}

	take(news: News): void {
		const name = news.scope;
		const shown = this.held.scope(name);
		const standing = shown?.epoch === this.epoch && shown.seq > 0 ? shown : null;
		const arriving = this.held.staged.get(name);
		const staged = arriving?.epoch === this.epoch ? arriving : null;
		const base = staged ?? standing;
		if (news.after !== (base?.seq ?? 0)) return;
		const next = base?.clone() ?? new Scope(name, this.epoch);
		const changed = next.take(news);
		this.counted += changed.length;
		this.moved ||= next.seq > (base?.seq ?? -1);
		this.more ||= news.more;
		const adds = !staged && standing !== null;
		if (news.more && !adds) {
			this.staged.set(name, next);
			return;
		}
		this.scopes.set(name, next);
		this.cursors[name] = { epoch: this.epoch, seq: next.seq, asOf: this.held.cursors[name]?.asOf ?? 0 };
		if (adds) this.touched.push(...changed);
		else {
			this.swapped.push(name);
			this.staged.set(name, null);
			this.gained = true;
		}
		if (news.more || !news.total) return;
		const digest = next.digest();
		if (digest[0] === news.total[0] && digest[1] === news.total[1]) return;
		this.healed++;
		// Rows went missing on the way: fetch all anew beside these. A fresh snapshot that differs will not differ less.
		if (adds) this.staged.set(name, new Scope(name, this.epoch));
	}
}

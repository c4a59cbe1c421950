/**
 * Project: what the screen shows = confirmed rows overlaid with this tablet's own entries.
 *
 * A view is made when somebody first asks for its kind in its scope; after that only records that changed are made
 * anew, so a key press costs one record. Each change of a kind in a scope gives `rows` a new face over the same map.
 *
 * Holds always:
 * 1. An entry without a verdict shows over whatever was downloaded.
 * 2. A refused entry shows nowhere in the cell; a held one leaves the confirmed value and marks the cell.
 */

import type { KindName } from "../generated/model";
import { kindOf, scopeOf } from "../rules/record";
import type { Holding } from "./holding";
import type { Item } from "./items";
import type { Confirmed, Scope } from "./scopes";
import { isUndecided, Settling } from "./settling";
import type { CellState, Entry, View } from "./types";

type AnyView = View<KindName>;

/** A kind in a scope. */
interface Sheet {
	readonly views: Map<string, AnyView>;
	face: ReadonlyMap<string, AnyView>;
}

const NONE: ReadonlyMap<string, AnyView> = new Map();

export class Projection {
	private readonly held: Holding;
	private readonly sheets = new Map<string, Map<string, Sheet>>();
	/** Own entries by scope, kind and key, in order of number. */
	private own = new Map<string, Map<string, Map<string, Item[]>>>();
	/** Open own matters on hold, by "kind key". */
	private onHold = new Set<string>();
	/** Views that were not wholly safe when they were made. */
	private readonly unsafe = new Map<string, Set<string>>();
	/** Records with cells in conflict, of scopes that were looked through. */
	private readonly torn = new Map<string, Set<string>>();

	constructor(held: Holding) {
		this.held = held;
	}

	rows(kind: KindName, scope: string): ReadonlyMap<string, AnyView> {
		return this.sheet(kind, scope)?.face ?? NONE;
	}

	row(kind: KindName, key: string): AnyView | null {
		const declared = kindOf(kind);
		return (declared && this.sheet(kind, scopeOf(declared, key))?.views.get(key)) ?? null;
	}

	/** The outbox has changed: which own entries lie over which records. */
	index(): void {
		this.own = new Map();
		for (const item of [...this.held.outbox.items.values()].sort((a, b) => a.op.n - b.op.n)) this.lay(item);
	}

	/** Are there own entries at all? */
	get hasAny(): boolean {
		return this.own.size > 0;
	}

	/** Do own entries lie over the scope? */
	hasOwn(scope: string): boolean {
		return this.own.has(scope);
	}

	/** One more entry of ours; answers its scope. */
	lay(item: Item): string {
		const kind = kindOf(item.op.kind);
		if (!kind) return "";
		const scope = scopeOf(kind, item.op.key);
		const byKind = child(this.own, scope);
		const byKey = child(byKind, item.op.kind);
		const items = byKey.get(item.op.key) ?? [];
		// Another tab's entry may be heard of after a later one of this tab.
		const at = items.findIndex((other) => other.op.n >= item.op.n);
		if (at < 0) items.push(item);
		else items.splice(at, items[at]?.op.n === item.op.n ? 1 : 0, item);
		byKey.set(item.op.key, items);
		return scope;
	}

	/** These records may look different; answers the scopes they are in. */
	touch(records: Iterable<readonly [kind: string, key: string]>): Set<string> {
		const scopes = new Set<string>();
		const sheets = new Set<Sheet>();
		for (const [name, key] of records) {
			const kind = kindOf(name);
			if (!kind) continue;
			const scope = scopeOf(kind, key);
			scopes.add(scope);
			if (this.held.scope(scope)?.get(name, key)?.heads) this.torn.get(scope)?.add(`${name} ${key}`);
			const sheet = this.sheets.get(scope)?.get(name);
			if (!sheet) continue;
			const view = this.view(name as KindName, scope, key);
			if (view) sheet.views.set(key, view);
			else sheet.views.delete(key);
			sheets.add(sheet);
		}
		for (const sheet of sheets) sheet.face = new Face(sheet.views);
		if (scopes.has(this.held.inbox)) for (const scope of this.rehold()) scopes.add(scope);
		return scopes;
	}

	/** Everything of the scope may look different; answers the scopes that do. */
	reset(scope: string): Set<string> {
		this.sheets.delete(scope);
		this.unsafe.delete(scope);
		this.torn.delete(scope);
		return new Set([scope, ...(scope === this.held.inbox ? this.rehold() : [])]);
	}

	/** The backup has moved on; answers the scopes that look different. */
	secured(): Set<string> {
		const waiting = [...this.unsafe.values()].flatMap((records) => [...records]);
		this.unsafe.clear();
		return this.touch(waiting.map((record) => record.split(" ") as [string, string]));
	}

	/** Own cells in conflict that nobody has settled here, in scopes whose rows are in memory. */
	conflicts(): { kind: KindName; key: string; cell: string }[] {
		const found: { kind: KindName; key: string; cell: string }[] = [];
		for (const scope of Object.keys(this.held.cursors)) {
			const rows = this.held.scope(scope);
			if (!rows) continue;
			for (const record of this.tornIn(scope, rows)) {
				const [kind, key] = record.split(" ") as [KindName, string];
				for (const [cell, heads] of Object.entries(rows.get(kind, key)?.heads ?? {})) {
					const mine = heads.some((head) => head[1] === this.held.person);
					const states = mine ? (this.row(kind, key)?.states as Record<string, CellState>) : {};
					if (states[cell] === "conflict") found.push({ kind, key, cell });
				}
			}
		}
		return found;
	}

	private tornIn(scope: string, rows: Scope): Set<string> {
		const known = this.torn.get(scope);
		if (known) return known;
		const records = new Set<string>();
		for (const kind of rows.kindNames()) {
			for (const key of rows.keys(kind)) if (rows.get(kind, key)?.heads) records.add(`${kind} ${key}`);
		}
		this.torn.set(scope, records);
		return records;
	}

	private sheet(kind: KindName, scope: string): Sheet | null {
		const known = this.sheets.get(scope)?.get(kind);
		if (known) return known;
		const rows = this.held.scope(scope);
		const own = this.own.get(scope)?.get(kind);
		if (!rows && (!own || this.held.cursors[scope])) return null;
		const views = new Map<string, AnyView>();
		for (const key of new Set([...(rows?.keys(kind) ?? []), ...(own?.keys() ?? [])])) {
			const view = this.view(kind, scope, key);
			if (view) views.set(key, view);
		}
		const sheet = { views, face: new Face(views) };
		child(this.sheets, scope).set(kind, sheet);
		return sheet;
	}

	private view(kind: KindName, scope: string, key: string): AnyView | null {
		const row = this.held.scope(scope)?.get(kind, key) ?? null;
		const laid = this.own.get(scope)?.get(kind)?.get(key);
		const held = this.onHold.has(`${kind} ${key}`);
		const shown = new Shown(kind, row, this.isSafe(scope, row));
		if (laid) {
			const settling = new Settling(this.held);
			for (const item of laid) shown.overlay(item, settling, scope);
		}
		if (held) shown.hold(this.heldCells(kind, key));
		if (!row && !shown.mine) return null;
		if (shown.unsafe) child(this.unsafe, scope, () => new Set<string>()).add(`${kind} ${key}`);
		return shown.view(key);
	}

	private isSafe(scope: string, row: Confirmed | null): boolean {
		const { server, cursors } = this.held;
		return row !== null && row.seq <= server.durable && cursors[scope]?.epoch === server.epoch;
	}

	/** Cells of own matters on hold on a record. */
	private heldCells(kind: string, key: string): string[] {
		const cells: string[] = [];
		for (const matter of this.matters()) {
			if (matter.kind === kind && matter.target === key) cells.push(...Object.keys(matter.set ?? {}));
		}
		return cells;
	}

	private matters() {
		const views = this.rows("matter", this.held.inbox) as ReadonlyMap<string, View<"matter">>;
		return [...views.values()].map((view) => view.values).filter(isUndecided);
	}

	/** Keys of the own matters on hold that these entries became. */
	onHoldOf(entries: readonly Entry[]): string[] {
		const views = this.rows("matter", this.held.inbox) as ReadonlyMap<string, View<"matter">>;
		const found: string[] = [];
		for (const { key, values: m } of views.values()) {
			if (!isUndecided(m)) continue;
			const set = JSON.stringify(m.set);
			const isIt = (e: Entry) => e.kind === m.kind && e.key === m.target && JSON.stringify(e.set) === set;
			if (entries.some(isIt)) found.push(key);
		}
		return found;
	}

	/** The inbox has changed: which records have an own entry on hold. Answers the scopes that look different. */
	private rehold(): Set<string> {
		const next = new Set(this.matters().map((m) => `${m.kind} ${m.target}`));
		const moved = [...next, ...this.onHold].filter((record) => next.has(record) !== this.onHold.has(record));
		this.onHold = next;
		return this.touch(moved.map((record) => record.split(" ") as [string, string]));
	}
}

/** One record on its way to the screen. */
class Shown {
	mine = false;
	unsafe = false;
	private readonly kind: KindName;
	private readonly row: Confirmed | null;
	private readonly values: Record<string, unknown> = {};
	private readonly states: Record<string, CellState> = {};

	constructor(kind: KindName, row: Confirmed | null, safe: boolean) {
		this.kind = kind;
		this.row = row;
		for (const cell of shapeOf(kind).cells) {
			const value = row?.value(cell) ?? null;
			this.values[cell] = value;
			if (value !== null) this.states[cell] = safe ? "safe" : "applied";
		}
		if (row?.heads) for (const cell of Object.keys(row.heads)) this.states[cell] = "conflict";
		this.unsafe = row !== null && !safe;
	}

	overlay(item: Item, settling: Settling, scope: string): void {
		const { op, verdict } = item;
		const state = item.stuck ? "" : verdict;
		switch (state) {
			case "":
				this.lay(op.set, "local");
				break;
			case "accepted": {
				if (settling.contains(scope, item)) break;
				const durable = settling.isDurable(item);
				this.unsafe ||= !durable;
				this.lay(op.set, durable ? "safe" : "applied");
				break;
			}
			case "superseded":
				if (!settling.isSettled(item)) this.sign(Object.keys(op.set), "lost");
				break;
			case "held":
				if (!settling.isSettled(item)) this.hold(Object.keys(op.set));
				break;
			case "refused":
				break;
			default:
				state satisfies never;
		}
	}

	hold(cells: readonly string[]): void {
		this.sign(cells, "held");
	}

	view(key: string): AnyView {
		const { names } = shapeOf(this.kind);
		const parts: Record<string, string> = {};
		const found = key.split("/");
		for (let i = 0; i < names.length; i++) parts[names[i] as string] = found[i] ?? "";
		const { values, states } = this;
		const heads = this.row?.heads ?? null;
		return { key, parts, seq: this.row?.seq ?? 0, values, states, heads } as unknown as AnyView;
	}

	private lay(set: Readonly<Record<string, unknown>>, state: CellState): void {
		this.mine = true;
		for (const [cell, value] of Object.entries(set)) {
			this.values[cell] = value;
			this.states[cell] = state;
		}
	}

	/** A sign without a value; a conflict and a newer own entry say more. */
	private sign(cells: readonly string[], state: CellState): void {
		this.mine = true;
		for (const cell of cells) {
			const stands = this.states[cell];
			if (stands !== "conflict" && stands !== "local") this.states[cell] = state;
		}
	}
}

const shapes = new Map<KindName, { names: readonly string[]; cells: readonly string[] }>();

/** Names of the key's parts and of the cells; asked for every view that is made. */
function shapeOf(kind: KindName): { names: readonly string[]; cells: readonly string[] } {
	let shape = shapes.get(kind);
	if (!shape) {
		const { key = [], cells = {} } = kindOf(kind) ?? {};
		shape = { names: key, cells: Object.keys(cells) };
		shapes.set(kind, shape);
	}
	return shape;
}

/** A map as it stands, with an identity of its own: a reader that compares sees that something changed. */
class Face<V> implements ReadonlyMap<string, V> {
	private readonly map: ReadonlyMap<string, V>;

	constructor(map: ReadonlyMap<string, V>) {
		this.map = map;
	}
	get size(): number {
		return this.map.size;
	}
	get(key: string): V | undefined {
		return this.map.get(key);
	}
	has(key: string): boolean {
		return this.map.has(key);
	}
	forEach(each: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
		for (const [key, value] of this.map) each(value, key, this);
	}
	entries(): MapIterator<[string, V]> {
		return this.map.entries();
	}
	keys(): MapIterator<string> {
		return this.map.keys();
	}
	values(): MapIterator<V> {
		return this.map.values();
	}
	[Symbol.iterator](): MapIterator<[string, V]> {
		return this.map.entries();
	}
}

function child<V>(map: Map<string, V>, name: string, make: () => V = () => new Map() as V): V {
	let found = map.get(name);
	if (found === undefined) {
		found = make();
		map.set(name, found);
	}
	return found;
}

/**
 * Scopes: the confirmed rows of one part of the school, as the server last told them, and the digest over them.
 *
 * Rows stay as they came on the wire, [key, seq, ...cells, heads]; a view is made only of what a screen asks for.
 * Holds always: the digest is taken over the rows held, never carried along.
 */

import type { Head, News, Table } from "../generated/messages";

export type Row = readonly unknown[];

/** Rows of one kind. */
interface Rows {
	cells: readonly string[];
	byKey: Map<string, Row>;
}

/** A row read: its seq, its value of a cell, and the heads of cells in conflict. */
export interface Confirmed {
	readonly seq: number;
	readonly heads: Readonly<Record<string, readonly Head[]>> | null;
	value(cell: string): unknown;
}

/** What lies sealed in the store. */
export interface Packed {
	readonly epoch: string;
	readonly seq: number;
	readonly tables: Record<string, Table>;
}

export class Scope {
	readonly name: string;
	readonly epoch: string;
	/** Its rows are complete up to this seq of the epoch. */
	seq = 0;
	private readonly kinds = new Map<string, Rows>();

	constructor(name: string, epoch: string) {
		this.name = name;
		this.epoch = epoch;
	}

	static unpack(name: string, packed: Packed): Scope {
		const scope = new Scope(name, packed.epoch);
		scope.merge(packed.tables);
		scope.seq = packed.seq;
		return scope;
	}

	pack(): Packed {
		const tables: Record<string, Table> = {};
		for (const [kind, { cells, byKey }] of this.kinds) {
			tables[kind] = { cells: [...cells], rows: [...byKey.values()] as unknown[][] };
		}
		return { epoch: this.epoch, seq: this.seq, tables };
	}

	clone(): Scope {
		const copy = new Scope(this.name, this.epoch);
		copy.seq = this.seq;
		for (const [kind, { cells, byKey }] of this.kinds) copy.kinds.set(kind, { cells, byKey: new Map(byKey) });
		return copy;
	}

	/** Takes in a page of news; answers the records it changed. */
	take(news: News): [kind: string, key: string][] {
		const changed = this.merge(news.tables);
		this.seq = news.upto;
		return changed;
	}

	keys(kind: string): Iterable<string> {
		return this.kinds.get(kind)?.byKey.keys() ?? [];
	}

	kindNames(): Iterable<string> {
		return this.kinds.keys();
	}

	get(kind: string, key: string): Confirmed | null {
		const rows = this.kinds.get(kind);
		const row = rows?.byKey.get(key);
		if (!rows || !row) return null;
		const heads = (row[row.length - 1] ?? null) as Confirmed["heads"];
		const value = (cell: string) => {
			const place = rows.cells.indexOf(cell);
			return place < 0 ? null : (row[place + 2] ?? null);
		};
		return { seq: row[1] as number, heads, value };
	}

	/** Count of the rows, and the sum of their version hashes mod 2^32. */
	digest(): readonly [count: number, sum: number] {
		let count = 0;
		let sum = 0;
		for (const [kind, { byKey }] of this.kinds) {
			count += byKey.size;
			const head = crc32(`${kind}/`);
			for (const [key, row] of byKey) sum = (sum + crc32(`@${row[1]}`, crc32(key, head))) >>> 0;
		}
		return [count, sum];
	}

	private merge(tables: Record<string, Table>): [string, string][] {
		const changed: [string, string][] = [];
		for (const [kind, { cells, rows }] of Object.entries(tables)) {
			let held = this.kinds.get(kind);
			if (!held || held.cells.join() !== cells.join()) {
				held = { cells, byKey: held ? ordered(held, cells) : new Map() };
				this.kinds.set(kind, held);
			}
			for (const row of rows) {
				const key = row[0] as string;
				held.byKey.set(key, row);
				changed.push([kind, key]);
			}
		}
		return changed;
	}
}

/** The rows with their cells in another order: the server's model has grown since they came. */
function ordered(held: Rows, cells: readonly string[]): Map<string, Row> {
	const places = cells.map((cell) => held.cells.indexOf(cell));
	const moved = new Map<string, Row>();
	for (const [key, row] of held.byKey) {
		const values = places.map((place) => (place < 0 ? null : row[place + 2]));
		moved.set(key, [row[0], row[1], ...values, row[row.length - 1]]);
	}
	return moved;
}

const TABLE = new Uint32Array(256).map((_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	return c;
});

/** CRC-32 (as in zlib) of the text in UTF-8; `before`: that of what stands in front of it. */
export function crc32(text: string, before = 0): number {
	let c = ~before;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code > 127) {
			for (const byte of new TextEncoder().encode(text.slice(i))) c = (TABLE[(c ^ byte) & 0xff] as number) ^ (c >>> 8);
			break;
		}
		c = (TABLE[(c ^ code) & 0xff] as number) ^ (c >>> 8);
	}
	return ~c >>> 0;
}

/** Form: is an entry of a known record, with values that its cells can hold? Needs no facts. As `sync/form.py`. */

import type { Reason } from "../generated/messages";
import type { CellGuard, Kind } from "../generated/model";
import { isDate, kindOf, type Parts, partsOf } from "./record";

const LATEST = 2 ** 53;
const MARK = /^[^\s]{1,6}$/u;
const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

/** An entry, or the op it became. */
export interface Written {
	readonly kind: string;
	readonly key: string;
	readonly set: Readonly<Record<string, unknown>>;
	readonly n?: number;
	readonly at?: number;
	readonly seen?: readonly [epoch: string, seq: number];
}

/** The entry's kind and key parts, or the reason why it has no lawful form. */
export function form(entry: Written): { kind: Kind; parts: Parts } | Reason {
	const cells = Object.entries(entry.set);
	const { n = 1, at = 0, seen = ["", 0] } = entry;
	const moments = Math.abs(at) < LATEST && seen[1] >= 0 && seen[1] < LATEST;
	if (n < 1 || !moments || !cells.length) return "malformed";
	const kind = kindOf(entry.kind);
	const parts = kind && partsOf(kind, entry.key);
	if (!kind || !parts) return "unknown_record";
	for (const [name, value] of cells) {
		const cell = kind.cells[name];
		if (!cell || !Object.keys(kind.cells).includes(name)) return "unknown_record";
		if (value !== null && !fits(value, cell)) return "bad_value";
	}
	return { kind, parts };
}

/** True when the value has the type, length and form of the cell. */
export function fits(value: unknown, guard: CellGuard): boolean {
	switch (guard.type) {
		case "boolean":
			return typeof value === "boolean";
		case "number":
			return Number.isInteger(value) && Math.abs(value as number) < LATEST;
		case "string":
			return typeof value === "string" && textFits(value, guard);
		default:
			if (guard.type.endsWith("[]")) return Array.isArray(value) && value.length <= 1000;
			return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length <= 100;
	}
}

function textFits(value: string, guard: CellGuard): boolean {
	if (value.includes("\0") || (value.length > guard.longest && [...value].length > guard.longest)) return false;
	if (guard.choices.length) return guard.choices.includes(value);
	if (guard.text === "date") return isDate(value);
	if (guard.text === "time") return TIME.test(value);
	return guard.text !== "mark" || MARK.test(value);
}

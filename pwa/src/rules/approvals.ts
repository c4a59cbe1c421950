/**
 * Approvals: which record an outcome written on a matter writes in the end. As `sync/approvals.py`.
 *
 * A held entry may itself be an approval: to approve that one writes what it would have written.
 */

import { kindOf, type Parts, partsOf } from "./record";

type Cells = Readonly<Record<string, unknown>>;

/** The record of that kind and key which an approval would write. */
export interface Target {
	readonly dated: string;
	readonly parts: Parts;
}

/**
 * The record that these cells, written on a record of `values`, would write by approval; null when they approve
 * nothing. `matters`: a matter's values, by its key.
 */
export function approves(kind: string, cells: Cells, values: Cells, matters: (key: string) => Cells): Target | null {
	let [at, set, stands] = [kind, cells, values];
	while (at === "matter" && set["outcome"] === "approved" && stands["verdict"] === "held") {
		const [next, key] = [String(stands["kind"]), String(stands["target"])];
		if (next !== "matter") return targetOf(next, key);
		[at, set, stands] = [next, stands["set"] as Cells, matters(key)];
	}
	return null;
}

function targetOf(name: string, key: string): Target | null {
	const kind = kindOf(name);
	const parts = kind && partsOf(kind, key);
	return kind && parts ? { dated: kind.dated, parts } : null;
}

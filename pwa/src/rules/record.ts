/**
 * Keys and scopes of records, as `sync/model/record.py` has them: a key is its parts joined by "/", and the scope of
 * a record follows from its key alone.
 */

import { KINDS, type Kind } from "../generated/model";

const DECLARED: ReadonlyMap<string, Kind> = new Map(Object.entries(KINDS));
const PART = /^[A-Za-z0-9_.:-]{1,80}$/;
const NUMBER = /^[0-9]{1,4}$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export type Parts = Record<string, string>;

/** The declaration of a kind; undefined when there is none of that name. */
export function kindOf(name: string): Kind | undefined {
	return DECLARED.get(name);
}

/** Key parts by name; null when the key is not of this kind's form. */
export function partsOf(kind: Kind, key: string): Parts | null {
	const values = key.split("/");
	if (values.length !== kind.key.length) return null;
	const parts: Parts = {};
	for (const [i, name] of kind.key.entries()) {
		const value = values[i] as string;
		if (!partIsLawful(name, value)) return null;
		parts[name] = value;
	}
	return parts;
}

/** The scope a lawful key belongs to. */
export function scopeOf(kind: Kind, key: string): string {
	if (!kind.scope.includes("{")) return kind.scope;
	const values = key.split("/");
	return kind.scope.replace(/\{(\w+)\}/g, (_, name: string) => values[kind.key.indexOf(name)] ?? "");
}

/** True when `value` has the form that key part `name` demands. */
function partIsLawful(name: string, value: string): boolean {
	if (name === "number" || name === "place" || name === "weekday") return NUMBER.test(value);
	if (name === "date" || name === "starts") return isDate(value);
	return PART.test(value);
}

/** True for a calendar day written as YYYY-MM-DD. */
export function isDate(value: string): boolean {
	if (!DATE.test(value) || value.startsWith("0000")) return false;
	const moment = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}

/**
 * Facts: the part of the school that the rules read, indexed for constant-time questions. The tablet feeds it from the
 * scopes it holds. Putting a record twice is the same as once. As `sync/facts.py`, without what only the server asks.
 */

import { holds, type Span, spanOf } from "./days";
import type { Change, State } from "./locks";
import type { Parts } from "./record";

export type Values = Record<string, unknown>;

const SCALE = ["5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "."] as const;

/**
 * A right of a person: `span` in which it may be used; it covers lessons from `starts` up to `ends` (outside, "" open),
 * only those of the `numbers` when there are any.
 */
interface Right {
	readonly person: string;
	readonly span: Span;
	readonly starts: string;
	readonly ends: string;
	readonly numbers?: readonly number[];
}

/** That a pupil is in a subgroup (or out of it) from the day `since` on; before it the opposite held. */
interface Membership {
	readonly active: boolean;
	readonly since: string;
}

/** A role of a person, with the class it is for where it has one. */
interface Role {
	readonly role: string;
	readonly target: string;
	readonly span: Span;
}

/** A term: its days (half-open) and the changes of its lock, oldest first. */
interface TermFact {
	readonly term: string;
	readonly year: string;
	readonly starts: string;
	readonly ends: string;
	readonly changes: readonly Change[];
}

/** A school year: its days (half-open) and the changes of its lock, oldest first. */
type YearFact = Omit<TermFact, "term">;

/** True for a lesson on that day with that number. */
export function covers(right: Right, day: string, number = ""): boolean {
	if (right.numbers?.length && !right.numbers.map(String).includes(number)) return false;
	return right.starts <= day && (!right.ends || day < right.ends);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function within<V>(index: Map<string, Map<string, V>>, name: string): Map<string, V> {
	let found = index.get(name);
	if (!found) {
		found = new Map();
		index.set(name, found);
	}
	return found;
}

/** True for a lesson on that day. */
function isMember(member: Membership | undefined, day: string): boolean {
	return member !== undefined && member.active === day >= member.since;
}

/** The changes of a lock as a record keeps them: moment, state, person, reason. */
function changesOf({ changes }: Values, read: (state: unknown) => State): Change[] {
	if (!Array.isArray(changes)) return [];
	return (changes as [number, unknown, string, string][]).map(([at, state, person]) => ({
		at,
		state: read(state),
		person,
	}));
}

/** What was opened for a person, and when it may be used. Empty `term` or `journal`: any. */
export interface Opening {
	readonly term: string;
	readonly journal: string;
	readonly span: Span;
}

/** What the rules may ask about a school. Only `put` changes it. */
export class Facts {
	readonly records = new Map<string, Map<string, Values>>();
	readonly terms = new Map<string, TermFact>();
	readonly years = new Map<string, YearFact>();
	school: Values = {};
	scale: ReadonlySet<string> = new Set(SCALE);
	private readonly teachings = new Map<string, Map<string, Right>>();
	private readonly substitutions = new Map<string, Map<string, Right>>();
	private readonly grants = new Map<string, Map<string, Role>>();
	private readonly openings = new Map<string, Map<string, Opening>>();
	private readonly enrolments = new Map<string, Map<string, Right>>();
	private readonly members = new Map<string, Membership>();

	/** Take in a record as it now stands. */
	put(kind: string, key: string, values: Values): void {
		const before = this.get(kind, key);
		within(this.records, kind).set(key, values);
		const ends = text(values.ends);
		const zone = this.timezone;
		const [first = "", second = "", third = ""] = key.split("/");
		switch (kind) {
			case "school":
				this.putSchool(values);
				break;
			case "teaching":
			case "substitution": {
				const index = within(kind === "teaching" ? this.teachings : this.substitutions, first);
				// A substitution without an end has been called off.
				const off = kind === "teaching" ? values.active === false : !ends;
				if (off) index.delete(key);
				else {
					const numbers = Array.isArray(values.numbers) ? (values.numbers as number[]) : [];
					index.set(key, { person: second, span: spanOf(third, ends, zone), starts: third, ends, numbers });
				}
				break;
			}
			case "grant": {
				within(this.grants, text(before?.person)).delete(key);
				if (values.person && values.role) {
					const span = spanOf(text(values.starts), ends, zone);
					const role = { role: text(values.role), target: text(values.target), span };
					within(this.grants, text(values.person)).set(key, role);
				}
				break;
			}
			case "opening": {
				const index = within(this.openings, first);
				const [term, journal] = [text(values.term), text(values.journal)];
				// An opening without an end or a bound opens nothing.
				if (ends && (term || journal)) index.set(key, { term, journal, span: spanOf(second, ends, zone) });
				else index.delete(key);
				break;
			}
			case "enrolment": {
				const right = { person: second, span: spanOf(third, ends, zone), starts: third, ends };
				within(this.enrolments, `${first}/${second}`).set(third, right);
				break;
			}
			case "member":
				this.members.set(key, { active: values.active === true, since: text(values.since) });
				break;
			case "term": {
				const changes = changesOf(values, (locked) => (locked ? "locked" : "open"));
				const starts = text(values.starts) || "9999";
				this.terms.set(key, { term: key, year: text(values.year), starts, ends, changes });
				break;
			}
			case "year": {
				const changes = changesOf(values, (state) => state as State);
				this.years.set(key, { year: key, starts: text(values.starts), ends: ends || "9999", changes });
				break;
			}
			default: // the other facts are only looked up
		}
	}

	/** Name of the school's time zone. */
	get timezone(): string | null {
		return text(this.school.timezone) || null;
	}

	/** A record's values, or undefined. */
	get(kind: string, key: string): Values | undefined {
		return this.records.get(kind)?.get(key);
	}

	/** The term that a day lies in. */
	termOn(day: string): TermFact | null {
		for (const term of this.terms.values()) if (term.starts <= day && day < term.ends) return term;
		return null;
	}

	/** The school year that a day lies in. */
	yearOn(day: string): YearFact | null {
		for (const year of this.years.values()) if (year.starts <= day && day < year.ends) return year;
		return null;
	}

	/** The year and the term whose locks guard a record of this key; `dated` as its kind declares it. */
	guardsOf(dated: string, parts: Parts): readonly [YearFact | null, TermFact | null] {
		if (dated === "term") {
			const term = this.terms.get(parts.term ?? "") ?? null;
			return [(term && this.years.get(term.year)) ?? null, term];
		}
		if (dated === "journal") {
			const { year } = this.get("journal", parts.journal ?? "") ?? {};
			return [this.years.get(String(year ?? "")) ?? null, null];
		}
		const day = parts.date ?? "";
		return dated ? [this.yearOn(day), this.termOn(day)] : [null, null];
	}

	/** True when a school year holds the day, or when no year is known yet. */
	inYear(day: string): boolean {
		return !this.years.size || this.yearOn(day) !== null;
	}

	/** True when the person holds the role at that moment (for that class, when one is named). */
	role(person: string, role: string, moment: number, target?: string): boolean {
		return this.rolesOf(person).some(
			(g) => g.role === role && (target === undefined || g.target === target) && holds(g.span, moment),
		);
	}

	rolesOf(person: string): Role[] {
		return [...(this.grants.get(person)?.values() ?? [])];
	}

	teachingsOf(journal: string): Right[] {
		return [...(this.teachings.get(journal)?.values() ?? [])];
	}

	substitutionsOf(journal: string): Right[] {
		return [...(this.substitutions.get(journal)?.values() ?? [])];
	}

	openingsOf(person: string): Opening[] {
		return [...(this.openings.get(person)?.values() ?? [])];
	}

	/** True when the pupil was ever of the class. */
	knows(classId: string, pupil: string): boolean {
		return this.enrolments.has(`${classId}/${pupil}`);
	}

	/** Whether the pupil was of the class (and subgroup) that day; null when never of this class at all. */
	enrolled(classId: string, subgroup: string, pupil: string, day: string): boolean | null {
		const lines = this.enrolments.get(`${classId}/${pupil}`);
		if (!lines) return null;
		if (subgroup && !isMember(this.members.get(`${classId}/${subgroup}/${pupil}`), day)) return false;
		return [...lines.values()].some((line) => covers(line, day));
	}

	private putSchool(values: Values): void {
		const moved = values.timezone !== this.school.timezone;
		this.school = values;
		const scale = values.scale as string[] | null | undefined;
		this.scale = new Set(scale?.length ? scale : SCALE);
		if (!moved) return;
		// Every span was reckoned in the old time zone.
		for (const kind of ["teaching", "substitution", "grant", "opening", "enrolment", "term"]) {
			for (const [key, row] of [...(this.records.get(kind) ?? [])]) this.put(kind, key, row);
		}
	}
}

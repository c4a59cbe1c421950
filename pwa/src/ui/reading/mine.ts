/** Which journals are this person's, on which days: by appointment, and by substitution for a colleague. */

import { type Accessor, createMemo } from "solid-js";
import { useRows, useSession, useToday } from "../context";

interface MyJournals {
	/** Journals taught by appointment or substitution at any time. */
	readonly all: readonly string[];
	/** Taught by appointment that day. */
	own(journal: string, day: string): boolean;
	/** This person substitutes in the journal that day (in the lesson of that number). */
	substituting(journal: string, day: string, number?: number): boolean;
	/** All of this person's appointments and substitutions in the journal are over by that day. */
	ended(journal: string, day: string): boolean;
	/** The colleague who substitutes in the journal that day, for this person; null: nobody. */
	substitutedBy(journal: string, day: string, number?: number): string | null;
}

interface Days {
	readonly journal: string;
	readonly person: string;
	readonly starts: string;
	readonly ends: string;
	/** Only the lessons of these numbers; all when empty. */
	readonly numbers: readonly number[];
}

function covers(days: Days, day: string, number?: number): boolean {
	if (number !== undefined && days.numbers.length > 0 && !days.numbers.includes(number)) return false;
	return days.starts <= day && (days.ends === "" || day < days.ends);
}

export function useMyJournals(): Accessor<MyJournals> {
	const session = useSession();
	const teachings = useRows("teaching", "school");
	const substitutions = useRows("substitution", "school");
	return createMemo(() => {
		const me = session().person;
		const taught = new Map<string, Days[]>();
		const replaced = new Map<string, Days[]>();
		const put = (into: Map<string, Days[]>, days: Days): void => {
			into.set(days.journal, [...(into.get(days.journal) ?? []), days]);
		};
		for (const { parts, values } of teachings().values()) {
			if (values.active === false || parts["person"] !== me) continue;
			put(taught, daysOf(parts, values.ends));
		}
		for (const { parts, values } of substitutions().values()) {
			// A substitution without an end has been called off.
			if (values.ends) put(replaced, daysOf(parts, values.ends, values.numbers ?? []));
		}
		const mine = (days: Days): boolean => days.person === me;
		const all = new Set(taught.keys());
		for (const [journal, days] of replaced) if (days.some(mine)) all.add(journal);
		const at = (from: Map<string, Days[]>, journal: string, day: string, number?: number): Days[] =>
			(from.get(journal) ?? []).filter((d) => covers(d, day, number));
		return {
			all: [...all],
			own: (journal, day) => at(taught, journal, day).length > 0,
			substituting: (journal, day, number) => at(replaced, journal, day, number).some(mine),
			ended: (journal, day) => {
				const held = [...(taught.get(journal) ?? []), ...(replaced.get(journal) ?? []).filter(mine)];
				return held.length > 0 && held.every((d) => d.ends !== "" && d.ends <= day);
			},
			substitutedBy: (journal, day, number) => at(replaced, journal, day, number).find((d) => !mine(d))?.person ?? null,
		};
	});
}

/** Classes of which this person is the class teacher today. */
export function useMyClasses(): Accessor<ReadonlySet<string>> {
	const session = useSession();
	const today = useToday();
	const grants = useRows("grant", "school");
	return createMemo(() => {
		const found = new Set<string>();
		for (const { values } of grants().values())
			if (
				values.role === "class_teacher" &&
				values.person === session().person &&
				values.target &&
				(!values.ends || today() < values.ends)
			)
				found.add(values.target);
		return found;
	});
}

function daysOf(parts: Readonly<Record<string, string>>, ends: string | null, numbers: readonly number[] = []): Days {
	return {
		journal: parts["journal"] ?? "",
		person: parts["person"] ?? "",
		starts: parts["starts"] ?? "",
		ends: ends ?? "",
		numbers,
	};
}

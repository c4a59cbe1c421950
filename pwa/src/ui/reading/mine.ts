/** Which journals are this person's, on which days: by appointment, and by substitution for a colleague. */

import { type Accessor, createMemo } from "solid-js";
import { useRows, useSession } from "../context";

export interface MyJournals {
	/** Journals taught by appointment or substitution at any time. */
	readonly all: readonly string[];
	/** Taught by appointment that day. */
	own(journal: string, day: string): boolean;
	/** This person substitutes in the journal that day. */
	substituting(journal: string, day: string): boolean;
	/** The colleague who substitutes in the journal that day, for this person; null: nobody. */
	substitutedBy(journal: string, day: string): string | null;
}

interface Days {
	readonly journal: string;
	readonly person: string;
	readonly starts: string;
	readonly ends: string;
}

function covers(days: Days, day: string): boolean {
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
			if (values.ends) put(replaced, daysOf(parts, values.ends));
		}
		const mine = (days: Days): boolean => days.person === me;
		const all = new Set(taught.keys());
		for (const [journal, days] of replaced) if (days.some(mine)) all.add(journal);
		const at = (from: Map<string, Days[]>, journal: string, day: string): Days[] =>
			(from.get(journal) ?? []).filter((d) => covers(d, day));
		return {
			all: [...all],
			own: (journal, day) => at(taught, journal, day).length > 0,
			substituting: (journal, day) => at(replaced, journal, day).some(mine),
			substitutedBy: (journal, day) => at(replaced, journal, day).find((d) => !mine(d))?.person ?? null,
		};
	});
}

function daysOf(parts: Readonly<Record<string, string>>, ends: string | null): Days {
	return {
		journal: parts["journal"] ?? "",
		person: parts["person"] ?? "",
		starts: parts["starts"] ?? "",
		ends: ends ?? "",
	};
}

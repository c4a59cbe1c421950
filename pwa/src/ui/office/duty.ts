/** Who gives the lessons of a journal on a day: its teacher, or who substitutes. */

import { type Accessor, createMemo } from "solid-js";
import { useRows } from "../context";

interface Days {
	readonly person: string;
	readonly starts: string;
	readonly ends: string;
}

export interface Duty {
	/** The teachers by appointment that day; more than one where two share it. */
	teachers(journal: string, day: string): string[];
	/** Who is answerable for the lesson: the substitute, else the teacher; null: nobody is known. */
	answerable(journal: string, day: string): string | null;
	/** Journals that a person teaches by appointment that day. */
	journalsOf(person: string, day: string): string[];
}

const covers = (days: Days, day: string): boolean => days.starts <= day && (days.ends === "" || day < days.ends);

export function useDuty(): Accessor<Duty> {
	const teachings = useRows("teaching", "school");
	const substitutions = useRows("substitution", "school");
	return createMemo(() => {
		const taught = new Map<string, Days[]>();
		const replaced = new Map<string, Days[]>();
		const put = (into: Map<string, Days[]>, parts: Readonly<Record<string, string>>, ends: string): void => {
			const { journal = "", person = "", starts = "" } = parts;
			into.set(journal, [...(into.get(journal) ?? []), { person, starts, ends }]);
		};
		for (const { parts, values } of teachings().values())
			if (values.active !== false) put(taught, parts, values.ends ?? "");
		// A substitution without an end has been called off.
		for (const { parts, values } of substitutions().values()) if (values.ends) put(replaced, parts, values.ends);
		const at = (from: Map<string, Days[]>, journal: string, day: string): string[] =>
			(from.get(journal) ?? []).filter((d) => covers(d, day)).map((d) => d.person);
		return {
			teachers: (journal, day) => at(taught, journal, day),
			answerable: (journal, day) => at(replaced, journal, day)[0] ?? at(taught, journal, day)[0] ?? null,
			journalsOf: (person, day) => [...taught.keys()].filter((journal) => at(taught, journal, day).includes(person)),
		};
	});
}

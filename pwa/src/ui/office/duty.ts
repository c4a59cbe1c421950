/** Who gives the lessons of a journal on a day: its teacher, or who substitutes. */

import { type Accessor, createMemo } from "solid-js";
import { useRows } from "../context";

interface Days {
	readonly person: string;
	readonly starts: string;
	readonly ends: string;
	/** Only the lessons of these numbers; all when empty. */
	readonly numbers: readonly number[];
}

interface Duty {
	/** The teachers by appointment that day; more than one where two share it. */
	teachers(journal: string, day: string): string[];
	/** Who is answerable for the lesson: the substitute, else the teacher; null: nobody is known. */
	answerable(journal: string, day: string, number: number): string | null;
	/** Journals that a person teaches by appointment that day. */
	journalsOf(person: string, day: string): string[];
}

function covers(days: Days, day: string, number?: number): boolean {
	if (number !== undefined && days.numbers.length > 0 && !days.numbers.includes(number)) return false;
	return days.starts <= day && (days.ends === "" || day < days.ends);
}

export function useDuty(): Accessor<Duty> {
	const teachings = useRows("teaching", "school");
	const substitutions = useRows("substitution", "school");
	return createMemo(() => {
		const taught = new Map<string, Days[]>();
		const replaced = new Map<string, Days[]>();
		const put = (
			into: Map<string, Days[]>,
			parts: Readonly<Record<string, string>>,
			ends: string,
			numbers: readonly number[] = [],
		): void => {
			const { journal = "", person = "", starts = "" } = parts;
			into.set(journal, [...(into.get(journal) ?? []), { person, starts, ends, numbers }]);
		};
		for (const { parts, values } of teachings().values())
			if (values.active !== false) put(taught, parts, values.ends ?? "");
		// A substitution without an end has been called off.
		for (const { parts, values } of substitutions().values())
			if (values.ends) put(replaced, parts, values.ends, values.numbers ?? []);
		const at = (from: Map<string, Days[]>, journal: string, day: string, number?: number): string[] =>
			(from.get(journal) ?? []).filter((d) => covers(d, day, number)).map((d) => d.person);
		return {
			teachers: (journal, day) => at(taught, journal, day),
			answerable: (journal, day, number) =>
				at(replaced, journal, day, number)[0] ?? at(taught, journal, day)[0] ?? null,
			journalsOf: (person, day) => [...taught.keys()].filter((journal) => at(taught, journal, day).includes(person)),
		};
	});
}

/**
 * Names as people say them: staff by family name and initials, journals by class and subject, with no id on screen.
 */

import { type Accessor, createMemo } from "solid-js";
import type { View } from "../../engine/types";
import type { Person } from "../../generated/model";
import { useLive, useRows, useSession } from "../context";
import { field } from "../phrases/field";

type Named = Pick<Person, "last_name" | "first_name" | "middle_name">;

/** "Кузнецова Марина Львовна". */
export function fullName(person: Named | null | undefined): string {
	return [person?.last_name, person?.first_name, person?.middle_name].filter(Boolean).join(" ");
}

/** "Орлов С. И." */
function shortName(person: Named | null | undefined): string {
	const initials = [person?.first_name, person?.middle_name]
		.filter(Boolean)
		.map((name) => `${(name as string).charAt(0)}.`);
	return [person?.last_name, ...initials].filter(Boolean).join(" ");
}

/** Names of the staff by id; a person who is no longer known is called so. */
export function usePeople(): {
	short: (id: string | null | undefined) => string;
	full: (id: string | null | undefined) => string;
	/** "вы" for the person signed in. */
	orYou: (id: string | null | undefined) => string;
} {
	const people = useRows("person", "school");
	const session = useSession();
	const values = (id: string | null | undefined): Person | undefined => (id ? people().get(id)?.values : undefined);
	const short = (id: string | null | undefined): string => shortName(values(id)) || field().someone;
	return {
		short,
		full: (id) => fullName(values(id)) || field().someone,
		orYou: (id) => (id === session().person ? field().you : short(id)),
	};
}

/** What a journal is called, in parts. */
export interface JournalName {
	readonly journal: string;
	readonly className: string;
	readonly subject: string;
	readonly subgroup: string;
	/** "8 «Б» · Алгебра", with the subgroup where there is one. */
	readonly title: string;
	readonly classId: string;
	readonly hours: number | null;
	readonly year: string;
	readonly grade: number | null;
}

/** The names of all journals the tablet knows of, by id. */
export function useJournalNames(): Accessor<(journal: string) => JournalName> {
	const live = useLive();
	const journals = useRows("journal", "school");
	const classes = useRows("class", "school");
	const subjects = useRows("subject", "school");
	return createMemo(() => {
		const [rows, groups, taught] = [journals(), classes(), subjects()];
		const known = new Map<string, JournalName>();
		return (journal: string): JournalName => {
			const found = known.get(journal);
			if (found !== undefined) return found;
			const row = rows.get(journal)?.values;
			const classId = row?.class_id ?? "";
			const group = groups.get(classId)?.values;
			const className = group?.name ?? "";
			const subject = taught.get(row?.subject ?? "")?.values.name ?? field().journal;
			let subgroup = "";
			if (row?.subgroup) {
				// Its name lives with the class, which may arrive later: followed, and not kept.
				live.watch(`class:${classId}`);
				const named = live.engine.row("subgroup", `${classId}/${row.subgroup}`)?.values.name;
				subgroup = named ?? `${field().subgroup} ${placeAmong(rows, journal)}`;
			}
			const made: JournalName = {
				journal,
				className,
				subject,
				subgroup,
				title: [className, subject, subgroup].filter(Boolean).join(" · "),
				classId,
				hours: row?.hours ?? null,
				year: row?.year ?? "",
				grade: group?.grade ?? null,
			};
			if (!subgroup) known.set(journal, made);
			return made;
		};
	});
}

/** The number of a subgroup whose name is not on the tablet: its place among those of the class in the subject. */
function placeAmong(rows: ReadonlyMap<string, View<"journal">>, journal: string): number {
	const one = rows.get(journal)?.values;
	const groups = [...rows.values()]
		.filter(({ values }) => values.class_id === one?.class_id && values.subject === one?.subject && values.subgroup)
		.map(({ values }) => values.subgroup ?? "")
		.sort();
	return groups.indexOf(one?.subgroup ?? "") + 1;
}

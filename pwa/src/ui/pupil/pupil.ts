/** A pupil as this person may see one: the name, the classes, and those journals on the tablet that teach the pupil. */

import { type Accessor, createMemo } from "solid-js";
import { useLive, useRows } from "../context";
import { type JournalName, useJournalNames } from "../reading/names";

export interface KnownPupil {
	readonly pupil: string;
	readonly name: string;
	/** Classes whose list on this tablet holds the pupil, the present one first. */
	readonly classes: readonly string[];
	/** The first of them in words; empty: not known here. */
	readonly className: string;
}

/**
 * Every pupil of whom this tablet holds a list or a card, by name. A tablet holds only what its person may see, so this
 * is also whom the person may look for.
 */
export function usePupils(): Accessor<readonly KnownPupil[]> {
	const live = useLive();
	const classes = useRows("class", "school");
	return createMemo(() => {
		live.watch("school");
		live.watch("office");
		const today = live.today();
		const found = new Map<string, { name: string; latest: string; classes: [string, boolean][] }>();
		for (const scope of live.engine.scopes()) {
			if (!scope.startsWith("class:")) continue;
			live.watch(scope);
			for (const { parts, values } of live.engine.rows("enrolment", scope).values()) {
				const { class_id = "", pupil = "", starts = "" } = parts;
				const of = found.get(pupil) ?? { name: "", latest: "", classes: [] };
				found.set(pupil, of);
				if (starts >= of.latest) {
					of.latest = starts;
					of.name = values.name ?? of.name;
				}
				of.classes.push([class_id, starts <= today && (!values.ends || today < values.ends)]);
			}
		}
		// The office holds a card of everybody, but a class's list only once it was opened.
		for (const { key, values } of live.engine.rows("pupil", "office").values()) {
			if (found.has(key)) continue;
			const name = [values.last_name, values.first_name].filter(Boolean).join(" ");
			found.set(key, { name, latest: "", classes: [] });
		}
		return [...found]
			.map(([pupil, of]): KnownPupil => {
				const sorted = [...of.classes].sort((a, b) => Number(b[1]) - Number(a[1]));
				const ids = [...new Set(sorted.map(([id]) => id))];
				return { pupil, name: of.name, classes: ids, className: classes().get(ids[0] ?? "")?.values.name ?? "" };
			})
			.filter((known) => known.name !== "")
			.sort((a, b) => a.name.localeCompare(b.name, "ru"));
	});
}

/** One of them; null: not among those on this tablet. */
export function usePupil(pupil: Accessor<string>): Accessor<KnownPupil | null> {
	const all = usePupils();
	return createMemo(() => all().find((known) => known.pupil === pupil()) ?? null);
}

/** The journals of the pupil's classes that this tablet holds, each with the pupil in its list. */
export function useJournalsOf(pupil: Accessor<KnownPupil | null>): Accessor<readonly JournalName[]> {
	const live = useLive();
	const names = useJournalNames();
	const journals = useRows("journal", "school");
	return createMemo(() => {
		const known = pupil();
		if (known === null) return [];
		return [...journals()]
			.filter(([id, { values }]) => {
				const classId = values.class_id ?? "";
				live.watch(`journal:${id}`);
				if (!known.classes.includes(classId) || !live.engine.complete(`journal:${id}`)) return false;
				live.watch(`class:${classId}`);
				const member = values.subgroup && `${classId}/${values.subgroup}/${known.pupil}`;
				return !member || live.engine.row("member", member)?.values.active === true;
			})
			.map(([id]) => names()(id))
			.sort((a, b) => a.title.localeCompare(b.title, "ru", { numeric: true }));
	});
}

/** The class teacher's own class, and what this tablet holds of it. */

import { type Accessor, createMemo, createSignal } from "solid-js";
import type { View } from "../../engine/types";
import { useLive, useRow, useRows, useSession, useToday } from "../context";
import { useJournalNames } from "../reading/names";
import { type PupilLine, rosterOf } from "../reading/roster";
import { type Attended, attendedOf } from "./absences";

export interface OwnClass {
	readonly id: string;
	readonly name: string;
}

const [chosen, setChosen] = createSignal("");

export { setChosen as chooseClass };

/** The classes this person is class teacher of today, by grant. */
export function useOwnClasses(): Accessor<readonly OwnClass[]> {
	const live = useLive();
	const session = useSession();
	const grants = useRows("grant", "school");
	const classes = useRows("class", "school");
	return createMemo(() => {
		const today = live.today();
		const found = new Map<string, OwnClass>();
		for (const { values } of grants().values()) {
			if (values.person !== session().person || values.role !== "class_teacher" || !values.target) continue;
			if ((values.starts && today < values.starts) || (values.ends && today >= values.ends)) continue;
			found.set(values.target, { id: values.target, name: classes().get(values.target)?.values.name ?? "" });
		}
		return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "ru", { numeric: true }));
	});
}

/** The class shown: the chosen one, else the first. */
export function useOwnClass(): Accessor<OwnClass | null> {
	const all = useOwnClasses();
	return createMemo(() => all().find((c) => c.id === chosen()) ?? all()[0] ?? null);
}

export interface ClassJournal {
	readonly id: string;
	readonly subject: string;
	/** Short name of the subject, for lists of lessons and heads of columns. */
	readonly short: string;
	readonly subgroup: string;
}

/** The school's journals of this year; where none runs, of all. */
export function useJournalsNow(): Accessor<readonly View<"journal">[]> {
	const today = useToday();
	const journals = useRows("journal", "school");
	const years = useRows("year", "school");
	return createMemo(() => {
		const past = new Set<string>();
		for (const { key, values } of years().values()) if (values.ends && values.ends <= today()) past.add(key);
		const running = years().size > past.size;
		return [...journals().values()].filter(({ values }) => !running || !past.has(values.year ?? ""));
	});
}

/** The journals of a class this year, by subject. */
export function useClassJournals(classId: Accessor<string>): Accessor<readonly ClassJournal[]> {
	const journals = useJournalsNow();
	const subjects = useRows("subject", "school");
	const names = useJournalNames();
	return createMemo(() => {
		const found: ClassJournal[] = [];
		for (const { key, values } of journals()) {
			if (values.class_id !== classId()) continue;
			const { subject, subgroup } = names()(key);
			found.push({ id: key, subject, subgroup, short: subjects().get(values.subject ?? "")?.values.short || subject });
		}
		return found.sort((a, b) => a.subject.localeCompare(b.subject, "ru") || a.subgroup.localeCompare(b.subgroup, "ru"));
	});
}

/** Absences and late arrivals of the class in all these journals, as far as this tablet holds them. */
export function useAttended(journals: Accessor<readonly ClassJournal[]>): Accessor<Attended> {
	const live = useLive();
	return createMemo(() =>
		attendedOf(
			journals().map(({ id }) => {
				live.watch(`journal:${id}`);
				return live.engine.rows("attendance", `journal:${id}`);
			}),
		),
	);
}

/** Everyone who was of the class this year. */
export function useClassRoster(classId: Accessor<string>): Accessor<readonly PupilLine[]> {
	const enrolments = useRows("enrolment", () => `class:${classId()}`);
	return createMemo(() => rosterOf(enrolments().values(), new Map(), classId(), ""));
}

/** Names of the class's pupils by id. */
export function usePupilNames(roster: Accessor<readonly PupilLine[]>): Accessor<ReadonlyMap<string, string>> {
	return createMemo(() => new Map(roster().map((p) => [p.pupil, p.name])));
}

/** Journals of the class that are not on this tablet yet. */
export function useMissingJournals(journals: Accessor<readonly ClassJournal[]>): Accessor<number> {
	const live = useLive();
	return createMemo(() => {
		live.status();
		return journals().filter(({ id }) => {
			live.watch(`journal:${id}`);
			return !live.engine.complete(`journal:${id}`);
		}).length;
	});
}

/** The name of the school class by id. */
export function useClassName(classId: Accessor<string>): Accessor<string> {
	const row = useRow("class", classId);
	return () => row()?.values.name ?? "";
}

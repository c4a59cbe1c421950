/** What an entry is about, in words: "Жуков Максим · 8 «Б» · Алгебра · 17 ноября", its value, and where to open it. */

import { kindOf, partsOf } from "../../rules/record";
import { useLive } from "../context";
import { attention } from "../phrases/attention";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { useJournalNames } from "./names";
import { useTerms } from "./school";

export interface Target {
	readonly title: string;
	/** The screen on which it stands, or null. */
	readonly href: string | null;
}

type Cells = Readonly<Record<string, unknown>>;

/** Tells of a record by kind and key. Reactive. */
export function useTargets(): (kind: string, key: string) => Target {
	const live = useLive();
	const names = useJournalNames();
	const terms = useTerms();
	const pupilName = (classId: string, pupil: string): string => {
		const scope = `class:${classId}`;
		live.watch(scope);
		for (const row of live.engine.rows("enrolment", scope).values())
			if (row.parts["pupil"] === pupil && row.values.name) return row.values.name;
		// The office holds every pupil's card, but a class's list only once that class was opened.
		live.watch("office");
		const card = live.engine.row("pupil", pupil)?.values;
		return [card?.last_name, card?.first_name].filter(Boolean).join(" ");
	};
	return (kind, key) => {
		const declared = kindOf(kind);
		const parts = declared ? partsOf(declared, key) : null;
		const word = attention().kinds[kind] ?? "";
		if (parts === null) return { title: word, href: null };
		const { journal, pupil, date, number, term } = parts;
		if (!journal) return { title: word, href: null };
		const name = names()(journal);
		const title = [
			pupil && pupilName(name.classId, pupil),
			name.className,
			name.subject,
			date && dayText(date, "long"),
			date && number && !pupil && field().lessonNumber(number),
			term && terms().find((t) => t.id === term)?.name,
		]
			.filter(Boolean)
			.join(" · ");
		const href = date && number ? `/lesson/${journal}/${date}/${number}` : `/journal/${journal}`;
		return { title, href: pupil && date ? `${href}/marks` : href };
	};
}

/** What cells say, in words; the first of them that a person wrote. Empty: they were cleared. */
export function valueText(kind: string, cells: Cells): string {
	const said = Object.entries(cells)
		.map(([cell, value]) => oneValue(kind, cell, value))
		.filter((text) => text !== "");
	return said.join(", ");
}

function oneValue(kind: string, cell: string, value: unknown): string {
	if (value === null || value === undefined || value === "") return "";
	switch (cell) {
		case "presence":
			return field().presence[String(value)] ?? "";
		case "minutes":
			return field().minutes(Number(value));
		case "work":
			return field().works[String(value)] ?? "";
		case "due":
		case "starts":
		case "ends":
			return dayText(String(value), "long");
		case "reason":
			return kind === "attendance" ? (field().excuses[String(value)] ?? "") : `«${String(value)}»`;
		case "value":
			return String(value);
		case "plan":
			return "";
		case "roll":
		case "locked":
		case "outcome":
		case "seen":
			return attention().cells[cell] ?? "";
		default:
			return typeof value === "string" ? `«${value}»` : (attention().cells[cell] ?? "");
	}
}

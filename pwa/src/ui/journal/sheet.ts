/** Which part of the year the journal shows: the term, a month of it or all of it, its lessons, and the term's means. */

import { type Accessor, createMemo, createSignal } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { createSteady, useLessons } from "../context";
import { isOfSpan, type PupilLine } from "../reading/roster";
import { type TermSpan, termOn } from "../reading/school";
import { orphansOf, type Part, partFor, partsOf, termFor, withOrphans } from "./columns";
import { type JournalModel, type MeanOf, useMeans } from "./model";

/** Where the journal opens. `day`: its month; `lesson`: the lesson whose column to stand in. */
export interface Opening {
	readonly day: string;
	readonly lesson?: string;
}

export type Sheet = ReturnType<typeof createSheet>;

export function createSheet(model: JournalModel, opening: Accessor<Opening>) {
	const [termId, setTermId] = createSignal<string | null>(null);
	const [partId, setPartId] = createSignal<string | null>(null);
	const term = createMemo(
		(): TermSpan | null => model.terms().find((t) => t.id === termId()) ?? termFor(model.terms(), opening().day),
	);
	const parts = createMemo((): Part[] => {
		const now = term();
		return now === null ? [] : partsOf(now);
	});
	const part = createMemo((): Part | null => parts().find((p) => p.id === partId()) ?? partFor(parts(), opening().day));
	const planned = useLessons(
		() => [model.journal()],
		() => part()?.from ?? "9999",
		() => part()?.until ?? "9999",
	);
	// As text, so that it only changes when a lesson appears or goes: a column is not made anew for each mark.
	const orphans = createSteady((): string => {
		const now = part();
		if (now === null) return "";
		const keys = [...model.marks().keys(), ...model.attendance().keys()];
		return orphansOf(planned(), keys, now.from, now.until).join(" ");
	});
	const columns = createMemo((): readonly LessonPlace[] =>
		withOrphans(planned(), orphans().split(" ").filter(Boolean)),
	);
	/** Pupils of the part: enrolled on some day of it, or with an entry in it. */
	const gone = createSteady((): string => {
		const now = part();
		if (now === null) return "";
		const away = model.roster().filter((line) => !isOfSpan(line, now.from, now.until));
		if (away.length === 0) return "";
		const written = new Set<string>();
		for (const key of [...model.marks().keys(), ...model.attendance().keys()]) {
			const [, date = "", , pupil = ""] = key.split("/");
			if (date >= now.from && date < now.until) written.add(pupil);
		}
		return away
			.filter((line) => !written.has(line.pupil))
			.map((line) => line.pupil)
			.join(" ");
	});
	const rows = createMemo((): readonly PupilLine[] => {
		const hidden = new Set(gone().split(" "));
		return model.roster().filter((line) => !hidden.has(line.pupil));
	});
	const means: Accessor<ReadonlyMap<string, MeanOf>> = useMeans(model, term);
	return {
		model,
		opening,
		term,
		chooseTerm: (id: string) => {
			setPartId(null);
			setTermId(id);
		},
		parts,
		part,
		choosePart: setPartId,
		/** Opens the part of the term in which a day is; nothing changes where no term has it. */
		openDay: (day: string) => {
			const of = termOn(model.terms(), day);
			if (of === null) return;
			setTermId(of.id);
			setPartId(partFor(partsOf(of), day)?.id ?? null);
		},
		columns,
		rows,
		means,
		/** False for a class of the first year: it gets no marks, and has no columns for them. */
		marked: (): boolean => model.name().grade !== 1,
		lastCol: (): number => columns().length + (model.name().grade !== 1 ? 1 : -1),
		/** The columns after the lessons. */
		meanCol: (): number => columns().length,
		termCol: (): number => columns().length + 1,
		/** The term mark as it stands; empty when none is given. */
		termValue: (pupil: string, span: TermSpan): string =>
			model.termMarks().get(termMarkKey(model.journal(), span, pupil))?.values.value ?? "",
	};
}

export function termMarkKey(journal: string, term: TermSpan, pupil: string): string {
	return `${journal}/${term.id}/${pupil}`;
}

/** A journal as its screens read it: pupils, lessons, what stands in each cell, means and term marks. */

import { type Accessor, createEffect, createMemo, untrack } from "solid-js";
import type { View } from "../../engine/types";
import { counts, type Fraction, weightedMean, weightOf } from "../../rules/marks";
import { useLive, useRow, useRows } from "../context";
import { type JournalName, useJournalNames } from "../reading/names";
import { type PupilLine, useRoster } from "../reading/roster";
import { type TermSpan, useSettings, useTerms } from "../reading/school";
import { attendanceKey, markKey, type Place, type Standing } from "./cell";

/** A pupil's mean and what it is made of. Marks that only this tablet has are in it; corrections on hold are not. */
export interface MeanOf {
	/** Null when no mark counts. */
	readonly mean: Fraction | null;
	/** Marks that count. */
	readonly count: number;
	/** Of those, the ones that the server does not have yet. */
	readonly waiting: number;
	/** Marks with a correction that waits for the deputy head. */
	readonly held: number;
}

export interface JournalModel {
	readonly journal: Accessor<string>;
	readonly name: Accessor<JournalName>;
	readonly roster: Accessor<readonly PupilLine[]>;
	readonly marks: Accessor<ReadonlyMap<string, View<"mark">>>;
	readonly attendance: Accessor<ReadonlyMap<string, View<"attendance">>>;
	readonly lessons: Accessor<ReadonlyMap<string, View<"lesson">>>;
	readonly termMarks: Accessor<ReadonlyMap<string, View<"term_mark">>>;
	/** Terms of this journal's year, in order. */
	readonly terms: Accessor<readonly TermSpan[]>;
	/** Reactive: follows the cell. */
	standing(place: Place): Standing;
	/** Is everything that this journal needs on the tablet? */
	readonly complete: Accessor<boolean>;
}

export function useJournal(journal: Accessor<string>): JournalModel {
	const live = useLive();
	const names = useJournalNames();
	const scope = (): string => `journal:${journal()}`;
	const row = useRow("journal", journal);
	const marks = useRows("mark", scope);
	const attendance = useRows("attendance", scope);
	const lessons = useRows("lesson", scope);
	const termMarks = useRows("term_mark", scope);
	const allTerms = useTerms();
	const classScope = (): string => `class:${row()?.values.class_id ?? ""}`;
	const complete = createMemo(() => {
		live.watch(scope());
		live.watch(classScope());
		return live.engine.complete(scope()) && live.engine.complete(classScope());
	});
	createEffect(() => {
		// A deputy head follows a journal once it is opened; others follow theirs already.
		const wanted = [scope(), classScope()];
		if (row() === null) return;
		untrack(() => {
			for (const name of wanted) if (!live.engine.complete(name)) live.engine.follow(name);
		});
	});
	return {
		journal,
		name: createMemo(() => names()(journal())),
		roster: useRoster(journal),
		marks,
		attendance,
		lessons,
		termMarks,
		terms: createMemo(() => {
			const year = row()?.values.year;
			return allTerms().filter((term) => !year || term.year === year);
		}),
		standing: (place) => ({
			first: marks().get(markKey(place, 1)) ?? null,
			second: marks().get(markKey(place, 2)) ?? null,
			attendance: attendance().get(attendanceKey(place)) ?? null,
		}),
		complete,
	};
}

/** The weighted mean of each pupil in a term, exact, by the school's weights of kinds of work. */
export function useMeans(model: JournalModel, term: Accessor<TermSpan | null>): Accessor<ReadonlyMap<string, MeanOf>> {
	const settings = useSettings();
	return createMemo(() => {
		const span = term();
		const found = new Map<string, { marks: { value: string; weight: number }[]; waiting: number; held: number }>();
		if (span === null) return new Map<string, MeanOf>();
		const works = model.lessons();
		const { weights } = settings();
		for (const { parts, values, states } of model.marks().values()) {
			const date = parts["date"] ?? "";
			const isHeld = states.value === "held";
			if ((!values.value && !isHeld) || date < span.starts || date >= span.ends) continue;
			const pupil = parts["pupil"] ?? "";
			const sum = found.get(pupil) ?? { marks: [], waiting: 0, held: 0 };
			found.set(pupil, sum);
			if (isHeld) sum.held += 1;
			if (!counts(values.value)) continue;
			const lesson = `${model.journal()}/${date}/${parts["number"]}`;
			const work = works.get(lesson)?.values.work ?? null;
			sum.marks.push({ value: values.value, weight: weightOf(work, weights) });
			if (states.value === "local") sum.waiting += 1;
		}
		const means = new Map<string, MeanOf>();
		for (const [pupil, { marks, waiting, held }] of found)
			means.set(pupil, { mean: weightedMean(marks), count: marks.length, waiting, held });
		return means;
	});
}

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

/**
 * The weighted mean of each pupil in a term, exact, by the school's weights of kinds of work. Reckoned anew for pupils
 * whose marks changed; the others keep theirs.
 */
export function useMeans(model: JournalModel, term: Accessor<TermSpan | null>): Accessor<ReadonlyMap<string, MeanOf>> {
	const settings = useSettings();
	const known = createMemo(() => {
		const [span, works, { weights }] = [term(), model.lessons(), settings()];
		const weigh = ({ parts }: Mark): number => {
			const lesson = `${model.journal()}/${parts["date"]}/${parts["number"]}`;
			return weightOf(works.get(lesson)?.values.work ?? null, weights);
		};
		return { span, weigh, of: new Map<string, { marks: readonly Mark[]; mean: MeanOf }>() };
	});
	return createMemo(() => {
		const { span, weigh, of } = known();
		const means = new Map<string, MeanOf>();
		if (span === null) return means;
		for (const [pupil, marks] of byPupil(model.marks().values(), span)) {
			const before = of.get(pupil);
			const same = before?.marks.length === marks.length && before.marks.every((mark, i) => mark === marks[i]);
			const mean = same ? before.mean : meanOf(marks, weigh);
			of.set(pupil, { marks, mean });
			means.set(pupil, mean);
		}
		return means;
	});
}

type Mark = View<"mark">;

/** What is given or waits in those days. */
function byPupil(marks: Iterable<Mark>, { starts, ends }: TermSpan): ReadonlyMap<string, Mark[]> {
	const found = new Map<string, Mark[]>();
	for (const mark of marks) {
		const { date = "", pupil = "" } = mark.parts;
		if ((!mark.values.value && mark.states.value !== "held") || date < starts || date >= ends) continue;
		const of = found.get(pupil);
		if (of === undefined) found.set(pupil, [mark]);
		else of.push(mark);
	}
	return found;
}

function meanOf(marks: readonly Mark[], weigh: (mark: Mark) => number): MeanOf {
	const counting = marks.filter(({ values }) => counts(values.value));
	return {
		mean: weightedMean(counting.map((mark) => ({ value: mark.values.value ?? "", weight: weigh(mark) }))),
		count: counting.length,
		waiting: counting.filter(({ states }) => states.value === "local").length,
		held: marks.filter(({ states }) => states.value === "held").length,
	};
}

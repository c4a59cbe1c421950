/** One lesson as its screen reads and writes it: its place, its record, who may write, and the class that day. */

import { type Accessor, createMemo } from "solid-js";
import type { Decision, Entry, LessonPlace, View } from "../../engine/types";
import type { Lesson } from "../../generated/model";
import { dayAfter } from "../../rules/days";
import { useEngine, useLessons, useLive, useRow, useRows } from "../context";
import { type Entering, useEntering } from "../journal/entering";
import { type JournalModel, useJournal } from "../journal/model";
import { type PlanLine, planOf } from "../reading/lessons";
import { useMyJournals } from "../reading/mine";
import { enrolledOn, type PupilLine } from "../reading/roster";
import { termOn } from "../reading/school";
import type { Params } from "../router";

const LOOK_AHEAD_DAYS = 60;

export interface LessonState {
	readonly journal: Accessor<string>;
	readonly date: Accessor<string>;
	readonly number: Accessor<number>;
	readonly key: Accessor<string>;
	readonly scope: Accessor<string>;
	readonly model: JournalModel;
	readonly record: Accessor<View<"lesson"> | null>;
	readonly place: Accessor<LessonPlace | null>;
	/** Which lesson of the term this is, from 1; null outside a term. */
	readonly nth: Accessor<number | null>;
	/** Plan against fact, this lesson included: lines of the plan given, and lessons of the year so far. */
	readonly progress: Accessor<{ given: number; held: number }>;
	/** Lessons of this journal after this one, soonest first. */
	readonly coming: Accessor<readonly LessonPlace[]>;
	readonly plan: Accessor<readonly PlanLine[]>;
	/** Pupils of that day. */
	readonly pupils: Accessor<readonly PupilLine[]>;
	readonly substituting: Accessor<boolean>;
	/** What the rules say of writing this lesson now. */
	readonly verdict: Accessor<Decision>;
	readonly writable: Accessor<boolean>;
	readonly entering: Entering;
	/** The entry that writes cells of the lesson. */
	entry(cells: Partial<Lesson>): Entry;
	set(cells: Partial<Lesson>): void;
}

export function useLesson(params: Accessor<Params>): LessonState {
	const engine = useEngine();
	const live = useLive();
	const journal = createMemo(() => params()["journal"] ?? "");
	const date = createMemo(() => params()["date"] ?? "");
	const number = createMemo(() => Number(params()["number"] ?? 0));
	const key = createMemo(() => `${journal()}/${date()}/${number()}`);
	const scope = createMemo(() => `journal:${journal()}`);
	const model = useJournal(journal);
	const record = useRow("lesson", key);
	const planItems = useRows("plan_item", scope);
	const mine = useMyJournals();
	const entering = useEntering(() => verdict().reason);
	const term = createMemo(() => termOn(model.terms(), date()));
	const soFar = useLessons(
		() => [journal()],
		() => model.terms()[0]?.starts ?? "9999",
		() => dayAfter(date()),
	);
	const upToThis = createMemo(() => soFar().filter((l) => l.date < date() || l.number <= number()));
	const plan = createMemo(() => planOf(planItems().values(), model.lessons().values()));
	const ahead = useLessons(
		() => [journal()],
		() => date(),
		() => dayAfter(date(), LOOK_AHEAD_DAYS),
	);
	const place = createMemo(() => ahead().find((lesson) => lesson.key === key()) ?? null);
	const verdict = createMemo((): Decision => {
		live.watch("school");
		live.watch(scope());
		live.today();
		return engine.check({
			kind: "lesson",
			key: key(),
			set: { topic: "—" },
		});
	});
	const entry = (cells: Partial<Lesson>): Entry => ({ kind: "lesson", key: key(), set: cells });
	return {
		journal,
		date,
		number,
		key,
		scope,
		model,
		record,
		place,
		nth: createMemo(() => {
			const from = term()?.starts ?? "9999";
			const ofTerm = upToThis().filter((lesson) => lesson.date >= from);
			return ofTerm.at(-1)?.key === key() ? ofTerm.length : null;
		}),
		progress: createMemo(() => {
			// A lesson whose topic is not written yet is not behind the plan yet.
			const written = Boolean(record()?.values.topic);
			const given = plan().filter((line) => line.given !== null && line.given <= date()).length;
			return { given, held: upToThis().filter((l) => written || l.key !== key()).length };
		}),
		coming: createMemo(() => ahead().filter((l) => l.date > date() || (l.date === date() && l.number > number()))),
		plan,
		pupils: createMemo(() => model.roster().filter((line) => enrolledOn(line, date()))),
		substituting: createMemo(() => mine().substituting(journal(), date(), number())),
		verdict,
		writable: createMemo(() => verdict().verdict !== "refused"),
		entering,
		entry,
		set: (cells) => void entering.enter([entry(cells)]),
	};
}

/**
 * Giving marks at a lesson: who is open, what a key does there, and which pupil opens next.
 *
 * Keys come faster than the disk writes: each waits for the one before, and so falls to the pupil whom that has opened.
 */

import { createMemo, createSignal } from "solid-js";
import { Turns } from "../../engine/turns";
import {
	clearing,
	EMPTY,
	entriesOf,
	marksOf,
	type Place,
	presenceOf,
	read,
	type Standing,
	setMark,
} from "../journal/cell";
import { say } from "../parts/toasts";
import { journal as words } from "../phrases/journal";
import type { PupilLine } from "../reading/roster";
import { track } from "../writing";
import type { LessonState } from "./state";

export type MarkListState = ReturnType<typeof useMarkList>;

export function useMarkList(lesson: LessonState) {
	const [second, setSecond] = createSignal(false);
	const [commenting, setCommenting] = createSignal(false);
	const [moving, setMoving] = createSignal(false);
	const turns = new Turns();
	/** The row whose mark was given just now. */
	const [last, setLast] = createSignal(-1);
	const inTurn = (work: () => unknown): void => {
		void track(turns.take(async () => void (await work())));
	};
	const placeOf = (of: PupilLine): Place => ({
		journal: lesson.journal(),
		date: lesson.date(),
		number: lesson.number(),
		pupil: of.pupil,
	});
	const standing = (of: PupilLine): Standing => lesson.model.standing(placeOf(of));
	const isHere = (of: PupilLine): boolean => presenceOf(standing(of)) !== "absent";
	/** Null until the person has gone anywhere: the first who is here is open, an absent one gets no mark. */
	const [chosen, setChosen] = createSignal<number | null>(null);
	const at = createMemo(() => chosen() ?? Math.max(0, lesson.pupils().findIndex(isHere)));
	const line = (): PupilLine | undefined => lesson.pupils()[at()];
	const standingNow = (): Standing => {
		const now = line();
		return now === undefined ? EMPTY : standing(now);
	};
	const marked = (): boolean => marksOf(standingNow()).length > 0;
	const choose = (row: number): void => {
		setLast(-1);
		setSecond(false);
		setChosen(Math.max(0, Math.min(lesson.pupils().length - 1, row)));
	};
	/** The next pupil who is here: an absent one gets no mark. */
	const next = (): void => {
		let row = at() + 1;
		for (; row < lesson.pupils().length; row += 1) {
			const found = lesson.pupils()[row];
			if (found && isHere(found)) break;
		}
		if (row < lesson.pupils().length) choose(row);
	};
	/** A second mark, or a comment, belongs to the mark just given, though the next pupil is open already. */
	const toMarked = (): void => {
		if (!marked() && last() >= 0) choose(last());
	};
	/** Whose mark a comment would go to, when it is not the pupil who is open. */
	const commentTo = (): string | undefined => {
		const of = marked() ? undefined : lesson.pupils()[last()];
		return of && marksOf(standing(of)).length > 0 ? of.name : undefined;
	};
	/** A step back or on, and to the first pupil of it: the next key is theirs. */
	const turn = async (way: "undo" | "redo"): Promise<void> => {
		const keys = (await lesson.entering[way]()).map((entry) => entry.key);
		const row = lesson.pupils().findIndex(({ pupil }) => {
			const here = `${lesson.key()}/${pupil}`;
			return keys.some((key) => key === here || key.startsWith(`${here}/`));
		});
		if (row >= 0) choose(row);
	};
	const press = async (key: string): Promise<void> => {
		const now = line();
		const typed = read(key);
		if (now === undefined || typed === null) return;
		const row = at();
		const stands = standing(now);
		const value = typed.marks?.[0];
		const entries =
			second() && value !== undefined
				? setMark(placeOf(now), 2, stands.second, value)
				: entriesOf(placeOf(now), stands, typed);
		// The same mark again is no entry, but it is an answer: on to the next.
		if (entries.length > 0 && !(await lesson.entering.enter(entries))) return;
		setSecond(false);
		lesson.entering.warnOfBoth(now.name, standing(now));
		if (at() === row) next();
		setLast(row);
	};
	return {
		lesson,
		at,
		choose: (row: number) => inTurn(() => choose(row)),
		step: (by: number) => inTurn(() => choose(at() + by)),
		line,
		placeOf,
		standing,
		press: (key: string) => inTurn(() => press(key)),
		second,
		/** A key that means no mark: the pupil stays open, and it is said, for the eyes may be on the next one already. */
		refuse: (character: string) => say(words().unread(character)),
		pressSecond: () =>
			inTurn(() => {
				toMarked();
				setSecond(true);
			}),
		/** Does a mark stand for the pupil who is open, and does anything? */
		marked,
		filled: () => marked() || presenceOf(standingNow()) !== null,
		comment: () =>
			inTurn(() => {
				if (commentTo() !== undefined) toMarked();
				if (marked()) setCommenting(true);
			}),
		commentTo,
		moving,
		setMoving,
		move: () => inTurn(() => marked() && setMoving(true)),
		/** Who is here and has no mark. */
		unmarked: () => lesson.pupils().filter((of) => isHere(of) && marksOf(standing(of)).length === 0),
		/** One mark for many, one undo step; then the first of those left out is open. */
		giveAll: async (mark: string, to: readonly PupilLine[], out: readonly PupilLine[]) => {
			const entries = to.flatMap((of) => setMark(placeOf(of), 1, standing(of).first, mark));
			const [first] = out;
			if ((await lesson.entering.enter(entries)) && first !== undefined) choose(lesson.pupils().indexOf(first));
		},
		erase: () =>
			inTurn(() => {
				const now = line();
				return now && lesson.entering.enter(clearing(placeOf(now), standing(now)));
			}),
		undo: () => inTurn(() => turn("undo")),
		redo: () => inTurn(() => turn("redo")),
		commenting,
		setCommenting,
	};
}

/** Marks of a lesson as a list: one key per pupil, and the next pupil opens by itself. Second mark by "/", comment. */

import { createEffect, createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import {
	clearing,
	commentOf,
	entriesOf,
	LETTER,
	letterOf,
	marksOf,
	type Place,
	presenceOf,
	read,
	type Standing,
	setMark,
	stateOf,
} from "../journal/cell";
import { painted } from "../journal/GridCell";
import { KeyStrip } from "../journal/KeyStrip";
import { late } from "../late";
import { EmptyState } from "../parts/EmptyState";
import { Icon } from "../parts/Icon";
import { Sign } from "../parts/Sign";
import { say } from "../parts/toasts";
import { field } from "../phrases/field";
import { journal as words } from "../phrases/journal";
import { lesson as lessonWords } from "../phrases/lesson";
import { useReasonWords } from "../reading/grounds";
import type { PupilLine } from "../reading/roster";
import type { LessonState } from "./state";

const Comment = late(
	() => import("../journal/Comment"),
	() => null,
);

export type MarkListState = ReturnType<typeof useMarkList>;

export function useMarkList(lesson: LessonState) {
	const [at, setAt] = createSignal(0);
	const [second, setSecond] = createSignal(false);
	const [commenting, setCommenting] = createSignal(false);
	let last = -1;
	const line = (): PupilLine | undefined => lesson.pupils()[at()];
	const placeOf = (of: PupilLine): Place => ({
		journal: lesson.journal(),
		date: lesson.date(),
		number: lesson.number(),
		pupil: of.pupil,
	});
	const standing = (of: PupilLine): Standing => lesson.model.standing(placeOf(of));
	const choose = (row: number): void => {
		last = -1;
		setSecond(false);
		setAt(Math.max(0, Math.min(lesson.pupils().length - 1, row)));
	};
	/** The next pupil who is here: an absent one gets no mark. */
	const next = (): void => {
		let row = at() + 1;
		for (; row < lesson.pupils().length; row += 1) {
			const found = lesson.pupils()[row];
			if (found && presenceOf(standing(found)) !== "absent") break;
		}
		if (row < lesson.pupils().length) choose(row);
	};
	/** A second mark or a comment belongs to the mark just given, though the next pupil is open already. */
	const toMarked = (): void => {
		const now = line();
		const filled = now !== undefined && marksOf(standing(now)).length > 0;
		if (!filled && last >= 0) choose(last);
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
		const after = standing(now);
		if (presenceOf(after) === "absent" && marksOf(after).length > 0) say(words().absentWithMark);
		if (at() === row) next();
		last = row;
	};
	return {
		lesson,
		at,
		choose,
		line,
		placeOf,
		standing,
		press,
		second,
		pressSecond: () => {
			toMarked();
			setSecond(true);
		},
		comment: () => {
			toMarked();
			setCommenting(true);
		},
		erase: async () => {
			const now = line();
			if (now !== undefined) await lesson.entering.enter(clearing(placeOf(now), standing(now)));
		},
		commenting,
		setCommenting,
	};
}

export function MarkList(props: { list: MarkListState }): JSX.Element {
	const list = props.list;
	let box: HTMLOListElement | undefined;
	createEffect(() => {
		const row = box?.children[list.at()];
		row?.scrollIntoView({ block: "nearest" });
		if (box?.contains(document.activeElement)) row?.querySelector("button")?.focus({ preventScroll: true });
	});
	const key = (event: KeyboardEvent): void => {
		const control = event.ctrlKey || event.metaKey;
		if (event.key === "ArrowDown") list.choose(list.at() + 1);
		else if (event.key === "ArrowUp") list.choose(list.at() - 1);
		else if (event.key === "Home") list.choose(0);
		else if (event.key === "End") list.choose(list.lesson.pupils().length - 1);
		else if (event.key === "Delete" || event.key === "Backspace") void list.erase();
		else if (control && event.code === "KeyZ" && !event.shiftKey) void list.lesson.entering.undo();
		else if (control && (event.code === "KeyY" || event.code === "KeyZ")) void list.lesson.entering.redo();
		else {
			const letter = control || event.altKey ? null : letterOf(event.key);
			if (letter === null) return;
			if (letter === "/") list.pressSecond();
			else void list.press(letter);
		}
		event.preventDefault();
	};
	return (
		<Show
			when={list.lesson.pupils().length > 0}
			fallback={<EmptyState icon="class" title={list.lesson.model.complete() ? words().noPupils : words().loading} />}
		>
			<Show when={list.lesson.model.name().grade === 1}>
				<p class="notice">{words().noMarks}</p>
			</Show>
			<p class="soft">{lessonWords().marksHint}</p>
			<ol class="mark-list" ref={box} onKeyDown={key}>
				<For each={list.lesson.pupils()}>{(line, i) => <MarkRow list={list} line={line} row={i()} />}</For>
			</ol>
		</Show>
	);
}

function MarkRow(props: { list: MarkListState; line: PupilLine; row: number }): JSX.Element {
	const standing = createMemo(() => props.list.standing(props.line));
	const state = () => stateOf(standing());
	const active = (): boolean => props.list.at() === props.row;
	return (
		<li class={`mark-row ${state()}${active() ? " active" : ""}`}>
			<button
				type="button"
				tabIndex={active() ? 0 : -1}
				aria-current={active() ? "true" : undefined}
				onClick={() => props.list.choose(props.row)}
			>
				<span class="n">{props.row + 1}</span>
				<span class="who">{props.line.name}</span>
				<Show when={commentOf(standing())}>
					{(comment) => (
						<span class="said" title={comment()}>
							<Icon name="comment" size={16} />
							<span class="sr">
								{field().comment}: {comment()}
							</span>
						</span>
					)}
				</Show>
				<Show when={state() !== "safe" ? state() : null}>
					{(name) => (
						<>
							<Sign name={name() as Exclude<ReturnType<typeof name>, "safe">} />
							<span class="sr">{field().states[name()]}</span>
						</>
					)}
				</Show>
				<Show when={presenceOf(standing())}>
					{(presence) => (
						<span class={`presence ${presence()}`}>
							<span aria-hidden="true">{LETTER[presence()]}</span>
							<span class="sr">{field().presence[presence()]}</span>
						</span>
					)}
				</Show>
				<span class="marks">{painted(marksOf(standing()))}</span>
			</button>
		</li>
	);
}

export function MarkStrip(props: { list: MarkListState }): JSX.Element {
	const list = props.list;
	const live = useLive();
	const why = useReasonWords();
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return live.engine.canUndo();
	});
	const work = (): string => {
		const kind = list.lesson.record()?.values.work;
		return kind ? (field().works[kind] ?? "") : "";
	};
	const marked = (): boolean => list.lesson.model.name().grade !== 1;
	const barred = (): string => {
		const { verdict, reason, detail } = list.lesson.verdict();
		return verdict === "held" || verdict === "refused" ? why.now(reason, detail) : "";
	};
	return (
		<>
			<KeyStrip
				presence
				why={barred()}
				disabled={!list.lesson.writable()}
				marks={marked()}
				onPress={(key) => void list.press(key)}
				onErase={() => void list.erase()}
				onUndo={() => void list.lesson.entering.undo()}
				canUndo={canUndo()}
				second={list.second()}
				onSecond={marked() ? list.pressSecond : undefined}
				onComment={marked() ? list.comment : undefined}
			>
				<span class="says-who">{list.line()?.name}</span>
				<span class="says-what">
					{[lessonWords().pupilAt(list.at() + 1, list.lesson.pupils().length), work()].filter(Boolean).join(" · ")}
				</span>
			</KeyStrip>
			<Show when={list.commenting() && list.line()}>
				{(line) => (
					<Comment
						who={line().name}
						place={list.placeOf(line())}
						standing={list.standing(line())}
						onWrite={(entries) => void list.lesson.entering.enter(entries)}
						onClose={() => list.setCommenting(false)}
					/>
				)}
			</Show>
		</>
	);
}

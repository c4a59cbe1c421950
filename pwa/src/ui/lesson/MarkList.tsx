/** Marks of a lesson as a list: one key per pupil, and the next pupil opens by itself. Second mark by "/", comment. */

import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { useLive } from "../context";
import { commentOf, LETTER, letterOf, marksOf, presenceOf, stateOf } from "../journal/cell";
import { painted } from "../journal/GridCell";
import { KeyStrip } from "../journal/KeyStrip";
import { late } from "../late";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { Icon } from "../parts/Icon";
import { Sign } from "../parts/Sign";
import { field } from "../phrases/field";
import { journal as words } from "../phrases/journal";
import { lesson as lessonWords } from "../phrases/lesson";
import { useReasonWords } from "../reading/grounds";
import type { PupilLine } from "../reading/roster";
import type { MarkListState } from "./marking";

const Comment = late(
	() => import("../journal/Comment"),
	() => null,
);
const GiveAll = late(
	() => import("./GiveAll"),
	() => null,
);
const MoveMark = late(
	() => import("./MoveMark"),
	() => null,
);

export function MarkList(props: { list: MarkListState }): JSX.Element {
	const list = props.list;
	const [giving, setGiving] = createSignal(false);
	let box: HTMLOListElement | undefined;
	createEffect(() => {
		const row = box?.children[list.at()];
		row?.scrollIntoView({ block: "nearest" });
		if (box?.contains(document.activeElement)) row?.querySelector("button")?.focus({ preventScroll: true });
	});
	const key = (event: KeyboardEvent): void => {
		const control = event.ctrlKey || event.metaKey;
		if (event.key === "ArrowDown") list.step(1);
		else if (event.key === "ArrowUp") list.step(-1);
		else if (event.key === "Home") list.choose(0);
		else if (event.key === "End") list.choose(list.lesson.pupils().length - 1);
		else if (event.key === "F2" && event.shiftKey) list.comment();
		else if (event.key === "Delete" || event.key === "Backspace") list.erase();
		else if (control && event.code === "KeyZ" && !event.shiftKey) list.undo();
		else if (control && (event.code === "KeyY" || event.code === "KeyZ")) list.redo();
		else {
			const letter = control || event.altKey ? null : letterOf(event.key);
			if (letter === null) {
				const typed = !control && !event.altKey && [...event.key].length === 1 && event.key.trim() !== "";
				if (typed) list.refuse(event.key);
				return;
			}
			if (letter === "/") list.pressSecond();
			else list.press(letter);
		}
		event.preventDefault();
	};
	// A keyboard works at once: when the screen opens, its heading has the focus, and no row yet.
	const anywhere = (event: KeyboardEvent): void => {
		const at = event.target instanceof Element ? event.target : null;
		if (!event.defaultPrevented && (at === document.body || at?.closest("h1"))) key(event);
	};
	onMount(() => document.addEventListener("keydown", anywhere));
	onCleanup(() => document.removeEventListener("keydown", anywhere));
	return (
		<Show
			when={list.lesson.pupils().length > 0}
			fallback={<EmptyState icon="class" title={list.lesson.model.complete() ? words().noPupils : words().loading} />}
		>
			<Show when={list.lesson.model.name().grade === 1}>
				<p class="notice">{words().noMarks}</p>
			</Show>
			<div class="marks-lead">
				<p class="soft">{lessonWords().marksHint}</p>
				<Show when={list.lesson.writable() && list.lesson.model.name().grade !== 1 && list.unmarked().length > 1}>
					<Button icon="list" onClick={() => setGiving(true)}>
						{lessonWords().giveAll.open}
					</Button>
				</Show>
			</div>
			<Show when={giving()}>
				<GiveAll
					pupils={list.unmarked()}
					onGive={(mark, to, out) => void list.giveAll(mark, to, out)}
					onClose={() => setGiving(false)}
				/>
			</Show>
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
				onPress={(key) => list.press(key)}
				onErase={() => list.erase()}
				unmarked={!list.marked()}
				empty={!list.filled()}
				onUndo={() => list.undo()}
				canUndo={canUndo()}
				second={list.second()}
				onSecond={marked() ? list.pressSecond : undefined}
				onComment={marked() ? list.comment : undefined}
				commentTo={list.commentTo()}
				onMove={marked() && list.lesson.writable() ? list.move : undefined}
			>
				<span class="says-who">{list.line()?.name}</span>
				<span>
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
			<Show when={list.moving() && list.line()}>
				{(line) => (
					<MoveMark
						lesson={list.lesson}
						line={line()}
						place={list.placeOf(line())}
						standing={list.standing(line())}
						onClose={() => list.setMoving(false)}
					/>
				)}
			</Show>
		</>
	);
}

/** One lesson of the diary: subject, marks with what the teacher said, absence in words, topic, homework. */

import { For, type JSX, Show } from "solid-js";
import { diary } from "../phrases/diary";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { markTone } from "../reading/means";
import type { DiaryLesson, Task } from "./week";

export function Lesson(props: { lesson: DiaryLesson; past: boolean }): JSX.Element {
	const it = (): DiaryLesson => props.lesson;
	const about = (): string => {
		const { topic, work, weight } = it();
		const kind = work !== null && work !== "answer" ? (field().works[work] ?? "") : "";
		const said = kind !== "" && topic !== null && topic.toLowerCase().startsWith(kind.toLowerCase());
		const heavy = weight > 1 && it().marks.length > 0 ? diary().weight(weight) : "";
		return [topic, said ? "" : kind, heavy].filter(Boolean).join(" · ");
	};
	const when = (): string =>
		[it().starts && it().ends ? `${it().starts}–${it().ends}` : "", it().room ? field().room(it().room ?? "") : ""]
			.filter(Boolean)
			.join(" · ");
	return (
		<article class="les leaf" aria-label={`${diary().lessonNumber(it().number)}: ${it().subject ?? diary().lesson}`}>
			<span class="no" aria-hidden="true">
				{it().number}
			</span>
			<h4>
				{it().subject ?? diary().lesson} <small>{when()}</small>
			</h4>
			<div class="got">
				<Absence lesson={it()} />
				<For each={it().marks}>{(mark) => <MarkBox value={mark.value} />}</For>
			</div>
			<Show when={about()}>{(text) => <p class="soft">{text()}</p>}</Show>
			<For each={it().marks.filter((m) => m.comment)}>
				{(mark) => (
					<p class="say">
						{diary().comment(
							it().marks.length > 1 ? diary().commentOn(mark.value, it().teacher ?? "") : (it().teacher ?? ""),
							mark.comment ?? "",
						)}
					</p>
				)}
			</For>
			<For each={it().tasks}>{(task) => <TaskLine task={task} />}</For>
			<Show
				when={it().homework}
				fallback={
					<Show when={props.past && it().published}>
						<p class="hw faint">
							<span aria-hidden="true">⌂</span> {diary().noHomework}
						</p>
					</Show>
				}
			>
				{(homework) => (
					<p class="hw">
						<span aria-hidden="true">⌂</span>
						<span>
							<span class="sr">{diary().homework}: </span>
							{homework()}
							<Show when={it().due}>{(due) => <small> · {diary().homeworkFor(dayText(due(), "short"))}</small>}</Show>
						</span>
					</p>
				)}
			</Show>
		</article>
	);
}

/** Homework that must be ready: what, and when it was set. */
export function TaskLine(props: { task: Task; named?: boolean }): JSX.Element {
	return (
		<p class="task">
			<small>
				{props.named && props.task.subject ? props.task.subject : diary().dueNow} ·{" "}
				{diary().setOn(dayText(props.task.set, "short"))}
			</small>
			{props.task.text}
		</p>
	);
}

export function MarkBox(props: { value: string; weight?: number }): JSX.Element {
	return (
		<b class={`mark-box ${markTone(props.value)}`}>
			<span class="sr">{diary().mark(props.value)}</span>
			<span aria-hidden="true">{props.value}</span>
			<Show when={(props.weight ?? 1) > 1}>
				<sub aria-hidden="true">×{props.weight}</sub>
				<span class="sr">, {diary().weight(props.weight ?? 1)}</span>
			</Show>
		</b>
	);
}

function Absence(props: { lesson: DiaryLesson }): JSX.Element {
	const absent = (): boolean => props.lesson.presence === "absent";
	const why = (): string => diary().absentWhy[props.lesson.excuse ?? ""] ?? "";
	return (
		<Show when={absent() || props.lesson.presence === "late"}>
			<b class="mark-box abs" classList={{ unexcused: absent() && props.lesson.excuse === "none" }}>
				<span class="sr">{absent() ? diary().absentLabel(why()) : diary().lateLabel(props.lesson.minutes)}</span>
				<span aria-hidden="true">{absent() ? why() || diary().absent : diary().late(props.lesson.minutes)}</span>
			</b>
		</Show>
	);
}

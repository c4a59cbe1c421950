/** Marks of a term by subject: the exact mean first, then each mark, then the arithmetic step by step. */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { arithmetic, counts, isExact } from "../../rules/marks";
import { useToday } from "../context";
import { Nothing } from "../parts/Nothing";
import { Segmented } from "../parts/Segmented";
import { diary } from "../phrases/diary";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { meanText } from "../reading/means";
import { MarkBox } from "./Lesson";
import { type SubjectTally, tally, termAt } from "./tally";
import { plannedOf, type Sources, stretchesOf } from "./week";

export function Marks(props: { from: Sources }): JSX.Element {
	const today = useToday();
	const terms = createMemo(() => stretchesOf(props.from.bulletin?.terms));
	const [chosen, setChosen] = createSignal("");
	const term = createMemo(() => terms().find((t) => t.starts === chosen()) ?? termAt(terms(), today()));
	const subjects = createMemo(() => {
		const span = term();
		if (span === null) return [];
		const { from } = props;
		return tally(span, from.lines, from.published, from.card.class_id ?? "", plannedOf(from.card, from.bulletin));
	});
	const marked = (): SubjectTally[] => subjects().filter((s) => s.marks.length > 0);
	const empty = (): SubjectTally[] => subjects().filter((s) => s.marks.length === 0);
	return (
		<Show
			when={term()}
			fallback={<Nothing of={[`bulletin:${props.from.card.class_id}`]} icon="marks" title={diary().noTerms} />}
		>
			{(span) => (
				<div class="diary marks">
					<Segmented
						label={diary().term}
						choices={terms().map((t) => ({ value: t.starts, label: field().termName(t.name) }))}
						value={span().starts}
						onChoose={setChosen}
					/>
					<Show
						when={marked().length > 0}
						fallback={<Nothing of={[]} icon="marks" title={diary().noMarks} text={diary().noMarksText} />}
					>
						<ul class="subjects">
							<For each={marked()}>{(subject) => <Subject subject={subject} />}</For>
						</ul>
						<Show when={empty().length > 0}>
							<p class="soft">
								{diary().without}:{" "}
								{empty()
									.map((s) => s.subject)
									.join(", ")}
							</p>
						</Show>
						<small>
							{diary().weightsNote} {diary().teacherDecides}
						</small>
					</Show>
				</div>
			)}
		</Show>
	);
}

function Subject(props: { subject: SubjectTally }): JSX.Element {
	const name = (): string => props.subject.subject || diary().lesson;
	const days = (): string =>
		[
			diary().marksCount(props.subject.marks.length),
			props.subject.absences > 0 ? diary().missed(props.subject.absences) : "",
			props.subject.lates > 0 ? diary().lates(props.subject.lates) : "",
		]
			.filter(Boolean)
			.join(" · ");
	return (
		<li>
			<details class="subject leaf">
				<summary>
					<span class="what">
						<b>{name()}</b>
						<small>{days()}</small>
					</span>
					<Show when={props.subject.mean}>
						{(mean) => (
							<b class="mean">
								<span class="sr">{diary().meanLabel(meanText(mean()))}</span>
								<span aria-hidden="true">{meanText(mean())}</span>
							</b>
						)}
					</Show>
					<span class="row">
						<For each={props.subject.marks}>{(mark) => <MarkBox value={mark.value} weight={mark.weight} />}</For>
					</span>
				</summary>
				<Arithmetic subject={props.subject} />
				<ul class="given">
					<For each={[...props.subject.marks].reverse()}>
						{(mark) => (
							<li>
								<a href={`/diary/${mark.date}`}>
									<MarkBox value={mark.value} />
									<span class="what">
										<span>
											<b>{dayText(mark.date)}</b>
											{[
												mark.work !== null ? field().works[mark.work] : "",
												mark.weight > 1 ? diary().weight(mark.weight) : "",
												mark.topic,
											]
												.filter(Boolean)
												.map((part) => ` · ${part}`)
												.join("")}
										</span>
										<Show when={mark.comment}>{(text) => <span class="say">{diary().comment("", text())}</span>}</Show>
									</span>
								</a>
							</li>
						)}
					</For>
				</ul>
			</details>
		</li>
	);
}

function Arithmetic(props: { subject: SubjectTally }): JSX.Element {
	const sums = createMemo(() => arithmetic(props.subject.marks));
	const outside = (): string =>
		props.subject.marks
			.filter((m) => !counts(m.value))
			.map((m) => m.value)
			.join(", ");
	return (
		<div class="sums">
			<Show when={props.subject.mean}>
				{(mean) => (
					<p>
						<small>{diary().howCounted}</small>
						<span>
							{sums()} <b>{isExact(mean()) ? diary().equals(meanText(mean())) : diary().about(meanText(mean()))}</b>
						</span>
					</p>
				)}
			</Show>
			<Show when={outside()}>{(list) => <small>{diary().notCounted(list())}</small>}</Show>
		</div>
	);
}

/** Lessons in a list, each with its bell, class and subject, whose it is, and what is missing, in words. */

import { createMemo, For, type JSX, Show } from "solid-js";
import { Pill } from "../parts/Pill";
import { field } from "../phrases/field";
import { dayTitle } from "../phrases/format";
import { today } from "../phrases/today";
import { type DayLesson, isUnfilled } from "../reading/lessons";
import { useJournalNames, usePeople } from "../reading/names";

export function LessonList(props: {
	lessons: readonly DayLesson[];
	label?: string;
	/** Of more than one day: each lesson's day is told too. */
	dated?: boolean;
}): JSX.Element {
	return (
		<ol class="lessons" aria-label={props.label}>
			<For each={props.lessons}>
				{(lesson) => (
					<li>
						<LessonCard lesson={lesson} dated={props.dated} />
					</li>
				)}
			</For>
		</ol>
	);
}

function LessonCard(props: { lesson: DayLesson; dated: boolean | undefined }): JSX.Element {
	const names = useJournalNames();
	const people = usePeople();
	const place = (): DayLesson["place"] => props.lesson.place;
	const name = createMemo(() => names()(place().journal));
	const missing = (): string =>
		[props.lesson.noTopic && today().noTopic, props.lesson.noRoll && today().noRoll].filter(Boolean).join(", ");
	const time = (): string => (place().starts === null ? today().noBell : `${place().starts}–${place().ends ?? ""}`);
	return (
		<a
			class="lesson-card leaf"
			classList={{
				current: props.lesson.current,
				foreign: props.lesson.givenBy !== null,
			}}
			href={`/lesson/${place().key}`}
		>
			<span class="number">
				<b>{place().number}</b>
				<span class="sr">{field().lessonNumber(place().number)}</span>
			</span>
			<span class="what">
				<span class="name">{[name().className, name().subject].filter(Boolean).join(" · ")}</span>
				<small>
					{[
						props.dated && dayTitle(place().date, "full"),
						time(),
						name().subgroup,
						place().room && field().room(place().room ?? ""),
					]
						.filter(Boolean)
						.join(" · ")}
				</small>
				<Show when={props.lesson.record?.values.topic}>{(topic) => <span class="topic">{topic()}</span>}</Show>
			</span>
			<span class="flags">
				<Show when={props.lesson.current}>
					<Pill tone="info">{today().now}</Pill>
				</Show>
				<Show when={props.lesson.substituting}>
					<Pill tone="held">{today().substitution}</Pill>
				</Show>
				<Show when={props.lesson.givenBy}>
					{(person) => <Pill tone="plain">{today().givenBy(people.short(person()))}</Pill>}
				</Show>
				<Show when={place().extra}>
					<Pill tone="plain">{today().extra}</Pill>
				</Show>
				<Show when={isUnfilled(props.lesson)}>
					<Pill tone="wait" sign="late">
						{missing()}
					</Pill>
				</Show>
				<Show when={!props.lesson.noTopic && !props.lesson.noRoll}>
					<Pill tone="plain" sign="ok">
						{today().filled}
					</Pill>
				</Show>
			</span>
		</a>
	);
}

/** What stands in the way of writing a lesson, in words; nothing when nothing does. */

import { type JSX, Show } from "solid-js";
import { lesson as lessonWords } from "../phrases/lesson";
import { useReasonWords } from "../reading/grounds";
import type { LessonState } from "./state";

export function Notice(props: { lesson: LessonState }): JSX.Element {
	const why = useReasonWords();
	const verdict = props.lesson.verdict;
	return (
		<>
			<Show when={verdict().verdict === "held" || verdict().verdict === "refused"}>
				<p class="notice">{why.now(verdict().reason, verdict().detail)}</p>
			</Show>
			<Show when={props.lesson.place() === null && props.lesson.model.complete() && props.lesson.writable()}>
				<p class="notice">
					<b>{lessonWords().noSuch}.</b> {lessonWords().noSuchText}
				</p>
			</Show>
		</>
	);
}

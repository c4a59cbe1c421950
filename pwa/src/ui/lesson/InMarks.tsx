/** The marks of the lesson, with the keypad below. */

import { type JSX, Show } from "solid-js";
import { Page } from "../parts/Page";
import type { Frame } from "./Lesson";
import { MarkList, MarkStrip } from "./MarkList";
import { useMarkList } from "./marking";
import { Notice } from "./Notice";
import type { LessonState } from "./state";

export default function InMarks(props: { lesson: LessonState; frame: Frame }): JSX.Element {
	const list = useMarkList(props.lesson);
	return (
		<Page
			title={props.frame.title()}
			subtitle={props.frame.subtitle()}
			backTo="/today"
			tabs={props.frame.tabs()}
			bar={
				<Show when={props.lesson.pupils().length > 0}>
					<MarkStrip list={list} />
				</Show>
			}
		>
			<Notice lesson={props.lesson} />
			<MarkList list={list} />
		</Page>
	);
}

/** Homework and the lesson it is for; the last one is shown for memory. */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { weekdayOf } from "../../rules/days";
import { TextCell } from "../parts/TextCell";
import { dayText } from "../phrases/format";
import { lesson as lessonWords } from "../phrases/lesson";
import type { LessonState } from "./state";

const OFFERED = 8;

export function Homework(props: { lesson: LessonState }): JSX.Element {
	const lesson = props.lesson;
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const values = () => lesson.record()?.values;
	const dates = createMemo(() => {
		const coming = new Set(lesson.coming().map((l) => l.date));
		coming.delete(lesson.date());
		const due = values()?.due;
		const offered = [...coming].slice(0, OFFERED);
		return due && !offered.includes(due) ? [due, ...offered].sort() : offered;
	});
	const last = createMemo(() => {
		let found: { key: string; date: string; homework: string } | null = null;
		for (const { key, parts, values: other } of lesson.model.lessons().values()) {
			const date = parts["date"] ?? "";
			if (!other.homework || date >= lesson.date()) continue;
			if (found === null || date > found.date) found = { key, date, homework: other.homework };
		}
		return found;
	});
	const entryOf = (homework: string | null): Entry => {
		const due = values()?.due ?? null;
		if (homework === null) return lesson.entry(due === null ? { homework } : { homework, due: null });
		const first = due === null ? dates()[0] : undefined;
		return lesson.entry(first === undefined ? { homework } : { homework, due: first });
	};
	return (
		<section class="sheet">
			<h2>
				{t().homework}
				<Show when={values()?.homework}>
					<small class="soft">
						{values()?.due
							? t().dueFor(weekdayOf(values()?.due ?? ""), dayText(values()?.due ?? "", "long"))
							: t().dueNone}
					</small>
				</Show>
			</h2>
			<TextCell
				bare
				label={t().homework}
				placeholder={t().homeworkHint}
				longest={2000}
				value={values()?.homework}
				scope={lesson.scope()}
				readOnly={!lesson.writable()}
				entryOf={entryOf}
				entering={lesson.entering}
			/>
			<Show when={lesson.writable() && dates().length > 0}>
				<div class="due">
					<label for="due">{t().due}</label>
					<select
						id="due"
						value={values()?.due ?? ""}
						onChange={(event) => lesson.set({ due: event.currentTarget.value || null })}
					>
						<option value="" selected={!values()?.due}>
							{t().dueNone}
						</option>
						<For each={dates()}>
							{(date) => (
								<option value={date} selected={values()?.due === date}>
									{dayText(date, "full")}
								</option>
							)}
						</For>
					</select>
				</div>
			</Show>
			<Show when={last()}>
				{(found) => (
					<a class="last soft" href={`/lesson/${found().key}`}>
						{t().last(dayText(found().date, "short"), found().homework)}
					</a>
				)}
			</Show>
		</section>
	);
}

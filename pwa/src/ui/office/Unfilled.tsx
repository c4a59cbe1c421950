/** Lessons of the last two weeks without a topic or a roll call, by the teacher who is answerable for them. */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { useLessons, useLive, useToday } from "../context";
import { clockText, dayText } from "../phrases/format";
import { office } from "../phrases/office";
import { useJournalNames, usePeople } from "../reading/names";
import { groupBy } from "../tutor/absences";
import { useDuty } from "./duty";

const LOOK_BACK_DAYS = 14;

interface Gap {
	readonly place: LessonPlace;
	readonly person: string;
	readonly noTopic: boolean;
	readonly noRoll: boolean;
}

/** `whole`: these are all the journals that were asked about, so none of them unfilled means all is filled. */
export function Unfilled(props: { journals: readonly string[]; whole?: boolean }): JSX.Element {
	const live = useLive();
	const today = useToday();
	const people = usePeople();
	const names = useJournalNames();
	const duty = useDuty();
	const lessons = useLessons(
		() => props.journals,
		() => dayAfter(today(), -LOOK_BACK_DAYS),
		() => dayAfter(today()),
	);
	const over = ({ date, ends }: LessonPlace): boolean =>
		date < today() || (date === today() && ends !== null && ends <= clockText(live.now()));
	const gaps = createMemo(() => {
		const found: Gap[] = [];
		for (const place of lessons()) {
			if (!over(place)) continue;
			const record = live.engine.row("lesson", place.key)?.values;
			const [noTopic, noRoll] = [!record?.topic, record?.roll !== true];
			if (noTopic || noRoll)
				found.push({
					place,
					person: duty().answerable(place.journal, place.date, place.number) ?? "",
					noTopic,
					noRoll,
				});
		}
		found.sort((a, b) =>
			a.place.date === b.place.date ? a.place.number - b.place.number : a.place.date < b.place.date ? 1 : -1,
		);
		return [...groupBy(found, (gap) => gap.person)]
			.map(([person, of]) => ({ name: people.full(person), of }))
			.sort((a, b) => b.of.length - a.of.length || a.name.localeCompare(b.name, "ru"));
	});
	const missing = (gap: Gap): string =>
		[gap.noTopic && office().noTopic, gap.noRoll && office().noRoll].filter(Boolean).join(", ");
	return (
		<Show
			when={gaps().length > 0}
			fallback={<p class="soft">{props.whole ? office().allFilled : office().filledHere}</p>}
		>
			<div class="gaps">
				<For each={gaps()}>
					{(teacher) => (
						<details class="sheet">
							<summary>
								<b>{teacher.name}</b>
								<span class="soft">{office().unfilledCount(teacher.of.length)}</span>
							</summary>
							<ul class="plain-list">
								<For each={teacher.of}>
									{(gap) => (
										<li>
											<a href={`/lesson/${gap.place.key}`}>
												{dayText(gap.place.date)}, {office().lessonOf(gap.place.number)} ·{" "}
												{names()(gap.place.journal).title}
											</a>{" "}
											<small>{missing(gap)}</small>
										</li>
									)}
								</For>
							</ul>
						</details>
					)}
				</For>
			</div>
		</Show>
	);
}

/** The same over every journal that this tablet holds. */
export function UnfilledHere(): JSX.Element {
	const live = useLive();
	const journals = createMemo(() => {
		live.status();
		return live.engine
			.scopes()
			.filter((scope) => scope.startsWith("journal:") && live.engine.complete(scope))
			.map((scope) => scope.slice("journal:".length));
	});
	const all = createMemo(() => {
		live.watch("school");
		return live.engine.rows("journal", "school").size;
	});
	return (
		<>
			<p class="soft">
				{office().unfilledNote(journals().length, all(), LOOK_BACK_DAYS)}
				<Show when={journals().length > 0 && journals().length < all()}>
					{" "}
					{office().unfilledMore} <a href="/office/classes">{office().unfilledClasses}</a>
				</Show>
			</p>
			<Show when={journals().length > 0}>
				<Unfilled journals={journals()} whole={all() > 0 && journals().length >= all()} />
			</Show>
		</>
	);
}

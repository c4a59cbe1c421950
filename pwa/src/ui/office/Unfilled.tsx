/** Lessons of the last two weeks without a topic or a roll call, by the teacher who is answerable for them. */

import { type Accessor, createMemo, For, type JSX, mapArray, Show } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { ByName } from "../attention/ByName";
import { useLessons, useLive, useToday } from "../context";
import { clockText, dayText } from "../phrases/format";
import { office } from "../phrases/office";
import { useJournalNames, usePeople } from "../reading/names";
import { groupBy } from "../tutor/absences";
import { useDuty } from "./duty";
import { Loaded, useCoverage } from "./Loaded";

const LOOK_BACK_DAYS = 14;

interface Gap {
	readonly place: LessonPlace;
	readonly person: string;
	readonly noTopic: boolean;
	readonly noRoll: boolean;
}

/** `whole`: these are all the journals that were asked about, so none of them unfilled means all is filled. */
export function Unfilled(props: { journals: readonly string[]; whole?: boolean }): JSX.Element {
	const people = usePeople();
	const names = useJournalNames();
	const gapsIn = useGaps();
	// Each journal is looked through by itself: in a school of four hundred one of them changes every second.
	const byJournal = createMemo(mapArray(() => props.journals, gapsIn));
	const gaps = createMemo(() => {
		const found = byJournal().flatMap((read) => read());
		found.sort((a, b) =>
			a.place.date === b.place.date ? a.place.number - b.place.number : a.place.date < b.place.date ? 1 : -1,
		);
		return new Map(
			[...groupBy(found, (gap) => gap.person)]
				.map(([person, of]) => [person, { name: people.full(person), of }] as const)
				.sort(([, a], [, b]) => b.of.length - a.of.length || a.name.localeCompare(b.name, "ru")),
		);
	});
	const missing = (gap: Gap): string =>
		[gap.noTopic && office().noTopic, gap.noRoll && office().noRoll].filter(Boolean).join(", ");
	return (
		<Show
			when={gaps().size > 0}
			fallback={<p class="soft">{props.whole ? office().allFilled : office().filledHere}</p>}
		>
			<div class="gaps">
				<ByName each={gaps()}>
					{(teacher) => (
						<details class="sheet">
							<summary>
								<b>{teacher().name}</b>
								<span class="soft">{office().unfilledCount(teacher().of.length)}</span>
							</summary>
							<ul class="plain-list">
								<For each={teacher().of}>
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
				</ByName>
			</div>
		</Show>
	);
}

/** Reads the gaps of a journal, for as long as its owner lives. */
function useGaps(): (journal: string) => Accessor<readonly Gap[]> {
	const live = useLive();
	const today = useToday();
	const duty = useDuty();
	const over = ({ date, ends }: LessonPlace): boolean =>
		date < today() || (date === today() && ends !== null && ends <= clockText(live.now()));
	return (journal) => {
		const lessons = useLessons(
			() => [journal],
			() => dayAfter(today(), -LOOK_BACK_DAYS),
			() => dayAfter(today()),
		);
		const read = (): Gap[] => {
			const records = live.rows("lesson", `journal:${journal}`);
			const found: Gap[] = [];
			for (const place of lessons()) {
				if (!over(place)) continue;
				const record = records.get(place.key)?.values;
				const [noTopic, noRoll] = [!record?.topic, record?.roll !== true];
				const person = duty().answerable(journal, place.date, place.number) ?? "";
				if (noTopic || noRoll) found.push({ place, person, noTopic, noRoll });
			}
			return found;
		};
		// A minute goes by, and a list that says the same stays: somebody reads it.
		return createMemo(read, undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
	};
}

/** The same over every journal of the school, as far as this tablet holds them. */
export function UnfilledHere(): JSX.Element {
	const coverage = useCoverage();
	return (
		<>
			<p class="soft">{office().unfilledNote(LOOK_BACK_DAYS)}</p>
			<Loaded coverage={coverage()} />
			<Show when={coverage().here.length > 0}>
				<Unfilled journals={coverage().here} whole={coverage().missing.length === 0} />
			</Show>
		</>
	);
}

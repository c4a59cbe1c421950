/** The day of the class: who was absent at which lessons, who came late, and where the roll was not called. */

import { createMemo, For, type JSX, Match, Show, Switch } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { useLessons, useLive } from "../context";
import { Nothing } from "../parts/Nothing";
import { Pill } from "../parts/Pill";
import { field } from "../phrases/field";
import { clockText } from "../phrases/format";
import { tutor } from "../phrases/tutor";
import { useBreakOn } from "../reading/school";
import { type Absence, groupBy, numbersText } from "./absences";
import { type OwnClass, useAttended, useClassJournals, useClassRoster, useMissingJournals, usePupilNames } from "./own";
import { type Part, ReasonCard } from "./ReasonCard";

export function Day(props: { group: OwnClass; day: string }): JSX.Element {
	const live = useLive();
	const breakOn = useBreakOn();
	const classId = (): string => props.group.id;
	const journals = useClassJournals(classId);
	const attended = useAttended(journals);
	const roster = useClassRoster(classId);
	const names = usePupilNames(roster);
	const scopes = (): string[] => journals().map(({ id }) => `journal:${id}`);
	const missing = useMissingJournals(journals);
	const short = createMemo(() => new Map(journals().map((j) => [j.id, j])));
	const lessons = useLessons(
		() => journals().map((j) => j.id),
		() => props.day,
		() => dayAfter(props.day),
	);
	const numbers = createMemo(() => [...new Set(lessons().map((l) => l.number))].sort((a, b) => a - b));
	const begun = (l: LessonPlace): boolean => {
		const today = live.today();
		if (l.date !== today) return l.date < today;
		return l.starts === null || l.starts <= clockText(live.now());
	};
	const uncalled = createMemo(() =>
		lessons()
			.filter((l) => begun(l) && live.engine.row("lesson", l.key)?.values.roll !== true)
			.sort((a, b) => a.number - b.number),
	);
	const pupils = createMemo(() => [
		...groupBy(
			attended().absences.filter((a) => a.date === props.day),
			(a) => a.pupil,
		),
	]);
	const sorted = createMemo(() =>
		pupils()
			.map(([pupil, absences]) => ({ pupil, absences, name: names().get(pupil) ?? tutor().formerPupil }))
			.sort((a, b) => a.name.localeCompare(b.name, "ru")),
	);
	const lates = createMemo(() => attended().lates.filter((l) => l.date === props.day));
	const parts = (absences: readonly Absence[]): Part[] =>
		absences.map((a) => ({
			id: a.key,
			label: `${a.number} ${short().get(a.journal)?.short ?? ""}`,
			title: `${field().lessonNumber(a.number)}, ${short().get(a.journal)?.subject ?? ""}`,
			absences: [a],
		}));
	const what = (absences: readonly Absence[]): string =>
		absences.length >= numbers().length && numbers().length > 1
			? tutor().wholeDayMissed(numbers().length)
			: tutor().missedLessons(numbersText(absences.map((a) => a.number)), absences.length);
	const lessonText = (l: LessonPlace): string => `${l.number} ${short().get(l.journal)?.short ?? ""}`;

	return (
		<>
			<Show when={missing() > 0}>
				<p class="soft" role="status">
					{tutor().stillLoading(missing())}
				</p>
			</Show>
			<Show when={numbers().length > 0}>
				<p class="tutor-line">
					<Pill tone="plain">{tutor().absentCount(sorted().length)}</Pill>
					<Show
						when={uncalled().length > 0}
						fallback={
							<Show when={lessons().some(begun)}>
								<span class="soft">{tutor().rollAll}</span>
							</Show>
						}
					>
						<span class="soft">{tutor().rollMissing(uncalled().map(lessonText).join(", "))}</span>
					</Show>
				</p>
			</Show>
			<Switch>
				<Match when={sorted().length > 0}>
					<div class="absents">
						<For each={sorted()}>
							{(one) => (
								<ReasonCard
									name={one.name}
									what={what(one.absences)}
									all={one.absences.length > 1 ? tutor().wholeDay : tutor().oneLesson}
									parts={parts(one.absences)}
								/>
							)}
						</For>
					</div>
				</Match>
				<Match when={breakOn(props.day) !== null}>
					<Nothing icon="class" title={tutor().holiday(breakOn(props.day) ?? "")} />
				</Match>
				<Match when={numbers().length === 0}>
					<Nothing of={scopes()} icon="class" title={tutor().noLessons} />
				</Match>
				<Match when={true}>
					<Nothing of={scopes()} icon="check" title={tutor().nobodyAbsent} text={tutor().nobodyAbsentText} />
				</Match>
			</Switch>
			<Show when={lates().length > 0}>
				<section class="sheet" aria-labelledby="late">
					<h2 id="late">{tutor().lates}</h2>
					<ul class="plain-list">
						<For each={lates()}>
							{(late) => (
								<li>
									{names().get(late.pupil) ?? tutor().formerPupil}{" "}
									<span class="soft">
										{[
											`${late.number} ${short().get(late.journal)?.short ?? ""}`,
											late.minutes === null ? "" : field().minutes(late.minutes),
										]
											.filter(Boolean)
											.join(" · ")}
									</span>
								</li>
							)}
						</For>
					</ul>
				</section>
			</Show>
		</>
	);
}

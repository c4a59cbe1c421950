/** Absences of the term about which nobody has said anything yet: by pupil, each day a part that can be taken alone. */

import { createMemo, For, type JSX, Show } from "solid-js";
import { Nothing } from "../parts/Nothing";
import { dayText } from "../phrases/format";
import { tutor } from "../phrases/tutor";
import { groupBy, numbersText } from "./absences";
import { type OwnClass, useAttended, useClassJournals, useClassRoster, usePupilNames } from "./own";
import { type Part, ReasonCard } from "./ReasonCard";
import { useCurrentTerm } from "./term";

export function Open(props: { group: OwnClass }): JSX.Element {
	const classId = (): string => props.group.id;
	const journals = useClassJournals(classId);
	const attended = useAttended(journals);
	const names = usePupilNames(useClassRoster(classId));
	const term = useCurrentTerm();
	const pupils = createMemo(() => {
		const span = term();
		const open = attended().absences.filter(
			(a) => a.reason === null && span !== null && span.starts <= a.date && a.date < span.ends,
		);
		return [...groupBy(open, (a) => a.pupil)]
			.map(([pupil, absences]) => ({ name: names().get(pupil) ?? tutor().formerPupil, absences }))
			.sort((a, b) => b.absences.length - a.absences.length || a.name.localeCompare(b.name, "ru"));
	});
	const parts = (absences: (typeof pupils extends () => (infer P)[] ? P : never)["absences"]): Part[] =>
		[...groupBy(absences, (a) => a.date)].map(([date, of]) => ({
			id: date,
			label: dayText(date, "short"),
			title: `${dayText(date)}, ${tutor().missedLessons(numbersText(of.map((a) => a.number)), of.length)}`,
			absences: of,
		}));
	return (
		<Show
			when={pupils().length > 0}
			fallback={
				<Nothing
					of={journals().map(({ id }) => `journal:${id}`)}
					icon="check"
					title={tutor().allExplained}
					text={tutor().allExplainedText}
				/>
			}
		>
			<p class="soft">{tutor().openNote(term()?.name ?? "")}</p>
			<div class="absents">
				<For each={pupils()}>
					{(one) => {
						const days = createMemo(() => parts(one.absences));
						return (
							<ReasonCard
								name={one.name}
								what={tutor().daysAndLessons(days().length, one.absences.length)}
								all={days().length > 1 ? tutor().allDays : dayText(days()[0]?.id ?? "")}
								parts={days()}
								leaves
							/>
						);
					}}
				</For>
			</div>
		</Show>
	);
}

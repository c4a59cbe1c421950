/** A pupil in one journal: the mean as arithmetic, the term mark, each mark with its lesson, absences. */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { CellState } from "../../engine/types";
import { floorOf } from "../../rules/marks";
import { useRows } from "../context";
import { painted } from "../journal/GridCell";
import { Sign } from "../parts/Sign";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { pupil as words } from "../phrases/pupil";
import { terms as termWords } from "../phrases/terms";
import { meanText } from "../reading/means";
import type { JournalName } from "../reading/names";
import { type TermSpan, useSettings } from "../reading/school";
import { NO_MARKS, talliesOf } from "../reading/tallies";
import { Contents } from "../terms/LineRow";

export function JournalOf(props: { name: JournalName; pupil: string; term: TermSpan; open: boolean }): JSX.Element {
	const settings = useSettings();
	const scope = (): string => `journal:${props.name.journal}`;
	const marks = useRows("mark", scope);
	const lessons = useRows("lesson", scope);
	const attendance = useRows("attendance", scope);
	const termMarks = useRows("term_mark", scope);
	const tally = createMemo(() => {
		const own = [...marks().values()].filter((view) => view.parts["pupil"] === props.pupil);
		return talliesOf(own, lessons(), props.term, settings().weights).get(props.pupil) ?? NO_MARKS;
	});
	const missed = createMemo(() => {
		let [absent, late] = [0, 0];
		for (const { parts, values } of attendance().values()) {
			const date = parts["date"] ?? "";
			if (parts["pupil"] !== props.pupil || date < props.term.starts || date >= props.term.ends) continue;
			if (values.presence === "absent") absent += 1;
			if (values.presence === "late") late += 1;
		}
		return { absent, late };
	});
	const given = (): string =>
		termMarks().get(`${props.name.journal}/${props.term.id}/${props.pupil}`)?.values.value ?? "";
	const floor = (): number => floorOf(props.name.hours, settings().floors);
	const says = (): string =>
		[
			missed().absent > 0 && words().absences(missed().absent),
			missed().late > 0 && words().lates(missed().late),
			props.name.grade !== 1 && tally().count < floor() && termWords().lacks(tally().count, floor()),
		]
			.filter(Boolean)
			.join(" · ");
	return (
		<details class="pupil-journal leaf" open={props.open}>
			<summary>
				<span class="what">
					<b>{[props.name.className, props.name.subject, props.name.subgroup].filter(Boolean).join(" · ")}</b>
					<Show when={says()}>
						<small>{says()}</small>
					</Show>
				</span>
				<span class="values">
					<For each={tally().marks}>{(mark) => <span>{painted([mark.value])}</span>}</For>
				</span>
				<Show when={tally().mean}>
					{(mean) => (
						<span class="mean">
							<span class="sr">{termWords().mean} </span>
							{meanText(mean())}
						</span>
					)}
				</Show>
				<Show when={given()}>
					{(value) => (
						<span class="term">
							<small>{words().term}</small> <b>{value()}</b>
						</span>
					)}
				</Show>
			</summary>
			<Show when={props.name.grade !== 1}>
				<p class="soft">
					<Contents tally={tally()} />
				</p>
			</Show>
			<ol class="pupil-marks">
				<For each={[...tally().marks].reverse()} fallback={<li class="soft">{words().noMarks}</li>}>
					{(mark) => (
						<li>
							<a href={`/lesson/${mark.lesson}/marks`}>
								<span class="value">{painted([mark.value])}</span>
								<span class="what">
									<span>
										<b>{dayText(mark.date)}</b>
										{[mark.work && field().works[mark.work], mark.weight > 1 && words().weight(mark.weight), mark.topic]
											.filter(Boolean)
											.map((part) => ` · ${part}`)
											.join("")}
									</span>
									<Show when={mark.comment}>
										<small>«{mark.comment}»</small>
									</Show>
									<Show when={mark.state !== "safe"}>
										<small>
											<Sign name={mark.state as Exclude<CellState, "safe">} /> {field().states[mark.state]}
										</small>
									</Show>
								</span>
							</a>
						</li>
					)}
				</For>
			</ol>
			<div class="buttons">
				<a class="btn plain" href={`/journal/${props.name.journal}`}>
					{words().toJournal}
				</a>
				<Show when={props.name.grade !== 1}>
					<a class="btn plain" href={`/terms/${props.name.journal}/${props.term.id}`}>
						{termWords().link}
					</a>
				</Show>
			</div>
		</details>
	);
}

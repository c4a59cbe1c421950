/** The whole class: pupils by subjects, with the mean and the last marks, and lessons missed this week and this term. */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { dayAfter, weekdayOf } from "../../rules/days";
import { useLive } from "../context";
import { Nothing } from "../parts/Nothing";
import { Segmented } from "../parts/Segmented";
import { tutor } from "../phrases/tutor";
import { markTone, meanText } from "../reading/means";
import { enrolledOn } from "../reading/roster";
import { type TermSpan, useSettings, useTerms } from "../reading/school";
import { type Column, columnsOf, missedOf, type Score, scoresOf } from "./overview";
import { type OwnClass, useAttended, useClassJournals, useClassRoster, useMissingJournals } from "./own";
import { useCurrentTerm } from "./term";

export function Overview(props: { group: OwnClass }): JSX.Element {
	const live = useLive();
	const classId = (): string => props.group.id;
	const journals = useClassJournals(classId);
	const missing = useMissingJournals(journals);
	const attended = useAttended(journals);
	const roster = useClassRoster(classId);
	const terms = useTerms();
	const currentTerm = useCurrentTerm();
	const settings = useSettings();
	const [chosen, setChosen] = createSignal("");
	const term = createMemo((): TermSpan | null => terms().find((t) => t.id === chosen()) ?? currentTerm());
	const columns = createMemo(() => columnsOf(journals()));
	const pupils = createMemo(() => roster().filter((p) => enrolledOn(p, live.today())));
	const missed = createMemo(() => {
		const today = live.today();
		const monday = dayAfter(today, 1 - weekdayOf(today));
		const span = term();
		if (span === null) return new Map();
		return missedOf(attended().absences, { starts: monday, ends: dayAfter(monday, 7) }, span);
	});
	const scores = createMemo(() => {
		const span = term();
		return columns().map((column): Map<string, Score> => {
			if (span === null) return new Map();
			const marks = column.journals.flatMap(({ id }) => {
				live.watch(`journal:${id}`);
				return [...live.engine.rows("mark", `journal:${id}`).values()];
			});
			const work = (journal: string, date: string, number: string): string | null =>
				live.engine.row("lesson", `${journal}/${date}/${number}`)?.values.work ?? null;
			return scoresOf(marks, work, settings().weights, span);
		});
	});
	return (
		<Show when={term()} fallback={<Nothing icon="class" title={tutor().noTerms} />}>
			{(span) => (
				<>
					<div class="buttons">
						<Segmented
							label={tutor().term}
							choices={terms().map((t) => ({ value: t.id, label: t.name }))}
							value={span().id}
							onChoose={setChosen}
						/>
						<Show when={missing() > 0}>
							<span class="soft" role="status">
								{tutor().stillLoading(missing())}
							</span>
						</Show>
					</div>
					<section class="overview-room" aria-label={tutor().overviewLabel(props.group.name, span().name)}>
						<table class="overview">
							<thead>
								<tr>
									<th scope="col">{tutor().pupil}</th>
									<th scope="col" class="missed">
										{tutor().missedHead}
										<small>{tutor().missedUnder}</small>
									</th>
									<For each={columns()}>{(column) => <Head column={column} />}</For>
								</tr>
							</thead>
							<tbody>
								<For each={pupils()}>
									{(pupil) => (
										<tr>
											<th scope="row">{pupil.name}</th>
											<td class="missed">
												<MissedCell missed={missed().get(pupil.pupil)} />
											</td>
											<For each={scores()}>{(column) => <ScoreCell score={column.get(pupil.pupil)} />}</For>
										</tr>
									)}
								</For>
							</tbody>
						</table>
					</section>
					<small>{tutor().overviewNote}</small>
				</>
			)}
		</Show>
	);
}

function Head(props: { column: Column }): JSX.Element {
	const single = (): boolean => props.column.journals.length === 1;
	return (
		<th scope="col" title={props.column.subject}>
			<Show when={!single()}>
				<span>{props.column.short}</span>
			</Show>
			<For each={props.column.journals}>
				{(journal) => (
					<a
						href={`/journal/${journal.id}`}
						aria-label={tutor().openJournal([journal.subject, journal.subgroup].filter(Boolean).join(", "))}
					>
						{single() ? journal.short : journal.subgroup}
					</a>
				)}
			</For>
		</th>
	);
}

function ScoreCell(props: { score: Score | undefined }): JSX.Element {
	return (
		<td>
			<Show when={props.score} fallback={<span class="faint">—</span>}>
				{(score) => (
					<>
						<Show when={score().mean}>
							{(mean) => <b classList={{ low: mean().over * 2 < mean().under * 5 }}>{meanText(mean())}</b>}
						</Show>
						<span class="last">
							<For each={score().last}>{(value) => <span class={markTone(value)}>{value}</span>}</For>
						</span>
					</>
				)}
			</Show>
		</td>
	);
}

function MissedCell(props: { missed: { week: number; term: number; open: number } | undefined }): JSX.Element {
	return (
		<Show when={props.missed} fallback={<span class="faint">0</span>}>
			{(missed) => (
				<>
					<span class="sr">{tutor().missedLabel(missed().week, missed().term, missed().open)}</span>
					<span aria-hidden="true">
						<b>{missed().week}</b> / {missed().term}
						<Show when={missed().open > 0}>
							<span class="open" title={tutor().openTitle(missed().open)}>
								{missed().open}
							</span>
						</Show>
					</span>
				</>
			)}
		</Show>
	);
}

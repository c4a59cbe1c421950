/**
 * The journal on paper: spreads as in the paper journal, marks on the left page, topics and homework of the same
 * lessons on the right. All lessons of the part, not only those the screen shows at a time; one sheet for every twelve.
 */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { shown, weightOf } from "../../rules/marks";
import { useRows, useToday } from "../context";
import { entering as around } from "../phrases/entering";
import { field } from "../phrases/field";
import { capital, dayText, localDecimal } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { usePeople } from "../reading/names";
import { enrolledOn, type PupilLine } from "../reading/roster";
import { useSettings } from "../reading/school";
import { LETTER, marksOf, minutesOf, presenceOf, type Standing, stateOf } from "./cell";
import type { Grid } from "./grid";
import { placeOf } from "./where";
import "./spread.css";

const A_SHEET = 12;

export default function Spread(props: { grid: Grid }): JSX.Element {
	const grid = props.grid;
	const settings = useSettings();
	const today = useToday();
	const people = usePeople();
	const teachings = useRows("teaching", "school");
	const teachers = (): string => {
		const found = [...teachings().values()].filter(
			({ parts, values }) => parts["journal"] === grid.model.journal() && values.active !== false,
		);
		return [...new Set(found.map(({ parts }) => people.full(parts["person"])))].join(", ");
	};
	const sheets = createMemo((): readonly (readonly LessonPlace[])[] => {
		const all = grid.columns();
		const n = Math.max(1, Math.ceil(all.length / A_SHEET));
		// As even as can be: thirteen lessons are seven and six, not twelve and one.
		const size = Math.ceil(all.length / n);
		return Array.from({ length: n }, (_, i) => all.slice(i * size, (i + 1) * size));
	});
	const when = (): string => {
		const part = grid.part();
		const month = part?.month ? capital(dayText(part.month, "month")) : "";
		return [grid.term()?.name, month].filter(Boolean).join(", ");
	};
	const notes = createMemo((): string[] => {
		const states = new Set<string>();
		for (const line of grid.rows())
			for (const lesson of grid.columns()) states.add(noteOf(grid.model.standing(placeOf(lesson, line))));
		const { local, held } = around().paper;
		return [states.has("°") ? `° ${local}` : "", states.has("*") ? `* ${held}` : ""].filter(Boolean);
	});
	return (
		<div class="paper">
			<For each={sheets()}>
				{(lessons, i) => (
					<section class="paper-sheet">
						<header>
							<b>{grid.model.name().title}</b>
							<span>{settings().name}</span>
							<span>{when()}</span>
							<span>{teachers()}</span>
							<span class="pages">{around().paper.sheet(i() + 1, sheets().length)}</span>
						</header>
						<div class="pages-two">
							<Marks grid={grid} lessons={lessons} last={i() === sheets().length - 1} />
							<Topics grid={grid} lessons={lessons} />
						</div>
						<footer>{[around().printed(dayText(today(), "long")), ...notes()].join(" · ")}</footer>
					</section>
				)}
			</For>
		</div>
	);
}

/** What is not yet as it will stay is told on paper too: "°" not sent, "*" waits for the deputy head. */
function noteOf(standing: Standing): string {
	const state = stateOf(standing);
	return state === "local" ? "°" : state === "held" || state === "conflict" ? "*" : "";
}

function Marks(props: { grid: Grid; lessons: readonly LessonPlace[]; last: boolean }): JSX.Element {
	const { grid } = props;
	const settings = useSettings();
	const work = (lesson: LessonPlace): string => {
		const kind = grid.model.lessons().get(lesson.key)?.values.work ?? "";
		const weight = weightOf(kind, settings().weights);
		return kind && `${field().worksShort[kind] ?? ""}${weight === 1 ? "" : `×${weight}`}`;
	};
	const totals = (): boolean => props.last && grid.marked();
	const text = (lesson: LessonPlace, line: PupilLine): string => {
		const standing = grid.model.standing(placeOf(lesson, line));
		const presence = presenceOf(standing);
		const minutes = minutesOf(standing);
		const late = presence && `${LETTER[presence]}${minutes === null ? "" : `${minutes}′`}`;
		const said = [late, marksOf(standing).join("/")].filter(Boolean).join(" ");
		return said && said + noteOf(standing);
	};
	const mean = (line: PupilLine): string => {
		const found = grid.means().get(line.pupil)?.mean;
		return found ? localDecimal(shown(found)) : "";
	};
	const termMark = (line: PupilLine): string => {
		const term = grid.term();
		return term === null ? "" : grid.termValue(line.pupil, term);
	};
	return (
		<table class="left-page">
			<thead>
				<tr>
					<th class="n">{words().number}</th>
					<th class="who">{words().pupil}</th>
					<For each={props.lessons}>
						{(lesson) => (
							<th>
								<small>{work(lesson)}</small>
								<b>{dayText(lesson.date, "number")}</b>
								<small>{dayText(lesson.date, "weekday")}</small>
							</th>
						)}
					</For>
					<Show when={totals()}>
						<th>{words().mean}</th>
						<th>{words().termMark}</th>
					</Show>
				</tr>
			</thead>
			<tbody>
				<For each={grid.rows()}>
					{(line, row) => (
						<tr>
							<td class="n">{row() + 1}</td>
							<th class="who" scope="row">
								{line.name}
							</th>
							<For each={props.lessons}>
								{(lesson) => <td class={enrolledOn(line, lesson.date) ? "" : "out"}>{text(lesson, line)}</td>}
							</For>
							<Show when={totals()}>
								<td>{mean(line)}</td>
								<td>
									<b>{termMark(line)}</b>
								</td>
							</Show>
						</tr>
					)}
				</For>
			</tbody>
		</table>
	);
}

function Topics(props: { grid: Grid; lessons: readonly LessonPlace[] }): JSX.Element {
	const record = (lesson: LessonPlace) => props.grid.model.lessons().get(lesson.key)?.values;
	return (
		<table class="right-page">
			<thead>
				<tr>
					<th class="day">{around().paper.day}</th>
					<th>{around().paper.topic}</th>
					<th>{around().paper.homework}</th>
				</tr>
			</thead>
			<tbody>
				<For each={props.lessons}>
					{(lesson) => (
						<tr>
							<td class="day">{dayText(lesson.date, "short")}</td>
							<td>{record(lesson)?.topic}</td>
							<td>{record(lesson)?.homework}</td>
						</tr>
					)}
				</For>
			</tbody>
		</table>
	);
}

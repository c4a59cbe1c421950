/** The table of the journal: a real table with the grid role, sticky names and averages, one cell in the tab order. */

import { createMemo, createSelector, For, type JSX, Show } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { DAY } from "../../rules/days";
import { weightOf } from "../../rules/marks";
import { useLive, useToday } from "../context";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { useSettings } from "../reading/school";
import { LessonCell, MeanCell, TermCell } from "./GridCell";
import type { Grid } from "./grid";
import { gridKey } from "./keys";
import type { At } from "./where";
import "./grid.css";
import "./cells.css";

const MINUTE = 60_000;
const MARKED_BY_PEN = new Set(["control"]);

export function GridTable(props: { grid: Grid }): JSX.Element {
	const grid = props.grid;
	const today = useToday();
	const settings = useSettings();
	const live = useLive();
	// To the minute: the moment itself moves with every entry, and all cells with it.
	const expired = createMemo(() => Math.floor(live.now() / MINUTE) * MINUTE - settings().windowDays * DAY);
	const here = createSelector(() => `${grid.at().row}:${grid.at().col}`);
	const edited = createSelector(() => (grid.editing() === null ? "" : `${grid.at().row}:${grid.at().col}`));
	const name = (row: number, col: number): string => `${row}:${col}`;
	return (
		<div class="grid-scroll" style={{ "--lessons": grid.shown().length }}>
			<table
				ref={(element) => grid.hold(element)}
				role="grid"
				class="grid"
				aria-label={words().gridLabel(grid.model.name().title)}
				aria-rowcount={grid.rows().length + 1}
				aria-colcount={grid.lastCol() + 2}
				aria-multiselectable="true"
				onKeyDown={(event) => gridKey(grid, event)}
				onClick={(event) => {
					const found = cellOf(event.target);
					if (found !== null && found.row >= 0 && grid.editing() === null) grid.goTo(found, event.shiftKey);
				}}
				onMouseDown={(event) => {
					// The browser would select text up to there.
					if (event.shiftKey && grid.editing() === null) event.preventDefault();
				}}
				onCopy={(event) => {
					if (grid.editing() !== null || grid.at().row < 0) return;
					event.preventDefault();
					grid.many((many, area) => many.copy(area, event));
				}}
				onPaste={(event) => {
					if (grid.editing() !== null) return;
					event.preventDefault();
					const text = event.clipboardData?.getData("text/plain") ?? "";
					grid.many((many, area) => many.paste(area, text));
				}}
				onDblClick={(event) => {
					if (cellOf(event.target) !== null) grid.begin("", "whole");
				}}
			>
				<thead>
					<tr aria-rowindex={1}>
						<th class="name" scope="col" aria-colindex={1}>
							<span class="n">{words().number}</span>
							{words().pupil}
						</th>
						<For each={grid.shown()}>
							{(lesson, i) => (
								<LessonHead
									grid={grid}
									lesson={lesson}
									col={grid.start() + i()}
									active={here(name(-1, grid.start() + i()))}
									today={lesson.date === today()}
								/>
							)}
						</For>
						<Show when={grid.marked()}>
							<th
								class="mean"
								scope="col"
								data-at={name(-1, grid.meanCol())}
								tabIndex={here(name(-1, grid.meanCol())) ? 0 : -1}
								aria-colindex={grid.meanCol() + 2}
								aria-label={words().meanLong}
							>
								<b>{words().mean}</b>
								{words().meanUnder}
							</th>
							<th
								class="term"
								scope="col"
								data-at={name(-1, grid.termCol())}
								tabIndex={here(name(-1, grid.termCol())) ? 0 : -1}
								aria-colindex={grid.termCol() + 2}
								aria-label={words().termMarkLong(grid.term()?.name ?? "")}
							>
								<b>{words().termMark}</b>
							</th>
						</Show>
					</tr>
				</thead>
				<tbody>
					<For each={grid.rows()}>
						{(line, row) => (
							<tr aria-rowindex={row() + 2}>
								<th class="name" scope="row" aria-colindex={1}>
									<span class="n">{row() + 1}</span>
									<span class="who">{line.name}</span>
								</th>
								<For each={grid.shown()}>
									{(lesson, i) => (
										<LessonCell
											grid={grid}
											row={row()}
											col={grid.start() + i()}
											line={line}
											lesson={lesson}
											today={today()}
											expired={expired()}
											active={here(name(row(), grid.start() + i()))}
											picked={grid.isPicked(row(), grid.start() + i())}
											editing={edited(name(row(), grid.start() + i()))}
										/>
									)}
								</For>
								<Show when={grid.marked()}>
									<MeanCell
										grid={grid}
										row={row()}
										col={grid.meanCol()}
										line={line}
										active={here(name(row(), grid.meanCol()))}
										picked={grid.isPicked(row(), grid.meanCol())}
									/>
									<TermCell
										grid={grid}
										row={row()}
										col={grid.termCol()}
										line={line}
										active={here(name(row(), grid.termCol()))}
										picked={grid.isPicked(row(), grid.termCol())}
										editing={edited(name(row(), grid.termCol()))}
									/>
								</Show>
							</tr>
						)}
					</For>
				</tbody>
			</table>
		</div>
	);
}

/** The cell that was pressed, from the place it carries. */
function cellOf(target: EventTarget): At | null {
	const place = target instanceof Element ? target.closest<HTMLElement>("[data-at]")?.dataset["at"] : undefined;
	const [row, col] = (place ?? "").split(":").map(Number);
	return place === undefined || row === undefined || col === undefined ? null : { row, col };
}

function LessonHead(props: {
	grid: Grid;
	lesson: LessonPlace;
	col: number;
	active: boolean;
	today: boolean;
}): JSX.Element {
	const settings = useSettings();
	const record = () => props.grid.model.lessons().get(props.lesson.key)?.values;
	const work = (): string => record()?.work ?? "";
	const weight = (): number => weightOf(work() || null, settings().weights);
	const twice = (): boolean =>
		props.grid.columns().some((l) => l.date === props.lesson.date && l.number !== props.lesson.number);
	const says = (): string =>
		[
			dayText(props.lesson.date, "full"),
			field().lessonNumber(props.lesson.number),
			work() && field().works[work()],
			work() && weight() !== 1 && words().weight(weight()),
			record()?.topic,
		]
			.filter(Boolean)
			.join(", ");
	return (
		<th
			scope="col"
			data-at={`-1:${props.col}`}
			aria-colindex={props.col + 2}
			classList={{ today: props.today, pen: MARKED_BY_PEN.has(work()) }}
		>
			<a
				href={`/lesson/${props.lesson.key}`}
				tabIndex={props.active ? 0 : -1}
				aria-label={says()}
				title={record()?.topic ?? undefined}
			>
				<Show when={field().worksShort[work()]}>
					{(short) => (
						<i>
							{short()}
							{weight() === 1 || !props.grid.marked() ? "" : `×${weight()}`}
						</i>
					)}
				</Show>
				<b>{dayText(props.lesson.date, "number")}</b>
				{dayText(props.lesson.date, "weekday")}
				<Show when={twice()}>
					<small class="nth">{props.lesson.number}</small>
				</Show>
			</a>
		</th>
	);
}

/**
 * One value for many pupils of a lesson: everyone, everyone from here down, everyone but those who are unticked.
 *
 * Ticked at first is who was there and has no mark yet, so nothing is replaced that the teacher did not tick.
 */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { entering as words } from "../phrases/entering";
import { dayText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { enrolledOn } from "../reading/roster";
import { MARKS, marksOf, presenceOf, SIGNS, textOf } from "./cell";
import type { Grid } from "./grid";
import { placeOf } from "./where";
import "./many.css";

const PRESENCE = new Set(["н", "о"]);

export default function Filling(props: { grid: Grid; lesson: LessonPlace; onClose: () => void }): JSX.Element {
	const grid = props.grid;
	const w = () => words().fill;
	const values = (): string[] => (grid.marked() ? [...MARKS.slice(0, 4), "н", "о", ...SIGNS] : ["н", "о"]);
	const [value, setValue] = createSignal(values()[0] ?? "");
	const col = (): number => grid.columns().findIndex((lesson) => lesson.key === props.lesson.key);
	const lines = createMemo(() =>
		grid
			.rows()
			.map((line, row) => ({ line, row, standing: grid.model.standing(placeOf(props.lesson, line)) }))
			.filter(({ line }) => enrolledOn(line, props.lesson.date)),
	);
	const free = (of: string): Set<number> => {
		const open = lines().filter(({ standing }) =>
			PRESENCE.has(of) ? textOf(standing) === "" : marksOf(standing).length === 0 && presenceOf(standing) !== "absent",
		);
		return new Set(open.map(({ row }) => row));
	};
	const [ticked, setTicked] = createSignal<ReadonlySet<number>>(free(value()));
	const choose = (next: string): void => {
		// What was ticked by hand stays while marks are chosen among; presence asks another question.
		if (PRESENCE.has(next) !== PRESENCE.has(value())) setTicked(free(next));
		setValue(next);
	};
	const tick = (row: number, on: boolean): void => {
		const next = new Set(ticked());
		if (on) next.add(row);
		else next.delete(row);
		setTicked(next);
	};
	const put = (): void => {
		const [at, text] = [col(), value()];
		const wishes = [...ticked()].sort((a, b) => a - b).map((row) => ({ at: { row, col: at }, text }));
		props.onClose();
		grid.many((many) => many.put(wishes, "fill"));
	};
	return (
		<Dialog
			open
			title={w().title(dayText(props.lesson.date, "short"))}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={ticked().size === 0} onClick={put}>
						{w().put(value(), ticked().size)}
					</Button>
				</>
			}
		>
			<div class="fill-keys" role="group" aria-label={w().value}>
				<For each={values()}>
					{(name) => (
						<button type="button" class="key" aria-pressed={value() === name} onClick={() => choose(name)}>
							{name}
						</button>
					)}
				</For>
			</div>
			<div class="fill-who">
				<Button onClick={() => setTicked(free(value()))}>{w().free}</Button>
				<Button onClick={() => setTicked(new Set([...free(value())].filter((row) => row >= grid.at().row)))}>
					{w().below}
				</Button>
				<Button onClick={() => setTicked(new Set<number>())}>{w().nobody}</Button>
			</div>
			<ul class="fill-list" aria-label={w().who}>
				<For each={lines()}>
					{({ line, row, standing }) => (
						<li>
							<label>
								<input
									type="checkbox"
									checked={ticked().has(row)}
									onChange={(event) => tick(row, event.currentTarget.checked)}
								/>
								<span>{line.name}</span>
								<Show when={textOf(standing)}>{(stands) => <small>{w().stands(stands())}</small>}</Show>
							</label>
						</li>
					)}
				</For>
			</ul>
		</Dialog>
	);
}

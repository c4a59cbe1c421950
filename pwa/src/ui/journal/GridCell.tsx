/** The cells of the grid: a lesson's marks of one pupil, the mean, the term mark. */

import { createMemo, For, type JSX, onMount, Show, untrack } from "solid-js";
import type { CellState, Decision, LessonPlace } from "../../engine/types";
import { proposal, shown } from "../../rules/marks";
import { createSteady, useEngine } from "../context";
import { Sign, type SignName } from "../parts/Sign";
import { field } from "../phrases/field";
import { localDecimal } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { enrolledOn, type PupilLine } from "../reading/roster";
import { useSettings } from "../reading/school";
import {
	commentOf,
	LETTER,
	markKey,
	marksOf,
	minutesOf,
	type Presence,
	presenceOf,
	type Standing,
	stateOf,
} from "./cell";
import type { Grid } from "./grid";
import type { MeanOf } from "./model";

interface CellProps {
	grid: Grid;
	row: number;
	col: number;
	line: PupilLine;
	/** Is this the cell the person is in, or one of the block; and is it being edited? */
	active: boolean;
	picked: boolean;
	editing: boolean;
}

interface Look {
	readonly marks: readonly string[];
	readonly presence: Presence | null;
	readonly minutes: number | null;
	readonly state: CellState;
	readonly comment: boolean;
	readonly out: boolean;
	readonly blocked: Decision["verdict"];
	readonly says: string;
}

const BLANK: Look = {
	marks: [],
	presence: null,
	minutes: null,
	state: "safe",
	comment: false,
	out: false,
	blocked: "accepted",
	says: "",
};

function alike(a: Look, b: Look): boolean {
	return (
		a.says === b.says &&
		a.state === b.state &&
		a.presence === b.presence &&
		a.minutes === b.minutes &&
		a.comment === b.comment &&
		a.out === b.out &&
		a.blocked === b.blocked &&
		a.marks.join("/") === b.marks.join("/")
	);
}

/** `expired`: marks given before that moment are past their window. */
export function LessonCell(props: CellProps & { lesson: LessonPlace; today: string; expired: number }): JSX.Element {
	const engine = useEngine();
	const place = () => ({
		journal: props.lesson.journal,
		date: props.lesson.date,
		number: props.lesson.number,
		pupil: props.line.pupil,
	});
	const blocked = (standing: Standing): Decision["verdict"] => {
		const column = props.grid.verdicts().get(props.lesson.key)?.verdict ?? "accepted";
		const given = standing.first?.values.given ?? null;
		if (column !== "accepted" || given === null) return column;
		if (given > props.expired) return column;
		const entry = {
			kind: "mark",
			key: markKey(place(), 1),
			set: { value: "5" },
		} as const;
		return engine.check(entry).verdict;
	};
	const stands = props.grid.standings(untrack(place));
	const look = createMemo<Look>(
		() => {
			const standing = stands();
			const out = !enrolledOn(props.line, props.lesson.date);
			const state = stateOf(standing);
			const comment = commentOf(standing);
			const presence = presenceOf(standing);
			const minutes = minutesOf(standing);
			const says = [
				presence && field().presence[presence],
				minutes !== null && field().minutes(minutes),
				out && words().notEnrolled,
				field().states[state],
				comment && `${field().comment}: ${comment}`,
			];
			return {
				marks: marksOf(standing),
				presence,
				minutes,
				state,
				comment: comment !== "",
				out,
				blocked: out ? "refused" : blocked(standing),
				says: says.filter(Boolean).join(", "),
			};
		},
		BLANK,
		{ equals: alike },
	);
	return (
		<td
			role="gridcell"
			data-at={`${props.row}:${props.col}`}
			tabIndex={props.active ? 0 : -1}
			aria-colindex={props.col + 2}
			aria-selected={props.active || props.picked}
			aria-readonly={look().blocked === "refused"}
			class={dress(look(), props.lesson.date === props.today, props.picked, props.editing)}
		>
			<Show when={!props.editing} fallback={<Editor grid={props.grid} />}>
				<Show when={look().presence}>
					{(presence) => (
						<span class={`presence ${presence()}`}>
							{LETTER[presence()]}
							<Show when={look().minutes}>{(minutes) => <small aria-hidden="true">{minutes()}′</small>}</Show>
						</span>
					)}
				</Show>
				<Show when={look().marks.length > 0}>
					<span class="marks">{painted(look().marks)}</span>
				</Show>
				<Show when={look().state !== "safe"}>
					<Sign name={look().state as Exclude<CellState, "safe">} />
				</Show>
				<Show when={look().says}>
					<span class="sr">, {look().says}</span>
				</Show>
			</Show>
		</td>
	);
}

/** One string: Solid's classList would be lost each time the class itself changes. */
function dress(look: Look, today: boolean, picked: boolean, edited: boolean): string {
	const worn = ["mark", look.state];
	if (picked) worn.push("picked");
	if (edited) worn.push("edited");
	if (look.says) worn.push("told");
	if (today) worn.push("today");
	if (look.out) worn.push("out");
	else if (look.blocked !== "accepted") worn.push("barred");
	if (look.comment) worn.push("commented");
	if (look.marks.length > 1) worn.push("pair");
	if (look.presence !== null && look.marks.length > 0) worn.push("both");
	return worn.join(" ");
}

/** Marks with the teacher's red for what failed: "5/2". */
export function painted(marks: readonly string[]): JSX.Element {
	return marks.map((mark, i) => (
		<>
			{i > 0 && "/"}
			<b class={`m${mark === "2" || mark === "1" ? " two" : ""}${mark.length > 1 ? " long" : ""}`}>{mark}</b>
		</>
	));
}

function Editor(props: { grid: Grid }): JSX.Element {
	let input: HTMLInputElement | undefined;
	onMount(() => {
		input?.focus({ preventScroll: true });
		const end = input?.value.length ?? 0;
		input?.setSelectionRange(end, end);
	});
	return (
		<input
			ref={input}
			class="cell-editor"
			inputmode="none"
			autocomplete="off"
			spellcheck={false}
			aria-label={words().keys}
			value={props.grid.editing()?.text ?? ""}
			onInput={(event) => props.grid.setText(event.currentTarget.value)}
			onBlur={() => {
				props.grid.commit(true);
			}}
		/>
	);
}

export function MeanCell(props: Omit<CellProps, "editing">): JSX.Element {
	const found = createSteady(() => props.grid.means().get(props.line.pupil));
	const signs = (): SignName[] => {
		const { waiting = 0, held = 0 } = found() ?? {};
		return [...(waiting > 0 ? (["local"] as const) : []), ...(held > 0 ? (["held"] as const) : [])];
	};
	return (
		<td
			role="gridcell"
			data-at={`${props.row}:${props.col}`}
			tabIndex={props.active ? 0 : -1}
			aria-colindex={props.col + 2}
			aria-selected={props.active || props.picked}
			aria-readonly="true"
			class={props.picked ? "mean picked" : "mean"}
		>
			<Show
				when={found()?.mean}
				fallback={
					<>
						<span aria-hidden="true">–</span>
						<span class="sr">{words().noMean}</span>
					</>
				}
			>
				{(mean) => (
					<>
						{localDecimal(shown(mean()))}
						<small>
							<For each={signs()}>{(name) => <Sign name={name} />}</For>
							{words().marks(found()?.count ?? 0)}
						</small>
					</>
				)}
			</Show>
			<Show when={signs().length > 0 && found()}>{(mean) => <span class="sr">, {contents(mean())}</span>}</Show>
		</td>
	);
}

/** What a mean contains, in words. */
export function contents({ count, waiting, held }: MeanOf): string {
	const w = words().contains;
	return [w.confirmed(count - waiting), waiting > 0 && w.waiting(waiting), held > 0 && w.held(held)]
		.filter(Boolean)
		.join(", ");
}

export function TermCell(props: CellProps): JSX.Element {
	const settings = useSettings();
	const term = () => props.grid.term();
	const row = createSteady(() =>
		props.grid.model.termMarks().get(`${props.grid.model.journal()}/${term()?.id ?? ""}/${props.line.pupil}`),
	);
	const found = createSteady(() => props.grid.means().get(props.line.pupil)?.mean);
	const state = (): CellState => row()?.states.value ?? "safe";
	const proposed = (): string => {
		const mean = found();
		return mean ? words().proposal(proposal(mean, settings().thresholds)) : "";
	};
	return (
		<td
			role="gridcell"
			data-at={`${props.row}:${props.col}`}
			tabIndex={props.active ? 0 : -1}
			aria-colindex={props.col + 2}
			aria-selected={props.active || props.picked}
			class={`term ${state()}${props.picked ? " picked" : ""}`}
		>
			<Show when={!props.editing} fallback={<Editor grid={props.grid} />}>
				<Show when={row()?.values.value} fallback={<span class="soft">–</span>}>
					{(value) => painted([value()])}
				</Show>
				<Show when={state() !== "safe"}>
					<Sign name={state() as Exclude<CellState, "safe">} />
				</Show>
				<span class="sr">{[proposed(), field().states[state()]].filter(Boolean).join(", ")}</span>
			</Show>
		</td>
	);
}

/** A pupil's line of the term marks: the mean as arithmetic and what it contains, the proposal, the mark, its reason. */

import { type JSX, Show } from "solid-js";
import type { CellState } from "../../engine/types";
import { arithmetic, isExact } from "../../rules/marks";
import { painted } from "../journal/GridCell";
import { Icon } from "../parts/Icon";
import { Sign } from "../parts/Sign";
import { field } from "../phrases/field";
import { terms as words } from "../phrases/terms";
import { meanText } from "../reading/means";
import type { Tally } from "../reading/tallies";
import { differs, type TermLine, type TermMarks } from "./state";
import "./terms.css";

export function LineRow(props: {
	state: TermMarks;
	of: TermLine;
	row: number;
	active: boolean;
	onChoose: () => void;
	/** Asks for the reason anew. */
	onWhy: () => void;
}): JSX.Element {
	const t = (): ReturnType<typeof words> => words();
	const name = (): string => props.of.line.name;
	const apart = (): boolean => props.of.given !== "" && differs(props.of, props.of.given);
	return (
		<li class="term-line" classList={{ active: props.active }}>
			<button
				type="button"
				class="term-tap"
				data-pupil={props.of.line.pupil}
				tabIndex={props.active ? 0 : -1}
				aria-current={props.active ? "true" : undefined}
				onClick={() => props.onChoose()}
			>
				<span class="n">{props.row + 1}</span>
				<span class="who">{name()}</span>
				<span class="proposed">
					<Show when={props.of.tally.mean} fallback={<small>{t().noMean}</small>}>
						{(mean) => (
							<>
								<span class="sr">{t().mean} </span>
								<b>{meanText(mean())}</b>
								<small>{t().proposes(props.of.proposed)}</small>
							</>
						)}
					</Show>
				</span>
				<span class="given">
					<span class="sr">{props.of.given ? t().given : t().notGiven}</span>
					<Show when={props.of.given} fallback={<span aria-hidden="true">–</span>}>
						{(value) => painted([value()])}
					</Show>
					<Show when={props.of.state !== "safe"}>
						<Sign name={props.of.state as Exclude<CellState, "safe">} />
						<span class="sr">, {field().states[props.of.state]}</span>
					</Show>
				</span>
			</button>
			<a
				class="to-marks"
				href={`/pupil/${props.of.line.pupil}/${props.state.journal()}/${props.state.term()?.id ?? ""}`}
				title={t().marksOf}
			>
				<Icon name="list" size={20} />
				<span class="sr">
					{t().marksOf}: {name()}
				</span>
			</a>
			<div class="term-more">
				<Contents tally={props.of.tally} />
				<Show when={props.of.few}>
					<span class="lacks">{t().lacks(props.of.tally.count, props.state.floor())}</span>
				</Show>
				<Show when={apart()}>
					<button type="button" class="because" classList={{ missing: !props.of.reason }} onClick={() => props.onWhy()}>
						{props.of.reason ? t().because(props.of.reason) : t().reasonMissing}
					</button>
				</Show>
			</div>
		</li>
	);
}

/** The arithmetic of a mean, and of how many marks it is: at the server, only on this tablet, on hold. */
export function Contents(props: { tally: Tally }): JSX.Element {
	const t = (): ReturnType<typeof words> => words();
	return (
		<span class="contents">
			<Show when={props.tally.mean}>
				{(mean) => (
					<span class="sums">
						{arithmetic(props.tally.marks)} {isExact(mean()) ? "=" : "≈"} <b>{meanText(mean())}</b>
					</span>
				)}
			</Show>
			<small>
				{[
					t().contains(props.tally.count),
					props.tally.local > 0 && t().local(props.tally.local),
					props.tally.held > 0 && t().held(props.tally.held),
				]
					.filter(Boolean)
					.join(" · ")}
			</small>
		</span>
	);
}

/** Small signs of a cell's or an entry's state: they differ in shape as well as in colour. */

import { type JSX, Match, Switch } from "solid-js";
import type { CellState } from "../../engine/types";

export type SignName = Exclude<CellState, "safe"> | "late" | "ok";

/** Hollow ring, half disc, hourglass, two dots, crossed ring, clock, tick. Words stand beside it or in its label. */
export function Sign(props: { name: SignName }): JSX.Element {
	return (
		<svg
			class={`sign ${props.name}`}
			viewBox={props.name === "conflict" ? "0 0 14 10" : "0 0 10 10"}
			aria-hidden="true"
		>
			<Switch>
				<Match when={props.name === "local"}>
					<circle class="line" cx="5" cy="5" r="3.6" />
				</Match>
				<Match when={props.name === "applied"}>
					<circle class="line" cx="5" cy="5" r="3.6" />
					<path class="fill" d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" />
				</Match>
				<Match when={props.name === "held"}>
					<path class="line" d="M2 1h6L5 5l3 4H2l3-4z" />
				</Match>
				<Match when={props.name === "conflict"}>
					<circle class="one" cx="4" cy="5" r="3" />
					<circle class="two" cx="10" cy="5" r="3" />
				</Match>
				<Match when={props.name === "lost"}>
					<circle class="line" cx="5" cy="5" r="3.6" />
					<path class="line" d="M2.5 7.5l5-5" />
				</Match>
				<Match when={props.name === "late"}>
					<circle class="line" cx="5" cy="5" r="3.8" />
					<path class="line" d="M5 2.8v2.4l1.5 1" />
				</Match>
				<Match when={props.name === "ok"}>
					<path class="line" d="M1.5 5.5l2.5 2.5 4.5-6" />
				</Match>
			</Switch>
		</svg>
	);
}

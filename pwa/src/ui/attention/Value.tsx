/** A value with its author and its moment: a mark large, a text as a text. */

import type { JSX } from "solid-js";

export function Value(props: {
	value: string;
	who: string;
	note: string;
	tone: "best" | "held" | "plain";
}): JSX.Element {
	return (
		<div class={`value ${props.tone}${props.value.length <= 4 ? " short" : ""}`}>
			<b>{props.value}</b>
			<div>
				{props.who}
				<small>{props.note}</small>
			</div>
		</div>
	);
}

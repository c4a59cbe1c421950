/** A pill: a short state in words, with a sign. */

import type { JSX } from "solid-js";
import { Sign, type SignName } from "./Sign";

export type PillTone = "wait" | "ok" | "held" | "red" | "info" | "plain";

export function Pill(props: { tone: PillTone; sign?: SignName | undefined; children: JSX.Element }): JSX.Element {
	return (
		<span class={`pill ${props.tone}`}>
			{props.sign && <Sign name={props.sign} />}
			<span>{props.children}</span>
		</span>
	);
}

/** The reason that each step of the admin's asks for, and under it what stands in the way. */

import { type JSX, Show } from "solid-js";
import { admin } from "../phrases/admin";

export function Reason(props: {
	id: string;
	value: string;
	/** Why it can't be taken; "" when nothing does. */
	fault: string;
	onInput: (reason: string) => void;
	ref: (field: HTMLTextAreaElement) => void;
}): JSX.Element {
	const said = (): string => `${props.id}-fault`;
	return (
		<div class="field">
			<label for={props.id}>{admin().reason}</label>
			<textarea
				autocomplete="off"
				ref={props.ref}
				id={props.id}
				aria-describedby={props.fault ? said() : undefined}
				rows={2}
				maxLength={500}
				required
				aria-invalid={props.fault ? true : undefined}
				value={props.value}
				onInput={(event) => props.onInput(event.currentTarget.value)}
			/>
			<Show when={props.fault}>
				<small id={said()} class="error" role="alert">
					{props.fault}
				</small>
			</Show>
		</div>
	);
}

/** A labelled field. Its value is committed on `change` and on blur by the browser's own rule. */

import { createUniqueId, type JSX, Show, splitProps } from "solid-js";

export interface FieldProps extends JSX.InputHTMLAttributes<HTMLInputElement> {
	label: string;
	hint?: string | undefined;
	error?: string | undefined;
	/** The label is read out only. */
	bare?: boolean;
}

export function Field(props: FieldProps): JSX.Element {
	const [own, rest] = splitProps(props, ["label", "hint", "error", "bare"]);
	const id = createUniqueId();
	return (
		<div class="field">
			<label for={id} class={own.bare ? "sr" : ""}>
				{own.label}
			</label>
			<input
				{...rest}
				id={id}
				aria-invalid={own.error ? true : undefined}
				aria-describedby={own.error || own.hint ? `${id}-say` : undefined}
			/>
			<Show when={own.error ?? own.hint}>
				{(words) => (
					<small id={`${id}-say`} class={own.error ? "error" : ""}>
						{words()}
					</small>
				)}
			</Show>
		</div>
	);
}

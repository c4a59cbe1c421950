/** A labelled field. Its value is committed on `change` and on blur by the browser's own rule. */

import { createUniqueId, type JSX, onMount, Show } from "solid-js";

type Heard = (event: Event & { currentTarget: HTMLInputElement }) => void;

interface FieldProps {
	label: string;
	hint?: string | undefined;
	error?: string | undefined;
	/** The label is read out only. */
	bare?: boolean;
	value?: string | number | undefined;
	type?: "text" | "password" | "search" | "date" | "time" | "number";
	name?: string;
	placeholder?: string;
	/** Else none: what is typed lies in the browser's own files otherwise, for its next start. */
	autocomplete?: "username" | "current-password" | "off";
	autocapitalize?: "none";
	spellcheck?: boolean;
	inputmode?: "numeric" | "text" | "none";
	maxLength?: number;
	min?: number | string;
	max?: number | string;
	required?: boolean;
	/** Takes the focus when it appears, unless another field has it. */
	first?: boolean;
	onInput?: Heard;
	onChange?: Heard;
}

export function Field(props: FieldProps): JSX.Element {
	const id = createUniqueId();
	let input: HTMLInputElement | undefined;
	onMount(() => {
		if (props.first && !(document.activeElement instanceof HTMLInputElement)) input?.focus();
	});
	const words = (): string | undefined => props.error || props.hint;
	return (
		<div class="field">
			<label for={id} class={props.bare ? "sr" : ""}>
				{props.label}
			</label>
			<input
				ref={input}
				id={id}
				type={props.type ?? "text"}
				name={props.name}
				value={props.value ?? ""}
				placeholder={props.placeholder}
				autocomplete={props.autocomplete ?? "off"}
				autocapitalize={props.autocapitalize}
				spellcheck={props.spellcheck}
				inputmode={props.inputmode}
				maxLength={props.maxLength}
				min={props.min}
				max={props.max}
				required={props.required}
				aria-invalid={props.error ? true : undefined}
				aria-describedby={words() ? `${id}-say` : undefined}
				onInput={(event) => props.onInput?.(event)}
				onChange={(event) => props.onChange?.(event)}
			/>
			<Show when={words()} keyed>
				{(said) => (
					<small id={`${id}-say`} class={props.error ? "error" : ""} role={props.error ? "alert" : undefined}>
						{said}
					</small>
				)}
			</Show>
		</div>
	);
}

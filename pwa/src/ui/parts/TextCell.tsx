/**
 * A text that saves itself: when it is left, after a pause in typing, and when the app goes out of sight.
 *
 * Holds always:
 * 1. What arrives from elsewhere never replaces what is being typed.
 * 2. `seen` is what the author was looking at when the editor opened, so that a conflict can be told from a change.
 */

import { createSignal, createUniqueId, type JSX, onCleanup, onMount } from "solid-js";
import type { Seen } from "../../engine/types";
import { useEngine } from "../context";

const PAUSE_MS = 2_500;

export function TextCell(props: {
	label: string;
	value: string | null | undefined;
	scope: string;
	onCommit: (text: string | null, seen: Seen) => void;
	placeholder?: string;
	longest?: number;
	readOnly?: boolean;
	/** The label is read out only: a heading stands above. */
	bare?: boolean;
}): JSX.Element {
	const engine = useEngine();
	const id = createUniqueId();
	const [draft, setDraft] = createSignal<string | null>(null);
	let seen: Seen | null = null;
	let pause: ReturnType<typeof setTimeout> | undefined;
	const text = (): string => draft() ?? props.value ?? "";

	const commit = (): void => {
		clearTimeout(pause);
		const now = draft()?.trim();
		if (now === undefined || now === (props.value ?? "")) return;
		props.onCommit(now || null, seen ?? engine.seenOf(props.scope));
	};
	const hidden = (): void => {
		if (document.visibilityState === "hidden") commit();
	};
	onMount(() => document.addEventListener("visibilitychange", hidden));
	onCleanup(() => {
		document.removeEventListener("visibilitychange", hidden);
		commit();
	});

	return (
		<div class="field">
			<label for={id} class={props.bare ? "sr" : ""}>
				{props.label}
			</label>
			<textarea
				id={id}
				rows={1}
				placeholder={props.placeholder}
				maxLength={props.longest ?? 500}
				readOnly={props.readOnly}
				value={text()}
				onFocus={() => {
					seen = engine.seenOf(props.scope);
				}}
				onInput={(event) => {
					setDraft(event.currentTarget.value);
					clearTimeout(pause);
					pause = setTimeout(commit, PAUSE_MS);
				}}
				onBlur={() => {
					commit();
					setDraft(null);
				}}
			/>
		</div>
	);
}

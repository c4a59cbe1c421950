/**
 * A text that saves itself: when it is left, after a pause in typing, and when the app goes out of sight. Before that
 * it is kept as it is typed.
 *
 * Holds always:
 * 1. What arrives from elsewhere never replaces what is being typed.
 * 2. The browser's own undo goes back through what was typed here alone, never into a text that came from elsewhere.
 * 3. `seen` is what the author was looking at when the editor opened, so that a conflict can be told from a change.
 */

import { createEffect, createSignal, createUniqueId, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import type { Entry, Seen } from "../../engine/types";
import { useEngine } from "../context";
import type { Entering } from "../journal/entering";
import { keepTyping } from "../typing";

const PAUSE_MS = 2_500;

export function TextCell(props: {
	label: string;
	value: string | null | undefined;
	scope: string;
	/** The entry that makes the text stand; null clears it. */
	entryOf: (text: string | null) => Entry;
	entering: Entering;
	placeholder?: string;
	longest?: number;
	readOnly?: boolean;
	/** The label is read out only: a heading stands above. */
	bare?: boolean;
}): JSX.Element {
	const engine = useEngine();
	const id = createUniqueId();
	const [draft, setDraft] = createSignal<string | null>(null);
	const [field, setField] = createSignal({});
	let box: HTMLTextAreaElement | undefined;
	let typed = "";
	let seen: Seen | null = null;
	let pause: ReturnType<typeof setTimeout> | undefined;
	const text = (): string => draft() ?? props.value ?? "";

	// Steps that the browser has kept of a pasted text do not fit another one: Ctrl+Z would join the two. A new field has none.
	createEffect(
		on(
			() => props.value ?? "",
			(now) => {
				if (draft() === null && now !== typed && document.activeElement !== box) setField({});
			},
			{ defer: true },
		),
	);

	const changes = (): Entry[] => {
		const now = draft()?.trim();
		return now === undefined || now === (props.value ?? "") ? [] : [props.entryOf(now || null)];
	};
	const seenThen = (): Seen => seen ?? engine.seenOf(props.scope);
	const commit = (): void => {
		clearTimeout(pause);
		void props.entering.enter(changes(), seenThen());
	};
	keepTyping(draft, () => ({ entries: changes(), seen: seenThen() }));
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
			<Show when={field()} keyed>
				{(_) => (
					<textarea
						ref={box}
						autocomplete="off"
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
							typed = event.currentTarget.value.trim();
							clearTimeout(pause);
							pause = setTimeout(commit, PAUSE_MS);
						}}
						onBlur={() => {
							commit();
							setDraft(null);
						}}
					/>
				)}
			</Show>
		</div>
	);
}

/**
 * A dialog on the native element: focus stays inside, Esc closes, focus returns to where it was, whoever closes it.
 * Rendered only while open, so its fields start fresh.
 */

import { children, createUniqueId, type JSX, onCleanup, onMount, Show } from "solid-js";
import { shell } from "../phrases/shell";
import { Button } from "./Button";

interface DialogProps {
	open: boolean;
	title: string;
	onClose: () => void;
	children: JSX.Element;
	/** Buttons at the foot; the last is the main one. */
	actions?: JSX.Element;
	wide?: boolean;
}

export function Dialog(props: DialogProps): JSX.Element {
	return (
		<Show when={props.open}>
			<Opened {...props} />
		</Show>
	);
}

function Opened(props: DialogProps): JSX.Element {
	const actions = children(() => props.actions);
	const id = createUniqueId();
	let box: HTMLDialogElement | undefined;
	onMount(() => {
		box?.showModal();
		// A press beside the sheet closes; the keyboard has Esc for it.
		box?.addEventListener("click", (event) => {
			if (event.target === box) box?.close();
		});
	});
	// Taken away while open, as by a button of its own: an element that has left the page gives no focus back.
	let gone = false;
	onCleanup(() => {
		gone = true;
		box?.close();
	});
	return (
		<dialog
			ref={box}
			class={`dialog ${props.wide ? "wide" : ""}`}
			aria-labelledby={id}
			onClose={() => gone || props.onClose()}
		>
			<div>
				<div class="dialog-head">
					<h2 id={id}>{props.title}</h2>
					<Button tone="quiet" icon="cross" label={shell().words.close} onClick={() => box?.close()} />
				</div>
				<div class="dialog-body">{props.children}</div>
				<Show when={actions.toArray().some(Boolean)}>
					<div class="dialog-foot">{actions()}</div>
				</Show>
			</div>
		</dialog>
	);
}

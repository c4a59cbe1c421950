/** The keys of a PIN: large enough for a thumb; digits of a keyboard and a pasted number count as well. */

import { For, type JSX, onCleanup, onMount } from "solid-js";
import { Button } from "../parts/Button";
import { lock } from "../phrases/lock";

const LONGEST = 12;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

export function KeyPad(props: {
	value: string;
	disabled: boolean;
	onType: (value: string) => void;
	onEnter: () => void;
}): JSX.Element {
	const add = (digits: string): void => {
		if (!props.disabled) props.onType((props.value + digits).slice(0, LONGEST));
	};
	const erase = (): void => props.onType(props.value.slice(0, -1));
	onMount(() => {
		const ends = new AbortController();
		const { signal } = ends;
		const elsewhere = (target: EventTarget | null): boolean => target instanceof HTMLInputElement;
		document.addEventListener(
			"keydown",
			(event) => {
				if (elsewhere(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
				if (/^\d$/.test(event.key)) add(event.key);
				else if (event.key === "Backspace") erase();
				else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) props.onEnter();
				else return;
				event.preventDefault();
			},
			{ signal },
		);
		document.addEventListener(
			"paste",
			(event) => {
				if (elsewhere(event.target)) return;
				add((event.clipboardData?.getData("text") ?? "").replace(/\D/g, ""));
			},
			{ signal },
		);
		onCleanup(() => ends.abort());
	});
	return (
		<div class="pin">
			<p class="pin-dots" aria-hidden="true">
				<For each={Array.from({ length: Math.max(6, props.value.length) })}>
					{(_, i) => <i classList={{ full: i() < props.value.length }} />}
				</For>
			</p>
			<p class="sr" role="status">
				{lock().typed(props.value.length)}
			</p>
			<fieldset class="pin-keys" aria-label={lock().pin}>
				<For each={KEYS}>
					{(key) => (
						<button
							type="button"
							class="btn"
							aria-label={lock().digit(key)}
							disabled={props.disabled}
							onClick={() => add(key)}
						>
							{key}
						</button>
					)}
				</For>
				<Button icon="back" label={lock().erase} disabled={props.disabled || !props.value} onClick={erase} />
				<button
					type="button"
					class="btn"
					aria-label={lock().digit("0")}
					disabled={props.disabled}
					onClick={() => add("0")}
				>
					0
				</button>
				<Button
					tone="main"
					icon="check"
					label={lock().open}
					disabled={props.disabled || props.value.length < 6}
					onClick={() => props.onEnter()}
				/>
			</fieldset>
		</div>
	);
}

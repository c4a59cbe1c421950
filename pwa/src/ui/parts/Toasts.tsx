/** The place where short messages appear. */

import { For, type JSX, Show } from "solid-js";
import { shell } from "../phrases/shell";
import { Button } from "./Button";
import { hush, toasts } from "./toasts";

export function Toasts(): JSX.Element {
	return (
		<div class="toasts no-print" role="status" aria-live="polite">
			<For each={toasts()}>
				{(toast) => (
					<div class={`toast ${toast.tone}`}>
						<span>{toast.text}</span>
						<Show when={toast.action}>
							{(action) => (
								<Button
									tone="quiet"
									onClick={() => {
										action().run();
										hush(toast.id);
									}}
								>
									{action().label}
								</Button>
							)}
						</Show>
						<Button tone="quiet" icon="cross" label={shell().words.close} onClick={() => hush(toast.id)} />
					</div>
				)}
			</For>
		</div>
	);
}

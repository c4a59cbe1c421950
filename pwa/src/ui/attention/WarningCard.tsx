/** What a person should know before it is too late: one card, the reason in words, and what can be done now. */

import { createSignal, type JSX, Show } from "solid-js";
import { Carry } from "../carry/Carry";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { say } from "../parts/toasts";
import { tablet } from "../phrases/tablet";
import type { Warning } from "./warnings";
import { type Words, wordsOf } from "./words";

export function WarningCard(props: { warning: Warning }): JSX.Element {
	const live = useLive();
	const words = (): Words => wordsOf(props.warning, live.today());
	const kind = (): Warning["kind"] => props.warning.kind;
	const grave = (): boolean => kind() === "lost" || kind() === "fleeting";
	return (
		<article class={`matter ${grave() ? "" : "late"}`}>
			<header>
				<Pill tone={grave() ? "red" : "info"} sign={grave() ? "lost" : "late"}>
					{words().label}
				</Pill>
				<h2>{words().title}</h2>
			</header>
			<p class="why">{words().why}</p>
			<div class="buttons">
				<Show when={kind() === "signedOut"}>
					<a class="btn main" href="/me">
						{tablet().signedOut.enter}
					</a>
				</Show>
				<Show when={kind() === "lost"}>
					<Button tone="main" onClick={() => live.engine.acknowledgeLost()}>
						{tablet().lost.understood}
					</Button>
				</Show>
				<Show when={kind() === "late" || kind() === "lease" || kind() === "tight" || kind() === "carry"}>
					<Send />
				</Show>
				<Show when={kind() !== "lost" && kind() !== "lease"}>
					<Carry />
				</Show>
			</div>
		</article>
	);
}

/** Sends by hand, and says so when it failed. */
function Send(): JSX.Element {
	const live = useLive();
	const [busy, setBusy] = createSignal(false);
	const send = async (): Promise<void> => {
		setBusy(true);
		await live.engine.syncNow();
		setBusy(false);
		if (live.status().unsent > 0) say(tablet().sendFailed);
	};
	return (
		<Button tone="main" disabled={busy()} onClick={() => void send()}>
			{busy() ? tablet().sending : tablet().send}
		</Button>
	);
}

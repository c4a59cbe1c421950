/** Corrections that are only on this tablet and will soon leave their window. */

import { createSignal, type JSX } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { say } from "../parts/toasts";
import { attention } from "../phrases/attention";
import { dayOf, dayText, momentText } from "../phrases/format";
import type { Late } from "./items";

export function LateCard(props: { late: Late }): JSX.Element {
	const live = useLive();
	const [busy, setBusy] = createSignal(false);
	const send = async (): Promise<void> => {
		setBusy(true);
		await live.engine.syncNow();
		setBusy(false);
		if (live.status().unsent > 0) say(attention().late.failed);
	};
	return (
		<article class="matter late">
			<header>
				<Pill tone="info" sign="late">
					{attention().labels.late}
				</Pill>
				<h2>{attention().late.title(props.late.count, dayText(dayOf(props.late.until), "long"))}</h2>
			</header>
			<p class="why">{attention().late.why(momentText(props.late.until, live.today()))}</p>
			<div class="buttons">
				<Button tone="main" disabled={busy()} onClick={() => void send()}>
					{busy() ? attention().late.sending : attention().late.send}
				</Button>
			</div>
		</article>
	);
}

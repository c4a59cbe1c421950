/** On the own page: how this case is locked, and the ways to change it. */

import { createSignal, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { momentText } from "../phrases/format";
import { lock } from "../phrases/lock";
import { SetPassphrase } from "./SetPassphrase";
import { SetPin } from "./SetPin";
import "./lock.css";

export function Protection(): JSX.Element {
	const { engine, protection, today } = useLive();
	const [setting, setSetting] = createSignal(false);
	const [phrasing, setPhrasing] = createSignal(false);
	return (
		<Show when={protection()}>
			{(stands) => (
				<section class="sheet protection">
					<h2>{lock().protection}</h2>
					<Show when={!stands().free} fallback={<p>{lock().free}</p>}>
						<p>{lock().closes(stands().lockMinutes)}</p>
						<p>
							<Show when={stands().pinUntil} fallback={lock().noPin}>
								{(until) => lock().pinUntil(momentText(until(), today()))}
							</Show>
						</p>
					</Show>
					<div class="buttons">
						<Button onClick={() => setSetting(true)}>{stands().pinUntil ? lock().pinOther : lock().pinNew}</Button>
						<Show when={!stands().free}>
							<Button onClick={() => setPhrasing(true)}>{lock().phraseNew}</Button>
						</Show>
						<Button onClick={() => void engine.lock()}>{lock().lockNow}</Button>
					</div>
					<SetPin open={setting()} onClose={() => setSetting(false)} />
					<Show when={phrasing()}>
						<SetPassphrase onClose={() => setPhrasing(false)} />
					</Show>
				</section>
			)}
		</Show>
	);
}

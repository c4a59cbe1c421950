/** All proposals at once: a list to look through first, then one undo step. Who has too few marks is left out unless ticked. */

import { createSignal, For, type JSX, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { say } from "../parts/toasts";
import { shell } from "../phrases/shell";
import { terms as words } from "../phrases/terms";
import { meanText } from "../reading/means";
import type { TermMarks } from "./state";

export default function TakeAll(props: { state: TermMarks; onClose: () => void }): JSX.Element {
	const t = (): ReturnType<typeof words> => words();
	// As it stands when the dialog opens: a line must not slip away under the finger.
	const lines = props.state.ready();
	const [out, setOut] = createSignal<ReadonlySet<string>>(new Set(lines.filter((l) => l.few).map((l) => l.line.pupil)));
	const taken = () => lines.filter((l) => !out().has(l.line.pupil));
	const turn = (pupil: string): void => {
		const now = new Set(out());
		if (!now.delete(pupil)) now.add(pupil);
		setOut(now);
	};
	const take = async (): Promise<void> => {
		const entries = taken()
			.map((l) => props.state.entry(l, l.proposed))
			.filter((entry): entry is Entry => entry !== null);
		props.onClose();
		if (await props.state.entering.enter(entries)) say(t().took(entries.length));
	};
	return (
		<Dialog
			open
			title={t().takeTitle}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={taken().length === 0} onClick={() => void take()}>
						{t().take(taken().length)}
					</Button>
				</>
			}
		>
			<p class="soft">{t().takeText}</p>
			<ul class="picks">
				<For each={lines}>
					{(line) => (
						<li>
							<label class="pick">
								<input type="checkbox" checked={!out().has(line.line.pupil)} onChange={() => turn(line.line.pupil)} />
								<span class="who">
									{line.line.name}
									<Show when={line.few}>
										<small class="lacks">{t().lacks(line.tally.count, props.state.floor())}</small>
									</Show>
								</span>
								<small>{line.tally.mean ? meanText(line.tally.mean) : ""}</small>
								<b>{line.proposed}</b>
							</label>
						</li>
					)}
				</For>
			</ul>
		</Dialog>
	);
}

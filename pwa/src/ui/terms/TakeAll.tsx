/** All proposals at once: a list to look through first, then one undo step. Who has too few marks is left out unless ticked. */

import { createSignal, type JSX } from "solid-js";
import type { Entry } from "../../engine/types";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Picks } from "../parts/Picks";
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
			<Picks
				label={t().takeTitle}
				picks={lines.map((line) => ({
					id: line.line.pupil,
					name: line.line.name,
					note: line.few ? t().lacks(line.tally.count, props.state.floor()) : "",
					detail: line.tally.mean === null ? "" : meanText(line.tally.mean),
					value: line.proposed,
				}))}
				out={out()}
				onChange={setOut}
			/>
		</Dialog>
	);
}

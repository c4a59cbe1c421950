/** Why a term mark differs from the proposal: one of the usual reasons by a tap, or one's own words. */

import { createSignal, For, type JSX } from "solid-js";
import type { Entry } from "../../engine/types";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import ru from "../phrases/ru/terms";
import { shell } from "../phrases/shell";
import { terms as words } from "../phrases/terms";
import { meanText } from "../reading/means";
import { keepTyping } from "../typing";
import type { TermLine } from "./state";

export default function Why(props: {
	line: TermLine;
	value: string;
	/** What would be written, were this the reason; null: nothing, it stands. */
	entry: (reason: string) => Entry | null;
	onSave: (reason: string) => void;
	onClose: () => void;
}): JSX.Element {
	const t = (): ReturnType<typeof words> => words();
	const [reason, setReason] = createSignal(props.line.given === props.value ? props.line.reason : "");
	const stood = reason();
	const engine = useEngine();
	const pinned = props.entry(" "); // any reason: what it would be written to
	const seen = pinned ? engine.seenOf(engine.scopeOf(pinned.kind, pinned.key)) : undefined;
	keepTyping(
		() => (reason() === stood ? null : reason()),
		() => {
			const entry = reason().trim() === "" ? null : props.entry(reason().trim());
			return { entries: entry ? [entry] : [], seen };
		},
	);
	const save = (text: string): void => {
		if (text.trim() === "") return;
		props.onSave(text.trim());
		props.onClose();
	};
	const title = (): string => {
		const { mean } = props.line.tally;
		return t().differs(props.value, props.line.proposed, mean === null ? "" : meanText(mean));
	};
	return (
		<Dialog
			open
			title={`${props.line.line.name}: ${props.value}`}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={reason().trim() === ""} onClick={() => save(reason())}>
						{t().giveWith(props.value)}
					</Button>
				</>
			}
		>
			<p>{title()}</p>
			<div class="chips" role="group" aria-label={t().usual}>
				<For each={t().reasons}>
					{(text, i) => (
						// Entries are in Russian, whatever the app speaks (regulation 3.2.4).
						<button type="button" class="chip" onClick={() => save(ru.reasons[i()] ?? text)}>
							{text}
						</button>
					)}
				</For>
			</div>
			<div class="field">
				<label for="term-reason">{t().own}</label>
				<textarea
					autocomplete="off"
					id="term-reason"
					rows={2}
					maxLength={500}
					value={reason()}
					onInput={(event) => setReason(event.currentTarget.value)}
				/>
			</div>
		</Dialog>
	);
}

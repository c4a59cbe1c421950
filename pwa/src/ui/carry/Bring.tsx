/** A sealed file of another tablet is brought to the server, by file or as the text of a QR code. */

import { createSignal, type JSX, Show } from "solid-js";
import { type Brought, EngineError } from "../../engine/types";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { tablet } from "../phrases/tablet";
import "./carry.css";

export function Bring(): JSX.Element {
	const engine = useEngine();
	const [open, setOpen] = createSignal(false);
	const [text, setText] = createSignal("");
	const [busy, setBusy] = createSignal(false);
	const [outcome, setOutcome] = createSignal("");
	const bring = async (content: string): Promise<void> => {
		setBusy(true);
		setOutcome("");
		try {
			setOutcome(outcomeText(await engine.importParcels(content)));
			setText("");
		} catch (error) {
			setOutcome(error instanceof EngineError && error.code === "bad_file" ? tablet().file.bad : tablet().sendFailed);
		} finally {
			setBusy(false);
		}
	};
	const chosen = async (input: HTMLInputElement): Promise<void> => {
		const file = input.files?.[0];
		input.value = ""; // the same file may be chosen again
		if (file) await bring(await file.text());
	};
	return (
		<>
			<Button onClick={() => setOpen(true)}>{tablet().file.import}</Button>
			<Dialog open={open()} title={tablet().file.import} onClose={() => setOpen(false)}>
				<div class="bring">
					<p>{tablet().file.importLead}</p>
					<label class="field">
						<span>{tablet().file.choose}</span>
						<input
							type="file"
							accept=".zvonok,application/json"
							onChange={(event) => void chosen(event.currentTarget)}
						/>
					</label>
					<label class="field">
						<span>{tablet().file.paste}</span>
						<textarea
							autocomplete="off"
							value={text()}
							spellcheck={false}
							onInput={(event) => setText(event.currentTarget.value)}
						/>
					</label>
					<p role="status">{outcome()}</p>
					<Show when={text().trim() !== ""}>
						<Button tone="main" disabled={busy()} onClick={() => void bring(text())}>
							{busy() ? tablet().sending : tablet().file.bring}
						</Button>
					</Show>
				</div>
			</Dialog>
		</>
	);
}

/** What became of a file, in words. */
function outcomeText({ tablet: name, parcels, refused, missing }: Brought): string {
	const t = tablet().file;
	return [
		t.brought(parcels - refused.length, name),
		refused.length > 0 && t.refused(refused.length),
		missing > 0 && t.missing(missing),
	]
		.filter(Boolean)
		.join(" ");
}

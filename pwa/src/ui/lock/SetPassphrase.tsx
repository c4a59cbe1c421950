/** Another passphrase for this tablet, set by whoever has it open. */

import { createSignal, type JSX } from "solid-js";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { say } from "../parts/toasts";
import { lock } from "../phrases/lock";
import { shell } from "../phrases/shell";
import { PASSPHRASE_LEAST } from "./SetPin";

export function SetPassphrase(props: { onClose: () => void }): JSX.Element {
	const engine = useEngine();
	const [passphrase, setPassphrase] = createSignal("");
	const [again, setAgain] = createSignal("");
	const [tried, setTried] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const short = (): boolean => passphrase().length < PASSPHRASE_LEAST;
	const set = async (): Promise<void> => {
		setTried(true);
		if (busy() || short() || passphrase() !== again()) return;
		setBusy(true);
		try {
			await engine.setPassphrase(passphrase());
			say(lock().phraseDone);
			props.onClose();
		} catch {
			say(lock().failed, { tone: "red" });
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog
			open
			title={lock().needTitle}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="set-passphrase" disabled={busy()}>
						{lock().set}
					</Button>
				</>
			}
		>
			<form
				id="set-passphrase"
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					void set();
				}}
			>
				<p>{lock().phraseText}</p>
				<Field
					first
					label={lock().setPassphrase}
					type="password"
					autocomplete="off"
					value={passphrase()}
					error={tried() && short() ? lock().passphraseShort : undefined}
					onInput={(event) => setPassphrase(event.currentTarget.value)}
				/>
				<Field
					label={lock().setAgain}
					type="password"
					autocomplete="off"
					value={again()}
					error={tried() && passphrase() !== again() ? lock().notSame : undefined}
					onInput={(event) => setAgain(event.currentTarget.value)}
				/>
			</form>
		</Dialog>
	);
}

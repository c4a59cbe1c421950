/** Setting a PIN, and a passphrase where the case has none yet. */

import { createSignal, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { say } from "../parts/toasts";
import { lock } from "../phrases/lock";
import { shell } from "../phrases/shell";

const PIN = /^\d{6,12}$/;
export const PASSPHRASE_LEAST = 10;

/** One digit repeated, or digits in a row, up or down: what is tried first. */
function isEasy(pin: string): boolean {
	const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
	return [0, 1, 9].some((by) => steps.every((step) => step === by));
}

export function SetPin(props: { open: boolean; onClose: () => void }): JSX.Element {
	const { engine, protection } = useLive();
	const [pin, setPin] = createSignal("");
	const [again, setAgain] = createSignal("");
	const [passphrase, setPassphrase] = createSignal("");
	const [tried, setTried] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const lacks = (): boolean => !protection()?.passphrase;
	/** What is wrong with the PIN, in words; none: nothing. */
	const fault = (): string | undefined => {
		if (!PIN.test(pin())) return lock().short;
		return isEasy(pin()) ? lock().easy : undefined;
	};
	const thin = (): boolean => lacks() && passphrase().length < PASSPHRASE_LEAST;
	const set = async (): Promise<void> => {
		setTried(true);
		if (busy() || fault() !== undefined || pin() !== again() || thin()) return;
		setBusy(true);
		try {
			await engine.setPin(pin(), lacks() ? passphrase() : undefined);
			say(lock().done);
			props.onClose();
		} catch {
			say(lock().failed, { tone: "red" });
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog
			open={props.open}
			title={lock().setTitle}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="set-pin" disabled={busy()}>
						{lock().set}
					</Button>
				</>
			}
		>
			<form
				id="set-pin"
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					void set();
				}}
			>
				<Field
					first
					label={lock().setPin}
					type="password"
					inputmode="numeric"
					autocomplete="off"
					value={pin()}
					error={tried() ? fault() : undefined}
					onInput={(event) => setPin(event.currentTarget.value)}
				/>
				<Field
					label={lock().setAgain}
					type="password"
					inputmode="numeric"
					autocomplete="off"
					value={again()}
					error={tried() && pin() !== again() ? lock().notSame : undefined}
					onInput={(event) => setAgain(event.currentTarget.value)}
				/>
				<Show when={lacks()}>
					<Field
						label={lock().setPassphrase}
						type="password"
						autocomplete="off"
						hint={lock().setPassphraseHint}
						value={passphrase()}
						error={tried() && thin() ? lock().passphraseShort : undefined}
						onInput={(event) => setPassphrase(event.currentTarget.value)}
					/>
				</Show>
				<p class="soft">{lock().protectsText}</p>
			</form>
		</Dialog>
	);
}

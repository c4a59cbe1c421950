/** Setting a PIN, and a passphrase where the case has none yet. */

import { createSignal, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Field } from "../parts/Field";
import { lock } from "../phrases/lock";
import { faultOfPassphrase, SecretDialog } from "./SecretDialog";

const PIN = /^\d{6,12}$/;

/** One digit repeated, or digits in a row, up or down: what is tried first. */
function isEasy(pin: string): boolean {
	const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
	return [0, 1, 9].some((by) => steps.every((step) => step === by));
}

/** What is wrong with the PIN, in words; none: nothing. */
function faultOfPin(pin: string): string | undefined {
	if (!PIN.test(pin)) return lock().short;
	return isEasy(pin) ? lock().easy : undefined;
}

export function SetPin(props: { open: boolean; onClose: () => void }): JSX.Element {
	const { engine, protection } = useLive();
	const [passphrase, setPassphrase] = createSignal("");
	const lacks = (): boolean => !protection()?.passphrase;
	const fault = (): string | undefined => (lacks() ? faultOfPassphrase(passphrase()) : undefined);
	return (
		<SecretDialog
			open={props.open}
			id="set-pin"
			title={lock().setTitle}
			label={lock().setPin}
			digits
			fault={faultOfPin}
			ready={fault() === undefined}
			set={(pin) => engine.setPin(pin, lacks() ? passphrase() : undefined)}
			done={lock().done}
			onClose={props.onClose}
		>
			{(tried) => (
				<>
					<Show when={lacks()}>
						<Field
							label={lock().setPassphrase}
							type="password"
							hint={lock().setPassphraseHint}
							value={passphrase()}
							error={tried() ? fault() : undefined}
							onInput={(event) => setPassphrase(event.currentTarget.value)}
						/>
					</Show>
					<p class="soft">{lock().protectsText}</p>
				</>
			)}
		</SecretDialog>
	);
}

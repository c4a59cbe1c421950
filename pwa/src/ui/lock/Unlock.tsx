/** One person's lock: PIN while it is warm, else the passphrase; what went wrong, and what to do when it is forgotten. */

import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import { EngineError, type Keyholder } from "../../engine/types";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Field } from "../parts/Field";
import { Segmented } from "../parts/Segmented";
import { lock } from "../phrases/lock";
import { KeyPad } from "./KeyPad";

const TRIES = 10;

export function Unlock(props: { who: Keyholder; onSignIn: () => void }): JSX.Element {
	const engine = useEngine();
	const [wanted, setWanted] = createSignal<"pin" | "passphrase">("pin");
	// The twelve hours of a PIN may end while the screen stands.
	const by = (): "pin" | "passphrase" => (props.who.opens.pin ? wanted() : "passphrase");
	const [secret, setSecret] = createSignal("");
	const [busy, setBusy] = createSignal(false);
	const [trouble, setTrouble] = createSignal("");
	const [clock, setClock] = createSignal(Date.now());
	const timer = setInterval(() => setClock(Date.now()), 1_000);
	onCleanup(() => clearInterval(timer));
	const wait = (): number => Math.max(0, Math.ceil((props.who.waitUntil - clock()) / 1000));
	const choose = (next: "pin" | "passphrase"): void => {
		setSecret("");
		setWanted(next);
	};
	const open = async (): Promise<void> => {
		if (busy() || wait() > 0 || !secret()) return;
		setBusy(true);
		setTrouble("");
		try {
			await engine.unlock(secret(), props.who);
		} catch (error) {
			setTrouble(wordsFor(error, props.who.tries));
		} finally {
			setSecret("");
			setClock(Date.now());
			setBusy(false);
		}
	};
	return (
		<>
			<Show when={props.who.opens.pin && props.who.opens.passphrase}>
				<Segmented
					label={lock().open}
					choices={[
						{ value: "pin", label: lock().byPin },
						{ value: "passphrase", label: lock().byPassphrase },
					]}
					value={by()}
					onChoose={choose}
				/>
			</Show>
			<Show
				when={by() === "pin"}
				fallback={
					<form
						class="form"
						onSubmit={(event) => {
							event.preventDefault();
							void open();
						}}
					>
						<Field
							first
							label={lock().passphrase}
							hint={lock().passphraseHint}
							name="passphrase"
							type="password"
							autocomplete="current-password"
							required
							value={secret()}
							onInput={(event) => setSecret(event.currentTarget.value)}
						/>
						<Button tone="main" type="submit" disabled={busy() || wait() > 0}>
							{busy() ? lock().opening : lock().open}
						</Button>
					</form>
				}
			>
				<KeyPad value={secret()} disabled={busy() || wait() > 0} onType={setSecret} onEnter={() => void open()} />
			</Show>
			<p class="error" role="alert">
				{wait() > 0 ? `${trouble()} ${lock().wait(wait())}` : trouble()}
			</p>
			<details>
				<summary>{lock().forgotten}</summary>
				<p>{lock().forgottenText}</p>
				<Button onClick={() => props.onSignIn()}>{lock().signIn}</Button>
			</details>
			<details>
				<summary>{lock().protects}</summary>
				<p>{lock().protectsText}</p>
			</details>
		</>
	);
}

function wordsFor(error: unknown, tries: number): string {
	if (!(error instanceof EngineError)) return lock().failed;
	switch (error.code) {
		case "wrong_secret":
			return lock().wrong(Math.max(0, TRIES - tries));
		case "too_many_tries":
			return "";
		case "lapsed":
			return lock().lapsed;
		case "no_session":
			return lock().signInOnly;
		case "wiped":
			return lock().because.wiped;
		default:
			return lock().failed;
	}
}

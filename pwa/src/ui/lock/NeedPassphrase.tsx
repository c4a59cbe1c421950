/** Staff whose password is too short for a lock choose a passphrase for this tablet before they go on. */

import { createEffect, createSignal, type JSX } from "solid-js";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Field } from "../parts/Field";
import { lock } from "../phrases/lock";
import { shell } from "../phrases/shell";
import { faultOfPassphrase } from "./SecretDialog";

export default function NeedPassphrase(): JSX.Element {
	const engine = useEngine();
	const [passphrase, setPassphrase] = createSignal("");
	const [tried, setTried] = createSignal(false);
	createEffect(() => {
		document.title = `${lock().needTitle} · ${shell().app}`;
	});
	const fault = (): string | undefined => faultOfPassphrase(passphrase());
	return (
		<main class="sign-in">
			<h1 tabIndex={-1}>{lock().needTitle}</h1>
			<p>{lock().needText}</p>
			<form
				class="sheet form"
				onSubmit={(event) => {
					event.preventDefault();
					setTried(true);
					if (fault() === undefined) void engine.setPassphrase(passphrase());
				}}
			>
				<Field
					first
					label={lock().setPassphrase}
					name="passphrase"
					type="password"
					autocomplete="off"
					value={passphrase()}
					error={tried() ? fault() : undefined}
					onInput={(event) => setPassphrase(event.currentTarget.value)}
				/>
				<Button tone="main" type="submit">
					{lock().set}
				</Button>
			</form>
		</main>
	);
}

/** After a sign-in or a passphrase: a calm offer to set a PIN. One tap, and it is gone until the app is closed, reloads included. */

import { createSignal, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { lock } from "../phrases/lock";
import { SetPin } from "./SetPin";
import "./lock.css";

const KEEP = "zvonok-pin-declined";

function kept(): string {
	try {
		return sessionStorage.getItem(KEEP) ?? "";
	} catch {
		return ""; // a browser that keeps nothing
	}
}

const [declined, setDeclined] = createSignal(kept());

function decline(person: string): void {
	setDeclined(person);
	try {
		sessionStorage.setItem(KEEP, person);
	} catch {
		// Then it is asked again after a reload.
	}
}

export default function Offer(): JSX.Element {
	const { protection, session } = useLive();
	const [setting, setSetting] = createSignal(false);
	const wanted = (): boolean => {
		const stands = protection();
		return stands !== null && !stands.free && stands.pinUntil === null && declined() !== session()?.person;
	};
	return (
		<Show when={wanted()}>
			<section class="pin-offer no-print" aria-label={lock().offerTitle}>
				<span>
					<b>{lock().offerTitle}</b> {lock().offerText}
				</span>
				<Button tone="main" onClick={() => setSetting(true)}>
					{lock().offerYes}
				</Button>
				<Button tone="quiet" onClick={() => decline(session()?.person ?? "")}>
					{lock().offerNo}
				</Button>
				<SetPin open={setting()} onClose={() => setSetting(false)} />
			</section>
		</Show>
	);
}

/**
 * A new version waits for consent: a banner offers it, and the open editor is committed before it is applied.
 *
 * The worker is registered on load. It waits until it gets the message "apply"; when it takes over, the page reloads.
 */

import { createSignal, type JSX, Show } from "solid-js";
import { workerURL } from "../trusted";
import { Button } from "./parts/Button";
import { notices } from "./phrases/notices";
import { commitOpenEditor } from "./router";
import { writesEnded } from "./writing";

const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null);

const LOOK_EVERY_MS = 30 * 60_000;

/** Registers the worker and looks for new versions now, every half hour and when the tab comes back. */
export async function startUpdates(): Promise<void> {
	if (!("serviceWorker" in navigator)) return;
	const workers = navigator.serviceWorker;
	// The first worker takes control of a page that had none: nothing changed for the person, no reload.
	let controlled = workers.controller !== null;
	workers.addEventListener("controllerchange", () => {
		if (controlled) location.reload();
		controlled = true;
	});
	let registration: ServiceWorkerRegistration;
	try {
		registration = await workers.register(workerURL("/sw.js"));
	} catch {
		return; // no worker here (private mode, plain http): the app works, but only online
	}
	const offer = (worker: ServiceWorker | null): void => {
		if (worker !== null && workers.controller !== null) setWaiting(worker);
	};
	offer(registration.waiting);
	registration.addEventListener("updatefound", () => {
		const coming = registration.installing;
		coming?.addEventListener("statechange", () => {
			if (coming.state === "installed") offer(coming);
		});
	});
	const look = (): void => {
		// Offline it fails; the next look will do.
		registration.update().catch(() => undefined);
	};
	setInterval(look, LOOK_EVERY_MS);
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "visible") look();
	});
}

async function apply(): Promise<void> {
	commitOpenEditor();
	await writesEnded();
	waiting()?.postMessage("apply");
}

export default function UpdateBanner(): JSX.Element {
	return (
		<Show when={waiting()}>
			<div class="update no-print" role="status">
				<span>{notices().update.ready}</span>
				<Button tone="main" onClick={() => void apply()}>
					{notices().update.apply}
				</Button>
				<Button tone="quiet" onClick={() => setWaiting(null)}>
					{notices().update.later}
				</Button>
			</div>
		</Show>
	);
}

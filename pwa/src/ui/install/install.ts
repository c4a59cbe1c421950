/**
 * Putting the journal on the home screen: the browser's own prompt is kept until it makes sense, and is offered once,
 * on the day's screen, when the first entry of this tablet has reached the server: never during a lesson. Afterwards it
 * lies on the own page; nobody is nagged.
 */

import { createSignal } from "solid-js";

/** Chromium's event; not in the DOM's types. */
interface InstallPrompt extends Event {
	prompt(): Promise<void>;
	readonly userChoice: Promise<{ readonly outcome: "accepted" | "dismissed" }>;
}

const ANSWERED = "zvonok-install";

const [waited, setWaited] = createSignal(false);
const [prompt, setPrompt] = createSignal<InstallPrompt | null>(null);
const [answered, setAnswered] = createSignal(remembered());

export const canPrompt = (): boolean => prompt() !== null;

/** Told wherever one is: an entry waits here, so the tablet is worked with. */
export function noteUnsent(unsent: number): void {
	if (unsent > 0) setWaited(true);
}

/** Is it the moment: has an entry that waited here reached the server, and did nobody answer yet? */
export function offered(unsent: number): boolean {
	return unsent === 0 && waited() && !answered() && !isInstalled() && (canPrompt() || isByHand());
}

/** Runs as an app already? */
export function isInstalled(): boolean {
	return (
		matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true
	);
}

/** Safari on an iPad or iPhone: no prompt, but a way by hand. An iPad calls itself a Mac with fingers. */
export function isByHand(agent = navigator.userAgent, fingers = navigator.maxTouchPoints): boolean {
	return /iPad|iPhone/.test(agent) || (/Macintosh/.test(agent) && fingers > 1);
}

/** Keeps the browser's prompt for later. */
export function startInstall(): void {
	addEventListener("beforeinstallprompt", (event) => {
		event.preventDefault();
		setPrompt(event as InstallPrompt);
	});
	addEventListener("appinstalled", () => {
		setPrompt(null);
		answer();
	});
}

/** Asks the browser to install; what the person says counts as the answer. */
export async function install(): Promise<void> {
	const event = prompt();
	if (event === null) return;
	setPrompt(null); // it may be used once
	await event.prompt();
	await event.userChoice;
	answer();
}

/** Do not offer it again by itself. */
export function answer(): void {
	setAnswered(true);
	try {
		localStorage.setItem(ANSWERED, "answered");
	} catch {
		// Forbidden: it will be offered once more.
	}
}

function remembered(): boolean {
	try {
		return localStorage.getItem(ANSWERED) !== null;
	} catch {
		return false;
	}
}
